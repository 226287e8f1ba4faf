import { bareItems, byMax, unpaged } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { is } from '../routing/filters.ts'
import { list, type Route, type Scene } from '../routing/list.ts'
import { allLeads, leadsOfList } from '../world/dialler/leads.ts'
import { noRows } from '../world/ground/rows.ts'
import { registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'

const everyList = (world: World) => registerRows(world, 'outbound_lists')

/** Lists and leads of the dialler. */
export const outboundRoutes: readonly Route[] = [
  list({
    stream: 'outbound_lists',
    documented: { path: '/api/v2/outbound/lists', dialect: bareItems },
    seed: { path: '/api/v2/outbound/lists', dialect: byPageSize('lists') },
    rows: scene => everyList(scene.world),
    everything: everyList,
  }),
  list({
    stream: 'outbound_leads',
    documented: { path: '/api/v2/outbound/leads', dialect: byMax },
    rows: requestedLeads,
    everything: allLeads,
    parameters: ['listId'],
    filters: { status: is('status') },
  }),
  list({
    stream: 'outbound_leads',
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
