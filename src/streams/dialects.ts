import { listAt, oneAt, type Route, type StreamDef } from '../engine/stream/definition.ts'
import { byOffset, byPage, unpaged } from '../engine/stream/paginators.ts'
import type { JsonObject } from '../json.ts'

/** The vendor's paging of /api/v2: `page` from 1 and `max`. No cap is documented but for one list (500); 100 is what
 *  other connectors use against the live API. */
export const v2Pages = byPage({ page: 'page', size: 'max', largest: 500 })

/** The vendor's paging of /api/v3; more than 100 is refused. */
export const v3Pages = byPage({ page: 'page', size: 'page_size', largest: 100 })

/** The seed's paging of most lists. */
const seedPages = byPage({ page: 'page', size: 'pageSize', largest: 500 })

/** The seed's paging of calls. */
export const seedOffsets = byOffset({ offset: 'offset', limit: 'limit', largest: 500 })

/** A list of /api/v2 as the vendor documents it, with page parameters. */
export function v2List(path: string, operation: string, more: Partial<Route> = {}): Route {
  return { source: 'documented', operation, path, records: listAt('items'), paginate: v2Pages, ...more }
}

/** A list that the vendor documents without page parameters. */
export function v2Whole(path: string, operation: string, more: Partial<Route> = {}): Route {
  return { ...v2List(path, operation, more), paginate: unpaged }
}

/** One object of /api/v2, under `item`; the seed has the same path with the object bare. */
export function v2One(path: string, operation: string, more: Partial<Route> = {}): Route {
  return { source: 'documented', operation, path, records: oneAt('item'), paginate: unpaged, ...more }
}

/** A list as the seed has it: its container is named after the resource. */
export function seedList(path: string, key: string, more: Partial<Route> = {}): Route {
  return { source: 'seed', path, records: listAt(key), paginate: seedPages, ...more }
}

/** Both ways of asking for a list whose path the vendor and the seed agree on. */
export function list(
  path: string,
  seedKey: string,
  operation: string,
  more: Partial<Route> = {},
): readonly [Route, Route] {
  return [v2List(path, operation, more), seedList(path, seedKey, more)]
}

/** The same for a list that the vendor documents without page parameters. */
export function unpagedList(path: string, seedKey: string, operation: string): readonly [Route, Route] {
  return [v2Whole(path, operation), seedList(path, seedKey)]
}

/** What a stream is that asks for single objects by id: costly, and a vanished id is no error. */
export function detail(parent: string, ids: string, path: string, operation: string) {
  return {
    primaryKey: ['id'],
    parent: { stream: parent, field: 'id', as: 'id', ids },
    absence: 'gone',
    costly: true,
    routes: [v2One(path, operation)],
  } as const satisfies Partial<StreamDef>
}

/** A live picture: the record with the moment at which it was asked for, and its parent's id under this name. */
export function snapshotOf(parentField?: string): NonNullable<StreamDef['adapt']> {
  return (record, { now, parent }) => ({
    ...record,
    ...(parentField === undefined ? {} : { [parentField]: parent[parentField] ?? null }),
    queried_at: new Date(now).toISOString(),
  })
}

/** The record without these fields. */
export function without(record: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)))
}
