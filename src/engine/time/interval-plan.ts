import type { Coverage } from './coverage.ts'
import { OPEN_MS } from './frontier.ts'
import { holes, join, type Span } from './spans.ts'

/** The intervals of one partition: which are to be read, and what is covered once they are. An interval is read when it is
 *  over and again once it is a lookback old, since aggregates settle; then it is closed, whatever its value. The newest
 *  ones, as long as none of them has a value, stay open: the first of them that has one has all of them read again, and
 *  the last one that had a value before them, for what they lack may have begun to be missing within it. */
export interface IntervalPlan {
  /** What is read first: what is due for its second reading, what was never read, and one of those without a value: the
   *  newest that is a lookback old where something else is new, since numbers that always come a while late are never
   *  in the newest of all; else the newest. */
  readonly first: readonly Span[]
  /** What must be read again now that one of the first has a value, oldest first. */
  again(): readonly Span[]
  /** What is read to see whether it still has the value that it had, where older ones were read for the first time and have
   *  none: the API may show less than it did. They are closed if it has. */
  check(): readonly Span[]
  /** An interval was received. */
  received(interval: Span, hasValue: boolean): void
  coverage(): Coverage
}

interface Planning {
  readonly before: Coverage
  /** What is read, whole intervals. */
  readonly within: Span
  readonly lengthMs: number
  readonly lookbackMs: number
  /** The API's clock. */
  readonly nowMs: number
}

/** The plan for intervals of this length, aligned to UTC. */
export function planIntervals(planning: Planning): IntervalPlan {
  const { before, within, lengthMs } = planning
  const open = holes(before.closed, within).flatMap(hole => aligned(hole, lengthMs))
  // What was read says nothing of the time before: there, a start that moved back and states put together leave holes.
  const readFrom = Math.max(closedEnd(before.closed), before.readFromMs ?? Number.NEGATIVE_INFINITY)
  const isRead = ({ from, to }: Span) =>
    from >= readFrom && to <= (before.readToMs ?? Number.NEGATIVE_INFINITY)
  const lastValued = intervalBefore(before.valuedToMs, lengthMs).filter(
    ({ from, to }) => from >= within.from && to <= within.to,
  )
  const progress = createProgress({ ...planning, open, isRead, isChecked: lastValued.length > 0 })
  const { isDue, isQuiet, isSeen } = progress
  const unread = open.filter(one => !isRead(one))
  const quiet = open.filter(one => isRead(one) && isQuiet(one))
  const due = open.filter(one => isRead(one) && !isQuiet(one) && isDue(one))
  const settled = unread.length > 0 ? quiet.filter(isDue) : []
  const newest = (settled.length > 0 ? settled : quiet).slice(-1)
  return {
    first: [...due, ...unread, ...newest],
    again() {
      const late = quiet.filter(one => !isQuiet(one))
      return late.length === 0 ? [] : [...lastValued, ...late.filter(one => !isSeen(one))]
    },
    check: () => (progress.isDoubtful() ? lastValued.filter(one => !isSeen(one)) : []),
    received: progress.received,
    coverage: progress.coverage,
  }
}

interface Reading extends Planning {
  /** The intervals that are not closed. */
  readonly open: readonly Span[]
  /** Whether an interval was read before. */
  readonly isRead: (interval: Span) => boolean
  /** The last interval that had a value can be looked at. */
  readonly isChecked: boolean
}

/** What is covered while intervals are read. */
function createProgress({ before, open, isRead, isChecked, lookbackMs, nowMs }: Reading) {
  let { closed, readToMs, valuedToMs = Number.NEGATIVE_INFINITY } = before
  const knownToMs = valuedToMs
  // Up to here the API shows numbers, as far as this run knows. The last of them may be of a part of its interval.
  let shownToMs = isChecked ? Number.NEGATIVE_INFINITY : knownToMs
  const seen = new Set<number>()
  let waiting: Span[] = []
  let reached = 0
  const isQuiet = ({ to }: Span) => to > valuedToMs
  const isDue = ({ to }: Span) => to + lookbackMs <= nowMs
  const isShown = ({ to }: Span) => (to < knownToMs ? to < shownToMs : to <= shownToMs)
  const isOver = (one: Span) =>
    isDue(one) && ((isRead(one) ? !isQuiet(one) : isShown(one)) || one.to <= nowMs - OPEN_MS)
  const close = (candidates: readonly Span[]) => {
    for (const one of candidates.filter(isOver)) closed = join(closed, one)
    return candidates.filter(one => !isOver(one))
  }
  return {
    isQuiet,
    isDue,
    isSeen: ({ from }: Span) => seen.has(from),
    /** Whether something stays open only because the API may show less than it did. */
    isDoubtful: () => waiting.some(one => isDue(one) && !isQuiet(one)),
    received(interval: Span, hasValue: boolean) {
      const isNews = hasValue && interval.to > shownToMs
      if (isNews) shownToMs = interval.to
      if (hasValue) valuedToMs = Math.max(interval.to, valuedToMs)
      seen.add(interval.from)
      waiting = isNews ? close([...waiting, interval]) : waiting.concat(close([interval]))
      for (
        let one = open[reached];
        one !== undefined && (isRead(one) || seen.has(one.from));
        one = open[++reached]
      )
        readToMs = Math.max(one.to, readToMs ?? one.to)
    },
    coverage: (): Coverage => ({
      closed,
      readToMs,
      valuedToMs: Number.isFinite(valuedToMs) ? valuedToMs : undefined,
      readFromMs: anchorOf({ before, closed, open, seen }),
    }),
  }
}

interface Anchoring {
  readonly before: Coverage
  readonly closed: readonly Span[]
  readonly open: readonly Span[]
  readonly seen: ReadonlySet<number>
}

/** From where on all intervals were read, where that is not told by what is closed. A start that moved back counts once
 *  what it added was read up to the old one. */
function anchorOf({ before, closed, open, seen }: Anchoring): number | undefined {
  const extended = (fromMs: number, { from, to }: Span) => (to === fromMs && seen.has(from) ? from : fromMs)
  const { readFromMs: known = open[0]?.from } = before
  const fromMs = known === undefined ? undefined : open.reduceRight(extended, known)
  return fromMs !== undefined && fromMs > closedEnd(closed) ? fromMs : undefined
}

function closedEnd(closed: readonly Span[]): number {
  return closed.at(-1)?.to ?? Number.NEGATIVE_INFINITY
}

function intervalBefore(to: number | undefined, lengthMs: number): readonly Span[] {
  return to === undefined ? [] : [{ from: to - lengthMs, to }]
}

/** The whole intervals that a span touches. */
function aligned({ from, to }: Span, lengthMs: number): Span[] {
  const first = Math.floor(from / lengthMs)
  const count = Math.ceil(to / lengthMs) - first
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({
    from: (first + index) * lengthMs,
    to: (first + index + 1) * lengthMs,
  }))
}
