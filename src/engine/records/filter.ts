import { type JsonObject, valueAt } from '../../json.ts'
import { jsonIn, type Line, type RawRecord } from '../bytes/raw-record.ts'
import type { Engine, Slice } from '../stream/context.ts'
import type { RecordContext, StreamDef } from '../stream/definition.ts'
import { momentOf } from '../time/timestamps.ts'
import type { FitKey } from './fit-schema.ts'
import {
  createJudge,
  foreignCheck,
  type Judge,
  type Judged,
  type Judging,
  parentOf,
  type Seen,
} from './judge.ts'
import { keyOf } from './key.ts'
import type { Tally } from './tally.ts'
import { createTransform } from './transform.ts'

/** A record that goes on: adapted, or a line that goes out as it came. */
export type StreamRecord = { readonly json: JsonObject } | Line

/** Where a slice's records go; resolves when there is room for more. No line is held on to after that. */
export type Sink = (records: readonly StreamRecord[]) => Promise<void>

/** Decides record by record what a slice gives. */
export interface RecordFilter {
  /** The records of a page that go on; the others are counted. `nowMs` is when the API dated the page. */
  take(rows: readonly RawRecord[], nowMs?: number): StreamRecord[]
  seen(): Seen
  /** The id of the record that was asked for by another one, where such a one came. */
  otherId(): string | undefined
  /** The slice is read again from here on. */
  again(): void
  /** How many records had come before in this slice. */
  cameAgain(): number
  /** The keys that the slice gave. */
  readonly keys: ReadonlySet<string>
}

interface Filtering extends Judging {
  readonly engine: Engine
  readonly askedAt: number
  readonly tally: Tally
  /** Told the key of every record that has one. */
  readonly noteKey?: (key: string) => void
  /** Brings keys into their columns, where the schema is known. */
  readonly fitKey?: FitKey
}

/** The filter of one slice. */
export function createRecordFilter(filtering: Filtering): RecordFilter {
  const { def, slice, engine } = filtering
  const judge = createJudge(filtering)
  const ids = createIdCheck(def, slice)
  const leavesOut = countingWhy(filtering, judge)
  const takeRecord = recordTaker(filtering, { judge, leavesOut, look: ids.look })
  const takeRow = rowTaker(filtering, takeRecord, lineTaker(stampOf(filtering), leavesOut, takeRecord))
  return {
    seen: judge.seen,
    otherId: ids.otherId,
    again: judge.again,
    cameAgain: judge.cameAgain,
    keys: judge.keys,
    take(rows, nowMs = engine.apiNow()) {
      const kept: StreamRecord[] = []
      rows.forEach(row => {
        takeRow(row, kept, nowMs)
      })
      return kept
    },
  }
}

/** Adds to what is kept what goes on of a row, a line or a record. */
type Take<T> = (one: T, kept: StreamRecord[], nowMs: number) => void

/** Whether a record is left out, and counts why. */
type LeavesOut = (record: Judged, nowMs: number) => boolean

function countingWhy({ tally, noteKey }: Filtering, judge: Judge): LeavesOut {
  return (record, nowMs) => {
    const reason = judge.reasonFor(record, nowMs)
    if (record.key !== undefined) noteKey?.(record.key)
    if (reason !== undefined) tally[reason]++
    return reason !== undefined
  }
}

/** Rows are lines that go out as they came, or JSON that becomes records. */
function rowTaker(filtering: Filtering, takeRecord: Take<JsonObject>, takeLine: Take<Line>): Take<RawRecord> {
  const { def, tally } = filtering
  const transform = createTransform(def, () => contextOf(filtering))
  return (row, kept, nowMs) => {
    if ('bytes' in row) return takeLine(row, kept, nowMs)
    const records = transform(row.json)
    if (records.length === 0 && def.explode === undefined) tally.unusable++
    for (const record of records) takeRecord(record, kept, nowMs)
  }
}

/** A line that does not name its parent is taken as a record, which is made to. */
function lineTaker(
  stamp: string | undefined,
  leavesOut: LeavesOut,
  takeRecord: Take<JsonObject>,
): Take<Line> {
  return (line, kept, nowMs) => {
    if (stamp !== undefined && (line.parent ?? undefined) === undefined)
      takeRecord(jsonIn(line) as JsonObject, kept, nowMs)
    else if (!leavesOut(line, nowMs)) kept.push(line)
  }
}

interface Taking {
  readonly judge: Judge
  readonly leavesOut: LeavesOut
  readonly look: (record: JsonObject) => void
}

function recordTaker(filtering: Filtering, { judge, leavesOut, look }: Taking): Take<JsonObject> {
  const { def, engine, tally } = filtering
  const field = def.incremental?.field
  const stamp = stampOf(filtering)
  const prepare = preparing(filtering, look)
  const passes = createClientFilter(def, engine)
  return (record, kept, nowMs) => {
    const stamped = prepare(record)
    if (stamped === undefined) {
      tally.refused++
      return judge.refuse()
    }
    const parent = stamp === undefined ? undefined : stamped[stamp]
    const key = keyOf(stamped, def.primaryKey)
    const moment = field === undefined ? undefined : momentOf(valueAt(stamped, field))
    if (!leavesOut({ key, moment, parent, passes: passes(stamped) }, nowMs)) kept.push({ json: stamped })
  }
}

/** The field in which records name the parent that they were asked for by, where there is one. */
function stampOf({ def, slice }: Filtering): string | undefined {
  return slice.parent === undefined ? undefined : def.parent?.stamp
}

/** Names a record's parent, where it does not, and brings its key into its columns; undefined where it does not fit. */
function preparing(filtering: Filtering, look: Taking['look']): FitKey {
  const { def, slice, fitKey = record => record } = filtering
  const stamp = stampOf(filtering)
  const own = parentOf(def, slice)
  return record => {
    look(record)
    return fitKey(stamp === undefined || own === undefined ? record : withParent(record, stamp, own))
  }
}

/** Notes records of another id than the one that each was asked for by, where they are asked for by their ids. */
function createIdCheck({ primaryKey: [field = '', ...more] }: StreamDef, slice: Slice) {
  const isOther = foreignCheck(more.length === 0 ? slice.parent?.[field] : undefined)
  let otherId: string | undefined
  return {
    otherId: () => otherId,
    look(record: JsonObject) {
      const id = record[field]
      if (isOther(id)) otherId = String(id)
    },
  }
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
