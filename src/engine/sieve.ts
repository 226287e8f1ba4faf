import { isObject, type Json, type JsonObject } from '../json.ts'
import { keyOf, type StreamDef } from './define.ts'
import type { Slice } from './engine.ts'
import { asked } from './request.ts'
import type { Span } from './spans.ts'
import { momentOf } from './times.ts'

/** What was left out of a stream, by reason; said once at its end. */
export interface Tally {
  /** Came twice. */
  duplicate: number
  /** Began before the start or after the end of what is read. */
  outside: number
  /** Belong to another parent than the one asked for. */
  foreign: number
  /** Are no objects, or have no key. */
  unusable: number
  /** Parents that were gone when their part was asked for. */
  gone: number
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { duplicate: 0, outside: 0, foreign: 0, unusable: 0, gone: 0 }
}

/** Keys of records near the edges of windows, with the slice that first gave them: the one-second overlap makes two
 *  windows give the same record. */
export type Edges = Map<string, object>

/** Decides record by record what a slice gives. */
export interface Sieve {
  /** The record as it goes on, or undefined when it is left out and counted. */
  take(record: Json): JsonObject | undefined
  /** How many different records came, those left out included: what the API's own total counts. */
  distinct(): number
}

interface Sieving {
  readonly def: StreamDef
  readonly slice: Slice
  /** What the stream reads in all, both ends inclusive; undefined where records have no time that matters. */
  readonly bounds: Span | undefined
  readonly edges: Edges
  readonly tally: Tally
}

const EDGE_MS = 2000

/** The sieve of one slice. It holds the keys of this slice only, and those near its edges. */
export function createSieve({ def, slice, bounds, edges, tally }: Sieving): Sieve {
  const keys = new Set<string>()
  const self = {}
  const field = def.incremental?.field
  let distinct = 0
  const isNew = (key: string, moment: number | undefined): boolean => {
    if (slice.window !== undefined && !isInside(moment, slice.window)) {
      const giver = edges.get(key)
      if (giver === undefined) edges.set(key, self)
      if (giver !== self) distinct++
      return giver === undefined
    }
    if (keys.has(key)) return false
    keys.add(key)
    distinct++
    return true
  }
  const isOutside = (moment: number | undefined) =>
    bounds !== undefined && moment !== undefined && (moment < bounds.from || moment > bounds.to)
  const judge = (record: JsonObject): keyof Tally | undefined => {
    const moment = field === undefined ? undefined : momentOf(record[field])
    const key = keyOf(record, def.primaryKey)
    if (key !== undefined && !isNew(key, moment)) return 'duplicate'
    if (key === undefined) distinct++
    if (isOutside(moment)) return 'outside'
    return key === undefined ? 'unusable' : undefined
  }
  return {
    distinct: () => distinct,
    take(raw) {
      if (!isObject(raw)) return leave(tally, 'unusable')
      const record = stamped(def.adapt === undefined ? raw : def.adapt(raw), def, slice)
      if (record === undefined) {
        distinct++
        return leave(tally, 'foreign')
      }
      const reason = judge(record)
      return reason === undefined ? record : leave(tally, reason)
    },
  }
}

/** Whether most of the records that have a time lie outside the window asked for: the server ignores the filter. */
export function ignoresWindow(records: readonly Json[], def: StreamDef, window: Span): boolean {
  const field = def.incremental?.field ?? ''
  const { from, to } = asked(window)
  const moments = records
    .map(one => (isObject(one) ? momentOf(one[field]) : undefined))
    .filter(one => one !== undefined)
  const strays = moments.filter(moment => moment < from - EDGE_MS || moment > to + EDGE_MS)
  return strays.length * 2 > moments.length
}

function isInside(moment: number | undefined, { from, to }: Span): boolean {
  return moment !== undefined && moment >= from + EDGE_MS && moment < to - EDGE_MS
}

/** The record with its parent's id; undefined when it names another parent. */
function stamped(record: JsonObject, { parent }: StreamDef, slice: Slice): JsonObject | undefined {
  if (parent?.stamp === undefined || slice.parent === undefined) return record
  const own = slice.parent[parent.as] ?? null
  const named = record[parent.stamp]
  if (named === undefined || named === null) return { ...record, [parent.stamp]: own }
  return named === own ? record : undefined
}

function leave(tally: Tally, reason: keyof Tally): undefined {
  tally[reason]++
  return undefined
}
