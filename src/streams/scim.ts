import { byOwnTime, defineStream, listAt } from '../engine/stream/definition.ts'
import { byOffset } from '../engine/stream/paginators.ts'
import { isObject, type JsonObject } from '../json.ts'

/** SCIM counts records from 1. Source: RFC 7644 section 3.4.2.4. */
const scimPages = byOffset({ offset: 'startIndex', limit: 'count', largest: 200, start: 1 })

/** Users as identity management sees them: an enterprise feature, absent in many accounts. */
export const scimUsers = defineStream({
  name: 'scim_users',
  template: 'List Users (SCIM)',
  primaryKey: ['id'],
  incremental: byOwnTime('last_modified'),
  absence: 'empty',
  absentStatuses: [401, 403, 404, 405],
  adapt: withLastModified,
  routes: [
    { source: 'seed', path: '/auth/scim/v2/Users', records: listAt('Resources'), paginate: scimPages },
  ],
})

function withLastModified(record: JsonObject): JsonObject {
  const { meta } = record
  return { ...record, last_modified: isObject(meta) ? (meta['lastModified'] ?? null) : null }
}
