import { byMax } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { has, holds, is } from '../routing/filters.ts'
import { one } from '../routing/item.ts'
import { list } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import { findInRegister, registerRows } from '../world/lookups.ts'
import { agentAt } from '../world/people/agents.ts'
import type { World } from '../world/view.ts'

const everyAgent = (world: World) => registerRows(world, 'agents')

/** Agents. */
export const agentRoutes: readonly Route[] = [
  list({
    stream: 'agents',
    documented: { path: '/api/v2/agents', dialect: byMax },
    seed: { path: '/api/v2/agents', dialect: byPageSize('agents') },
    schema: 'Agent',
    size: facts => facts.sizes.agents,
    make: agentAt,
    filters: {
      q: holds('name', 'number', 'email', 'sourceId'),
      enabled: is('enabled'),
      name: holds('name'),
      number: holds('number'),
      sourceId: is('sourceId'),
      source: is('agentSource'),
      state: is('state'),
      groupIds: has('groups', 'id'),
      groups: has('groups', 'name'),
      tags: has('tags'),
    },
  }),
  one({
    stream: 'agent_details',
    schema: 'Agent',
    path: '/api/v2/agents/{id}',
    find: ({ world, request }) => findInRegister(world, 'agents', request.params['id'] ?? ''),
    everything: everyAgent,
  }),
].flat()
