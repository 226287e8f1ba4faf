import { bareItems, unpaged } from '../dialects/documented.ts'
import { json } from '../response.ts'
import { child } from '../routing/child.ts'
import { holds, is } from '../routing/filters.ts'
import { list, paged, whole } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import { sortedAs, sortParameters } from '../routing/sorting.ts'
import {
  ACCOUNTS,
  accountAt,
  DASHBOARDS,
  dashboardAt,
  dashboardUsersAt,
  PHONEBOOK,
  phonebookEntryAt,
  roles,
  settings,
  subAccountAt,
  tagRecords,
} from '../world/account/account.ts'
import { INTEGRATIONS, integrationAt } from '../world/account/integrations.ts'
import { ORG_KEYS } from '../world/ground/org-keys.ts'
import { type Rows, rowsOf } from '../world/ground/rows.ts'
import { indexInRegister, registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'

/** What belongs to the account as a whole. */
export const accountRoutes: readonly Route[] = [
  paged({
    stream: 'phonebook',
    path: '/api/v2/phonebook',
    schema: 'PhonebookEntry',
    size: () => PHONEBOOK,
    make: phonebookEntryAt,
  }),
  paged({
    stream: 'integrations',
    path: '/api/v2/integrations',
    schema: 'Integration',
    size: () => INTEGRATIONS,
    make: integrationAt,
  }),
  list({
    stream: 'accounts',
    documented: { path: '/api/v2/user/accounts', dialect: unpaged },
    schema: 'user.Account',
    size: () => ACCOUNTS,
    make: accountAt,
  }),
  whole({
    stream: 'sub_accounts',
    path: '/api/v2/accounts',
    schema: 'SubAccount',
    key: ['uuid'],
    size: () => ORG_KEYS.length,
    make: subAccountAt,
    filters: { orgKey: is('orgKey') },
  }),
  paged({
    stream: 'dashboards',
    path: '/api/v2/dashboards',
    schema: 'Dashboard',
    size: () => DASHBOARDS,
    make: dashboardAt,
    rows: ({ world, request }) => dashboards(world, request.query),
    everything: world => dashboards(world, new URLSearchParams()),
    parameters: sortParameters,
    filters: { q: holds('name'), uuid: is('id') },
  }),
  child({
    stream: 'dashboard_users',
    path: '/api/v2/dashboards/{id}/users',
    schema: 'DashboardUser',
    dialect: bareItems,
    parent: 'dashboards',
    field: 'dashboard_id',
    rows: usersOfDashboard,
  }),
  whole({
    stream: 'tags',
    path: '/api/v2/tags',
    schema: 'tags_record',
    key: ['name'],
    everything: () => rowsOf(tagRecords),
  }),
  whole({
    stream: 'settings',
    path: '/api/v2/settings',
    schema: 'Setting',
    key: ['scope', 'key'],
    everything: () => rowsOf(settings),
  }),
  rolesRoute(),
].flat()

function dashboards(world: World, query: URLSearchParams): Rows {
  return sortedAs(registerRows(world, 'dashboards'), query, { field: 'name', order: 'asc' })
}

function usersOfDashboard(world: World, dashboardId: string): Rows | undefined {
  const dashboard = indexInRegister(world, 'dashboards', dashboardId)
  return dashboard === undefined ? undefined : rowsOf(dashboardUsersAt(world.facts, dashboard))
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
    respond: () => json({ items: roles, success: true }),
  }
}
