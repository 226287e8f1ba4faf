import { defineStream } from '../engine/stream/definition.ts'
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
  routes: [v2Whole('/api/v2/user/accounts', 'listAccounts')],
})
