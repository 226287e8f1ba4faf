import { byBoundedMax } from '../dialects/documented.ts'
import { secondsIn } from '../request.ts'
import { holds, is } from '../routing/filters.ts'
import { one } from '../routing/item.ts'
import { list, paged } from '../routing/list.ts'
import type { Route, Scene } from '../routing/route.ts'
import { sortedAs, sortParameters } from '../routing/sorting.ts'
import { auditLogAt, changesIn } from '../world/account/audit.ts'
import { conferenceAt, conferencesIn } from '../world/contacts/conferences.ts'
import { allFiles } from '../world/contacts/files.ts'
import { type Rows, rowsWhere, sliceRows } from '../world/ground/rows.ts'
import { registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'

const newestFirst = { lies: 'dateCreated', order: 'desc' } as const
const auditWindow = ['filters.dateCreated.start', 'filters.dateCreated.end'] as const

/** What is kept: changes, files, conferences. */
export const archiveRoutes: readonly Route[] = [
  list({
    stream: 'audit_logs',
    documented: { path: '/api/v2/audit/request', dialect: byBoundedMax },
    schema: 'AuditLog',
    size: changesIn,
    make: auditLogAt,
    rows: requestedChanges,
    parameters: [...auditWindow, ...sortParameters],
    filters: { 'filters.operation': is('operation'), 'filters.resource': is('resource') },
  }),
  paged({
    stream: 'files',
    path: '/api/v2/files',
    schema: 'StoredFile',
    rows: ({ world, request }) => sortedAs(allFiles(world), request.query, newestFirst),
    everything: allFiles,
    parameters: sortParameters,
    filters: { type: is('type'), state: is('state'), filename: is('filename'), q: holds('filename', 'path') },
  }),
  paged({
    stream: 'conferences',
    path: '/api/v2/conferences',
    schema: 'Conference',
    size: conferencesIn,
    make: conferenceAt,
  }),
  one({
    stream: 'current_agent_conference',
    path: '/api/v2/agent/conferences/current',
    schema: 'Conference',
    find: ({ world }) => sliceRows(current(world), 0, 1)[0],
    everything: current,
  }),
].flat()

// Both ends of a window are included, as with calls; the vendor does not document it.
function requestedChanges({ world, request }: Scene): Rows {
  const [from = -Infinity, to = Infinity] = auditWindow.map(name => secondsIn(request.query, name))
  const rows = sortedAs(registerRows(world, 'audit_logs'), request.query, newestFirst)
  if (from === -Infinity && to === Infinity) return rows
  return rowsWhere(rows, row => {
    const time = Date.parse(String(row['dateCreated']))
    return time >= from && time <= to
  })
}

/** The conference in progress: the newest, if there is one. */
function current(world: World): Rows {
  const { count, at } = registerRows(world, 'conferences')
  return { count: Math.min(1, count), at }
}
