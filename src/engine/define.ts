import type { Query } from '../http/types.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Paginator } from './paginate.ts'

/** Where the records of an answer sit: under a key as a list, under a key as one object, or the whole body. */
export type RecordsAt =
  | { readonly kind: 'list'; readonly key: string }
  | { readonly kind: 'one'; readonly key: string }
  | { readonly kind: 'body' }

/** How a route asks for a stretch of time. */
export interface WindowParameters {
  readonly from: string
  readonly to: string
  readonly format: 'unix-seconds' | 'iso'
}

/** One way of asking for a stream: a stream has the documented way first, the seeds' way after it. */
export interface Route {
  /** Which description of the API this way comes from. */
  readonly source: 'documented' | 'seed'
  /** The vendor's name of the operation, where documented. */
  readonly operation?: string
  /** May hold {placeholders}, filled from the parent's record. */
  readonly path: string
  readonly query?: Query
  readonly records: RecordsAt
  readonly paginate: Paginator
  readonly window?: WindowParameters
}

/** The moving time of a stream's records, and who can filter by it. */
export interface Incremental {
  /** `server`: routes have window parameters. `connector`: everything is read, and older records are left out. */
  readonly filter: 'server' | 'connector'
  readonly field: string
}

/** Where a child stream's slices come from: one for each record of the parent. */
export interface Parent {
  readonly stream: string
  /** The parent's field that fills the placeholder or query parameter. */
  readonly field: string
  /** The placeholder in the route's path or query. */
  readonly as: string
  /** The child's field that names its parent: filled in where absent; records naming another parent are dropped. */
  readonly stamp?: string
}

/** What absence (404, 405) of the whole stream or of one parent's part means. */
export type Absence = 'error' | 'empty' | 'gone'

/** What a record is turned into before it is shaped; must not change its argument. */
export type Adapt = (record: JsonObject) => JsonObject

/** A stream as a plain value: all that is to know about it. */
export interface StreamDef {
  readonly name: string
  /** The endpoint template of the seed that it covers. */
  readonly template?: string
  readonly primaryKey: readonly string[]
  readonly incremental?: Incremental
  readonly parent?: Parent
  readonly absence?: Absence
  readonly adapt?: Adapt
  /** Tried in this order; the first that the API serves is kept for the run. */
  readonly routes: readonly [Route, ...Route[]]
}

/** A stream. The definition itself, checked by the compiler. */
export function defineStream(definition: StreamDef): StreamDef {
  return definition
}

/** Records in the list under this key: a list route. */
export function listAt(key: string): RecordsAt {
  return { kind: 'list', key }
}

/** The record under this key, or the whole body where the key is absent. */
export function oneAt(key: string): RecordsAt {
  return { kind: 'one', key }
}

/** Records whose time the server filters by, read in windows. */
export function byTime(field: string): Incremental {
  return { filter: 'server', field }
}

/** Whether a route asks for one thing by its id, so that a 404 speaks of the id and not of the route. */
export function isById(route: Route): boolean {
  return route.path.includes('{')
}

/** The record's key as text, parts joined by a bar; undefined when a part is missing. */
export function keyOf(record: JsonObject, primaryKey: readonly string[]): string | undefined {
  let key = ''
  for (const part of primaryKey) {
    const value: Json | undefined = record[part]
    if (value === undefined || value === null) return undefined
    key += key === '' ? String(value) : `|${value}`
  }
  return key === '' ? undefined : key
}
