import type { Facts } from '../ground/facts.ts'
import { idOf, indexOf } from '../ground/ids.ts'
import { type Row, type Rows, rowsWhere } from '../ground/rows.ts'
import type { Timeline } from '../ground/timeline.ts'
import type { CallLog } from './call-log.ts'
import { legAt, legBegins } from './legs.ts'
import { legId, partiesOf, type Side } from './parties.ts'
import { isByDialler, legsOf, momentsOf, planCall } from './plan.ts'
import { recordingAt } from './recordings.ts'
import { reportRowAt } from './report.ts'

/** A list that follows from calls: numbers in a timeline, and the record for each number. */
export interface CallView {
  readonly timeline: Timeline
  readonly idOf: (ref: number) => string
  readonly rowAt: (ref: number, now: number) => Row
  /** The record with this id, if it exists at `now`. */
  readonly find: (id: string, now: number) => Row | undefined
  /** The view's records at `now` as finished JSON, in a prerendered world. */
  readonly prerendered?: (now: number) => Prerendered
}

/** Records that have been rendered to JSON once, newest first; pages are cut out of them. */
export interface Prerendered {
  /** How many records there are. */
  readonly count: number
  /** The JSON of records `from` to `to` (exclusive), comma separated. */
  readonly cut: (from: number, to: number) => Uint8Array
}

/** A view whose records have no path of their own. */
export type ListView = Omit<CallView, 'find'>

/** A time span in unix ms, both ends included. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The records of a view that exist at `now` and begin within the span, newest first. */
export function viewRows(view: ListView, now: number, span?: Span): Rows {
  const { timeline } = view
  const low = span ? timeline.countBefore(span.from, false) : 0
  const high = timeline.countBefore(Math.min(now, span?.to ?? now), true)
  const refOf = (place: number) => timeline.refAt(high - 1 - place)
  return {
    count: Math.max(0, high - low),
    at: place => view.rowAt(refOf(place), now),
    idAt: place => view.idOf(refOf(place)),
    ...bytesFrom(view.prerendered?.(now), high),
  }
}

/** One row per call, as the report has it. */
export function reportView(facts: Facts, log: CallLog): CallView {
  const rowAt = (call: number, now: number) =>
    reportRowAt(facts, planCall(facts, call), log.begins(call) ?? 0, now)
  return {
    timeline: log.calls,
    idOf: call => legId(facts.seed, call, 0),
    rowAt,
    find: (id, now) => {
      const ref = indexOf(facts.seed, 'call_records', id)
      const there = ref !== undefined && ref % 2 === 0 && (log.begins(ref / 2) ?? Infinity) <= now
      return there ? rowAt(ref / 2, now) : undefined
    },
  }
}

/** The rows of the report, one per call, that the dialler placed. */
export function byDialler(facts: Facts, report: Rows): Rows {
  return rowsWhere(report, row => {
    const leg = indexOf(facts.seed, 'call_records', String(row['id'])) ?? 0
    return isByDialler(planCall(facts, leg / 2))
  })
}

/** One row per leg; refs are call * 2 + side. */
export function legView(facts: Facts, log: CallLog): CallView {
  return {
    timeline: log.legs,
    idOf: ref => idOf(facts.seed, 'call_records', ref),
    rowAt: (ref, now) => legAt(facts, planCall(facts, ref >> 1), log.begins(ref >> 1) ?? 0, sideOf(ref), now),
    find: (id, now) => {
      const ref = indexOf(facts.seed, 'call_records', id)
      return ref === undefined ? undefined : findLeg(facts, log, ref, now)
    },
  }
}

/** One row per recording; refs are the numbers of calls. */
export function recordingView(facts: Facts, log: CallLog): CallView {
  return {
    timeline: log.recordings,
    idOf: call => idOf(facts.seed, 'recordings', call),
    rowAt: (call, now) => recordingRow(facts, log, call, now) ?? {},
    find: (id, now) => {
      const call = indexOf(facts.seed, 'recordings', id)
      return call === undefined ? undefined : recordingRow(facts, log, call, now)
    },
  }
}

// Prerendered records are newest first; `high` of them are not newer than the span.
function bytesFrom(prerendered: Prerendered | undefined, high: number): Pick<Rows, 'bytes'> {
  if (!prerendered) return {}
  const skipped = prerendered.count - high
  return { bytes: (from, to) => prerendered.cut(skipped + from, skipped + to) }
}

function findLeg(facts: Facts, log: CallLog, ref: number, now: number): Row | undefined {
  const begun = log.begins(ref >> 1)
  const plan = planCall(facts, ref >> 1)
  const side = sideOf(ref)
  if (begun === undefined || side >= legsOf(plan) || legBegins(plan, begun, side) > now) return undefined
  return legAt(facts, plan, begun, side, now)
}

function recordingRow(facts: Facts, log: CallLog, call: number, now: number): Row | undefined {
  const begun = log.begins(call)
  const plan = planCall(facts, call)
  if (begun === undefined || !plan.recorded) return undefined
  const moments = momentsOf(plan, begun)
  if (moments.recordingReady > now) return undefined
  return recordingAt(facts, plan, partiesOf(facts, plan), moments, now)
}

function sideOf(ref: number): Side {
  return ref % 2 === 0 ? 0 : 1
}
