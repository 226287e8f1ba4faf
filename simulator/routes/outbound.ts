import { bareItems, byMax, unpaged } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { is } from '../routing/filters.ts'
import { list } from '../routing/list.ts'
import type { Route, Scene } from '../routing/route.ts'
import { allLeads, leadsNow, leadsOfList } from '../world/dialler/leads.ts'
import { listAt } from '../world/dialler/outbound.ts'
import { noRows } from '../world/ground/rows.ts'

/** Lists and leads of the dialler. */
export const outboundRoutes: readonly Route[] = [
  list({
    stream: 'outbound_lists',
    documented: { path: '/api/v2/outbound/lists', dialect: bareItems },
    seed: { path: '/api/v2/outbound/lists', dialect: byPageSize('lists') },
    schema: 'OutboundList',
    size: facts => facts.sizes.lists,
    make: (facts, index, world) => listAt(facts, index, leadsNow(world, index)),
  }),
  list({
    stream: 'outbound_leads',
    schema: 'Lead',
    documented: { path: '/api/v2/outbound/leads', dialect: byMax },
    rows: requestedLeads,
    everything: allLeads,
    parameters: ['listId'],
    filters: { status: is('status') },
  }),
  list({
    stream: 'outbound_leads',
    schema: 'Lead',
    documented: { path: '/api/v2/outbound/lists/{id}/leads', dialect: unpaged },
    seed: { path: '/api/v2/outbound/lists/{id}/leads', dialect: byPageSize('leads') },
    rows: ({ world, request }) => leadsOfList(world, request.params['id'] ?? ''),
    everything: allLeads,
    filters: { status: is('status') },
  }),
].flat()

function requestedLeads({ world, request }: Scene) {
  const listId = request.query.get('listId')
  return listId === null ? allLeads(world) : (leadsOfList(world, listId) ?? noRows)
}
