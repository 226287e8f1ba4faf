import type { Call } from '../../http/types.ts'
import type { Log } from '../../protocol/log.ts'
import type { Span } from '../time/spans.ts'
import type { Route } from './definition.ts'
import type { PageFacts } from './paginators.ts'

/** What a sync goes by. */
export interface SyncSettings {
  /** What tells the account from others, part by part: its origin, and a sub-account's key. */
  readonly account: Readonly<Record<string, string>>
  /** The first moment that is read, inclusive, in milliseconds since 1970. */
  readonly startMs: number
  /** The last moment that is read, inclusive: frozen when the sync starts. */
  readonly endMs: number
  readonly lookbackMs: number
  readonly longestWindowMs: number
  readonly concurrency: number
  readonly pageSize: number
  /** What streams are narrowed down to, by the config's names. */
  readonly filters: Readonly<Record<string, string>>
  /** Ids to ask for one by one, by the config's names. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  /** The length of configured intervals; undefined: one for the whole time. */
  readonly intervalMs: number | undefined
  /** For which parents streams are asked that can be split; undefined: once for all. */
  readonly splitBy: string | undefined
}

/** What an answer told beside its records, for those who watch. */
export interface PageSeen {
  readonly route: Route
  /** The page size that was asked for. */
  readonly requested: number
  readonly facts: PageFacts
  /** When the API dated it; undefined where it did not. */
  readonly dateMs: number | undefined
}

/** What every stream of a run shares. */
export interface Engine {
  readonly call: Call
  readonly log: Log
  readonly settings: SyncSettings
  /** What the API is called, for messages. */
  readonly service: string
  /** Aborted when the run is to stop. */
  readonly signal: AbortSignal
  readonly now: () => number
  /** The API's clock, as far as its answers told it; otherwise ours. */
  readonly apiNow: () => number
  /** Told of every page that holds its records where they should be. */
  readonly onPage?: (page: PageSeen) => void
}

/** One part of a stream's reading: a span of time, a parent's part, both, or all of it. */
export interface Slice {
  readonly window?: Span
  /** The parent's record, with the fields that children need. */
  readonly parent?: Readonly<Record<string, string>>
}

/** What a part is known by in state: the values of its parent, with bars between them, exactly where one of them holds a bar
 *  itself; empty where there is none. */
export function partitionId({ parent = {} }: Slice): string {
  const values = Object.values(parent)
  const isUnclear = values.length > 1 && values.some(value => value.includes('|') || value.startsWith('['))
  return isUnclear ? JSON.stringify(values) : values.join('|')
}
