import { defineStream } from '../engine/stream/definition.ts'
import type { JsonObject } from '../json.ts'
import { unpagedList, v2Whole } from './dialects.ts'

export const users = defineStream({
  name: 'users',
  template: 'List Users',
  primaryKey: ['id'],
  routes: unpagedList('/api/v2/users', 'users', 'listUsers'),
})

/** Role names: plain text on the wire. */
export const userRoles = defineStream({
  name: 'user_roles',
  primaryKey: ['value'],
  wrapScalarAs: 'value',
  routes: [v2Whole('/api/v2/users/roles', 'listAvailableRoles')],
})

/** The accounts that the credentials reach. */
export const accounts = defineStream({
  name: 'accounts',
  primaryKey: ['id'],
  repair: rolesAsList,
  routes: [v2Whole('/api/v2/user/accounts', 'listAccounts')],
})

/** The sub-accounts of a partner: `orgKey` is what `org_key` of the credentials takes. Only a partner's client may ask. */
export const subAccounts = defineStream({
  name: 'sub_accounts',
  primaryKey: ['uuid'],
  absence: 'empty',
  absentStatuses: [403, 404, 405],
  routes: [v2Whole('/api/v2/accounts', 'listSubAccounts')],
})

/** The vendor documented one role as text until version 0.47 of its client: it is a list of one. */
function rolesAsList(record: JsonObject): JsonObject {
  const { roles } = record
  return typeof roles === 'string' ? { ...record, roles: [roles] } : record
}
