import { byMax } from '../dialects/documented.ts'
import { secondsIn } from '../request.ts'
import { json, refuse } from '../response.ts'
import { child } from '../routing/child.ts'
import { paged, whole } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import type { Rows } from '../world/ground/rows.ts'
import { agentLog } from '../world/people/agent-logs.ts'
import { agentGroupAt, GROUPS } from '../world/people/agents.ts'
import { membersOf } from '../world/people/groups.ts'
import { allStatuses, presenceCounts, selectableStatuses, statusOf } from '../world/people/presences.ts'
import type { World } from '../world/view.ts'

/** What agents belong to and do: groups, logs, presences, statuses. */
export const agentLifeRoutes: readonly Route[] = [
  paged({
    stream: 'agent_groups',
    path: '/api/v2/agents/groups',
    schema: 'AgentGroup',
    size: () => GROUPS,
    make: agentGroupAt,
  }),
  child({
    stream: 'agent_group_members',
    path: '/api/v2/agents/groups/{groupId}/agents',
    schema: 'Agent',
    dialect: byMax,
    parent: 'agent_groups',
    field: 'group_id',
    rows: membersOf,
  }),
  child({
    stream: 'agent_logs',
    path: '/api/v2/agents/{id}/logs',
    schema: 'AgentLogEntry',
    dialect: byMax,
    parent: 'agents',
    field: 'agent_id',
    rows: requestedLog,
    key: ['date', 'type'],
    parameters: ['filters.from', 'filters.to'],
  }),
  whole({
    stream: 'agent_presences',
    path: '/api/v2/agents/presence/available',
    schema: 'AgentPresenceInfo',
    everything: presenceCounts,
    key: ['name'],
  }),
  whole({
    stream: 'agent_statuses_available',
    path: '/api/v2/agents/status/available',
    schema: 'AgentAvailability',
    everything: selectableStatuses,
  }),
  statusRoute(),
].flat()

function requestedLog(world: World, agentId: string, query: URLSearchParams): Rows | undefined {
  const [from, to] = [secondsIn(query, 'filters.from'), secondsIn(query, 'filters.to')]
  return agentLog(world, agentId, {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  })
}

// The one single object that the API wraps in an array.
function statusRoute(): Route {
  return {
    world: 'documented',
    method: 'GET',
    path: '/api/v2/agents/{id}/status',
    stream: 'agent_status',
    key: ['agent_id'],
    parameters: [],
    everything: allStatuses,
    respond: ({ world, request }) => {
      const status = statusOf(world, request.params['id'] ?? '')
      return status ? json({ item: [status], success: true }) : refuse(404)
    },
  }
}
