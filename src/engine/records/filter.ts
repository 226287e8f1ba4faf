import type { Json, JsonObject } from '../../json.ts'
import { jsonIn, type Line, type RawRecord } from '../bytes/raw-record.ts'
import type { Engine, Slice } from '../stream/context.ts'
import { keyOf, type RecordContext, type StreamDef } from '../stream/definition.ts'
import type { Span } from '../time/spans.ts'
import { momentOf } from '../time/timestamps.ts'
import { createDuplicateCheck, type Edges } from './duplicates.ts'
import type { FitKey } from './fit-schema.ts'
import type { Tally } from './tally.ts'
import { createTransform } from './transform.ts'

/** A record that goes on: adapted, or a line that goes out as it came. */
export type StreamRecord = { readonly json: JsonObject } | Line

/** Where a slice's records go; resolves when there is room for more. No line is held on to after that. */
export type Sink = (records: readonly StreamRecord[]) => Promise<void>

/** Decides record by record what a slice gives. */
export interface RecordFilter {
  /** The records of a page that go on; the others are counted. */
  take(rows: readonly RawRecord[]): StreamRecord[]
  /** How many different records came, those left out included: what the API's own total counts. */
  distinct(): number
}

interface Filtering {
  readonly def: StreamDef
  readonly engine: Engine
  readonly slice: Slice
  readonly askedAt: number
  /** What the stream reads in all, both ends inclusive; undefined where records have no time that matters. */
  readonly bounds: Span | undefined
  readonly edges: Edges
  readonly tally: Tally
  /** Brings keys into their columns, where the schema is known. */
  readonly fitKey?: FitKey
}

/** The filter of one slice. It holds the keys of this slice only, and those near its edges. */
export function createRecordFilter(filtering: Filtering): RecordFilter {
  const { def, slice, tally, fitKey = unchanged } = filtering
  const judge = createJudge(filtering)
  const { field } = def.incremental ?? {}
  const stamp = slice.parent === undefined ? undefined : def.parent?.stamp
  const own = slice.parent?.[def.parent?.as ?? '']
  const passes = createClientFilter(def, filtering.engine)
  const transform = createTransform(def, () => contextOf(filtering))
  const takeRecord = (record: JsonObject, kept: StreamRecord[]) => {
    const stamped = fitKey(stamp === undefined || own === undefined ? record : withParent(record, stamp, own))
    if (stamped === undefined) {
      tally.refused++
      return
    }
    const reason = judge.reasonFor(keyOf(stamped, def.primaryKey), at(stamped, field), at(stamped, stamp))
    if (reason !== undefined) tally[reason]++
    else if (passes(stamped)) kept.push({ json: stamped })
    else tally.filtered++
  }
  const takeLine = (line: Line, kept: StreamRecord[]) => {
    const named = stamp === undefined ? undefined : (line.parent ?? undefined)
    if (stamp !== undefined && named === undefined) return takeRecord(jsonIn(line) as JsonObject, kept)
    const reason = judge.reasonFor(line.key, line.time, named)
    if (reason === undefined) kept.push(line)
    else tally[reason]++
  }
  const takeRow = (row: RawRecord, kept: StreamRecord[]) => {
    if ('bytes' in row) return takeLine(row, kept)
    const records = transform(row.json)
    if (records.length === 0 && def.explode === undefined) tally.unusable++
    for (const record of records) takeRecord(record, kept)
  }
  return {
    distinct: () => judge.distinct() + tally.refused,
    take(rows) {
      const kept: StreamRecord[] = []
      for (const row of rows) takeRow(row, kept)
      return kept
    },
  }
}

function unchanged(record: JsonObject): JsonObject {
  return record
}

function at(record: JsonObject, field: string | undefined): Json | undefined {
  return field === undefined ? undefined : record[field]
}

interface Judge {
  /** Why a record with this key, time and parent is left out; undefined when it is not. */
  reasonFor(key: string | undefined, time: Json | undefined, named: Json | undefined): keyof Tally | undefined
  distinct(): number
}

function createJudge({ def, slice, bounds, edges }: Filtering): Judge {
  const check = createDuplicateCheck(slice, edges)
  const own = slice.parent?.[def.parent?.as ?? '']
  const isTimed = def.incremental !== undefined
  const isKeyed = def.primaryKey.length > 0
  const isOutside = (moment: number | undefined) =>
    bounds !== undefined && moment !== undefined && (moment < bounds.from || moment > bounds.to)
  let distinct = 0
  return {
    distinct: () => distinct,
    reasonFor(key, time, named) {
      const moment = isTimed ? momentOf(time) : undefined
      const seen = key === undefined ? 'new' : check(key, moment)
      if (seen !== 'again') distinct++
      if (seen !== 'new') return 'duplicate'
      if (isForeign(named, own)) return 'foreign'
      if (isOutside(moment)) return 'outside'
      return key === undefined && isKeyed ? 'unusable' : undefined
    },
  }
}

function isForeign(named: Json | undefined, own: string | undefined): boolean {
  return named !== undefined && named !== null && named !== own
}

function contextOf({ engine, askedAt, slice }: Filtering): RecordContext {
  return { now: engine.now(), askedAt, window: slice.window, parent: slice.parent ?? {} }
}

/** Whether a record passes the config's filters that only the connector can apply. */
function createClientFilter(
  { clientFilters = {} }: StreamDef,
  { settings }: Engine,
): (record: JsonObject) => boolean {
  const active = Object.entries(clientFilters).flatMap(([name, test]) => {
    const value = settings.filters[name]
    return value === undefined ? [] : [(record: JsonObject) => test(record, value)]
  })
  return record => active.every(test => test(record))
}

function withParent(record: JsonObject, stamp: string, own: string): JsonObject {
  return record[stamp] === undefined || record[stamp] === null ? { ...record, [stamp]: own } : record
}
