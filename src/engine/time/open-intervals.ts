import type { Coverage } from './coverage.ts'
import { holes, type Span } from './spans.ts'

/** What a plan of intervals goes by. */
export interface Planning {
  readonly before: Coverage
  /** What is read, whole intervals. */
  readonly within: Span
  readonly lengthMs: number
  readonly lookbackMs: number
  /** The API's clock. */
  readonly nowMs: number
}

/** The intervals that are not closed, oldest first, by what was known of them before. */
export interface Open {
  readonly all: readonly Span[]
  /** The time that was read. What was read says nothing of the time before: there, a start that moved back and states put
   *  together leave holes. */
  readonly readBefore: Span
  /** Those that were never read. */
  readonly unread: readonly Span[]
  /** Those that were read, and have no value as far as is known. */
  readonly quiet: readonly Span[]
  /** Those that were read, and are old enough for their second reading. */
  readonly due: readonly Span[]
}

/** The open intervals of what is read. */
export function openIntervals(planning: Planning): Open {
  const { before, within, lengthMs } = planning
  const { closed, readFromMs = Number.NEGATIVE_INFINITY, readToMs = Number.NEGATIVE_INFINITY } = before
  const readBefore = { from: Math.max(closedEnd(closed), readFromMs), to: readToMs }
  const all = holes(closed, within).flatMap(hole => aligned(hole, lengthMs))
  const read = all.filter(one => isRead(one, { readBefore }))
  return {
    all,
    readBefore,
    unread: all.filter(one => !isRead(one, { readBefore })),
    quiet: read.filter(one => isQuiet(one, before.valuedToMs)),
    due: read.filter(one => !isQuiet(one, before.valuedToMs) && isDue(one, planning)),
  }
}

/** What is read first: see IntervalPlan. */
export function firstRead({ due, unread, quiet }: Open, planning: Planning): readonly Span[] {
  const settled = unread.length > 0 ? quiet.filter(one => isDue(one, planning)) : []
  const newest = (settled.length > 0 ? settled : quiet).slice(-1)
  return [...due, ...unread, ...newest]
}

/** Whether an interval was read before. */
export function isRead({ from, to }: Span, { readBefore }: Pick<Open, 'readBefore'>): boolean {
  return from >= readBefore.from && to <= readBefore.to
}

/** Whether no interval from this one on had a value. */
export function isQuiet({ to }: Span, valuedToMs = Number.NEGATIVE_INFINITY): boolean {
  return to > valuedToMs
}

/** Whether an interval is old enough for its second reading. */
export function isDue({ to }: Span, { lookbackMs, nowMs }: Planning): boolean {
  return to + lookbackMs <= nowMs
}

/** The last interval that had a value before, where that is read at all. */
export function lastValued({ before: { valuedToMs }, within, lengthMs }: Planning): readonly Span[] {
  if (valuedToMs === undefined || valuedToMs - lengthMs < within.from || valuedToMs > within.to) return []
  return [{ from: valuedToMs - lengthMs, to: valuedToMs }]
}

/** The end of what is closed. */
export function closedEnd(closed: readonly Span[]): number {
  return closed.at(-1)?.to ?? Number.NEGATIVE_INFINITY
}

/** The whole intervals that a span touches. */
function aligned({ from, to }: Span, lengthMs: number): Span[] {
  const first = Math.floor(from / lengthMs)
  const count = Math.ceil(to / lengthMs) - first
  return Array.from({ length: count }, (_, index) => ({
    from: (first + index) * lengthMs,
    to: (first + index + 1) * lengthMs,
  }))
}
