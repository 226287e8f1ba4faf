import type { Query, Reply, Request } from '../../http/types.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { Span } from '../time/spans.ts'
import type { WindowParameters, WrittenWindow } from './asked-window.ts'
import type { Lookup } from './lookup.ts'
import type { Mistakes, Sign } from './mistakes.ts'
import type { PageFacts, Paginator, Place } from './paginators.ts'

/** Where the records of an answer sit: a list or one object under a key, the whole body, or wherever a function finds them. */
export type RecordsAt =
  | { readonly kind: 'list'; readonly key: string }
  | { readonly kind: 'one'; readonly key: string }
  | { readonly kind: 'body' }
  | { readonly kind: 'found'; readonly find: Find }

/** Finds what an answer to `path` holds, and what it shows of how the stream is described. Throws BadBody for a broken one. */
export type Find = (
  reply: Reply,
  path: string,
) => {
  readonly records: readonly Json[]
  readonly facts: PageFacts
  readonly signs?: readonly Sign[]
  /** What tells the page from others, where that is not every letter of it: the keys of its records. */
  readonly print?: string | undefined
}

/** What a written request is made from. */
interface RequestValues {
  /** The values of the part that is asked for, by the names of its lookups. */
  readonly values: Readonly<Record<string, string>>
  readonly window: Span | undefined
  readonly place: Place
  readonly paging: Query
}

/** Writes a request by itself, where path and query are not enough. */
export type Write = (asked: RequestValues) => Omit<Request, 'method' | 'stream' | 'once'>

/** One way of asking for a stream: a stream has the documented way first, the seeds' way after it. */
export interface Route {
  /** Which description of the API this way comes from. */
  readonly source: 'documented' | 'seed' | 'custom'
  /** The vendor's name of the operation, where documented. */
  readonly operation?: string
  /** May hold {placeholders}, filled from the parent's record. */
  readonly path: string
  readonly query?: Query
  readonly records: RecordsAt
  readonly paginate: Paginator
  readonly window?: WindowParameters | WrittenWindow
  readonly write?: Write
  /** The query parameter for each of the config's filters that this way applies. */
  readonly filters?: Readonly<Record<string, string>>
  /** GET unless said otherwise. */
  readonly method?: 'GET' | 'POST'
  /** The request changes data: it is never sent again once it may have arrived. */
  readonly once?: boolean
}

/** The moving time of a stream's records, and the strategy that reads by it. */
export type Incremental =
  /** The server filters by this time: the stream is read window by window. */
  | { readonly strategy: 'windowed'; readonly field: string }
  /** Aggregates: the server is asked for each interval, aligned to UTC and without overlap. */
  | { readonly strategy: 'intervals'; readonly field: string; readonly length: 'day' | 'configured' }
  /** Everything is read, and the connector leaves out what is older. */
  | { readonly strategy: 'filtered'; readonly field: string }
  /** The parent's windows decide, and one request is made for each record in them. */
  | { readonly strategy: 'through-parent'; readonly field: string }

/** Where a child stream's slices come from: one for each record of the parent. */
interface Parent {
  readonly stream: string
  /** The parent's field that fills the placeholder or query parameter. */
  readonly field: string
  /** The placeholder in the route's path or query. */
  readonly as: string
  /** The child's field that names its parent: filled in where absent; records naming another parent are dropped. */
  readonly stamp?: string
  /** The config's list of ids that is read instead of the parent, where it is not empty. */
  readonly ids?: string
}

/** What absence (404, 405) of the whole stream or of one parent's part means. */
type Absence = 'error' | 'empty' | 'gone'

/** What is known about a record beside itself. */
export interface RecordContext {
  /** When its page was read. */
  readonly now: number
  /** When its part was asked for. */
  readonly askedAt: number
  /** The span of time that was asked for, where there was one. */
  readonly window: { readonly from: number; readonly to: number } | undefined
  /** The values of the parent that was asked for. */
  readonly parent: Readonly<Record<string, string>>
}

/** What a record is turned into before it is shaped; must not change its argument. */
export type Adapt = (record: JsonObject, context: RecordContext) => JsonObject

/** A stream as a plain value: everything the engine knows about it. */
export interface StreamDef {
  readonly name: string
  /** The endpoint template of the seed that it covers. */
  readonly template?: string
  /** Empty where records cannot be told apart: then none is taken for the same as another. */
  readonly primaryKey: readonly string[]
  readonly incremental?: Incremental
  readonly parent?: Parent
  readonly lookups?: readonly Lookup[]
  /** How many of its requests may be under way at once; as many as of others where it does not say. */
  readonly parallelism?: number
  readonly absence?: Absence
  /** Statuses that mean absence. Default: 404 and 405. */
  readonly absentStatuses?: readonly number[]
  readonly adapt?: Adapt
  /** Like `adapt`, but only for records that do not fit their schema as they are. */
  readonly repair?: (record: JsonObject) => JsonObject
  /** The span of time that an answer says it speaks of, as texts or unix times; the stream stops when it is another. */
  readonly checkWindow?: (record: JsonObject) => JsonObject | undefined
  /** Turns an answer's object into several records, e.g. one for each point of a series. */
  readonly explode?: (record: JsonObject) => readonly JsonObject[]
  /** The field under which a record that is no object, but text or a number, is put. */
  readonly wrapScalarAs?: string
  /** Filters that only the connector can apply: whether a record passes, by the config's name of the filter. */
  readonly clientFilters?: Readonly<Record<string, (record: JsonObject, value: string) => boolean>>
  /** The parents for each of which it can be asked, by the config's word for it, instead of once for all. A filter of the
   *  config that is named as the parent's placeholder narrows it to that one. */
  readonly splitBy?: Readonly<Record<string, Parent>>
  /** One request for each record: documented as such, and not suggested. */
  readonly costly?: boolean
  /** Read for other streams only; never offered. */
  readonly hidden?: boolean
  /** What else makes it another stream when it changes, by name: its state is of no use then. */
  readonly identity?: Readonly<Record<string, string>>
  /** Of aggregates: whether a record tells of anything. Where it is not given, every record does. */
  readonly hasValue?: (record: JsonObject) => boolean
  /** What to say of mistakes, where a person described the stream. */
  readonly mistakes?: Mistakes
  /** The host that it is read from, where that is not the service's. */
  readonly host?: string
  /** Brings records into the shape that a schema says they have, where answers differ in it. */
  readonly reshape?: (schema: JsonObject) => (record: JsonObject) => JsonObject
  /** Offered only when this switch of the config is on. */
  readonly onlyIf?: string
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
  return { strategy: 'windowed', field }
}

/** Records whose time only the connector can go by: everything is read, and what is older is left out. */
export function byOwnTime(field: string): Incremental {
  return { strategy: 'filtered', field }
}

/** Aggregates of spans of time: of the configured length where `configured`, else of a day. */
export function byInterval(length: 'day' | 'configured' = 'day'): Incremental {
  return { strategy: 'intervals', field: 'window_end', length }
}

/** Whether a route asks for one thing by its id, so that a 404 speaks of the id and not of the route. */
export function isById(route: Route): boolean {
  return route.path.includes('{')
}
