import { json } from '../answer.ts'
import { bareItems, byMax, unpaged } from '../dialects/documented.ts'
import { child } from '../routing/child.ts'
import { holds, is } from '../routing/filters.ts'
import { list, type Route } from '../routing/list.ts'
import { paged, registered } from '../routing/registered.ts'
import { sortedAs, sortParameters } from '../routing/sorting.ts'
import { dashboardUsersAt, roles, settings, tagRecords } from '../world/account/account.ts'
import { type Row, type Rows, rowsOf } from '../world/ground/rows.ts'
import { indexInRegister, registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'

/** What belongs to the account as a whole. */
export const accountRoutes: readonly Route[] = [
  paged('phonebook', '/api/v2/phonebook'),
  paged('integrations', '/api/v2/integrations'),
  registered({ stream: 'accounts', documented: { path: '/api/v2/user/accounts', dialect: unpaged } }),
  list({
    stream: 'dashboards',
    documented: { path: '/api/v2/dashboards', dialect: byMax },
    rows: ({ world, request }) => dashboards(world, request.query),
    everything: world => dashboards(world, new URLSearchParams()),
    parameters: sortParameters,
    filters: { q: holds('name'), uuid: is('id') },
  }),
  child({
    stream: 'dashboard_users',
    path: '/api/v2/dashboards/{id}/users',
    dialect: bareItems,
    parent: 'dashboards',
    field: 'dashboard_id',
    rows: usersOfDashboard,
  }),
  constant('tags', '/api/v2/tags', tagRecords, ['name']),
  constant('settings', '/api/v2/settings', settings, ['scope', 'key']),
  rolesRoute(),
].flat()

function dashboards(world: World, query: URLSearchParams): Rows {
  return sortedAs(registerRows(world, 'dashboards'), query, { field: 'name', order: 'asc' })
}

function usersOfDashboard(world: World, dashboardId: string): Rows | undefined {
  const dashboard = indexInRegister(world, 'dashboards', dashboardId)
  return dashboard === undefined ? undefined : rowsOf(dashboardUsersAt(world.facts, dashboard))
}

function constant(stream: string, path: string, records: readonly Row[], key: readonly string[]) {
  const rows = () => rowsOf(records)
  return list({ stream, documented: { path, dialect: bareItems }, rows, everything: rows, key })
}

// Its items are plain strings, not records.
function rolesRoute(): Route {
  return {
    world: 'documented',
    method: 'GET',
    path: '/api/v2/users/roles',
    stream: 'user_roles',
    key: ['value'],
    parameters: [],
    everything: () => rowsOf(roles.map(value => ({ value }))),
    answer: () => json({ items: roles, success: true }),
  }
}
