import type { Coverage } from './coverage.ts'
import { OPEN_MS } from './frontier.ts'
import {
  closedEnd,
  firstRead,
  isDue,
  isQuiet,
  isRead,
  lastValued,
  type Open,
  openIntervals,
  type Planning,
} from './open-intervals.ts'
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
  /** An interval was received, in an answer that the API dated so: our clock may be ahead, and it younger than it seems. */
  received(interval: Span, hasValue: boolean, dateMs?: number): void
  coverage(): Coverage
}

/** The plan for intervals of this length, aligned to UTC. */
export function planIntervals(given: Planning): IntervalPlan {
  const planning = { ...given, before: settledBefore(given) }
  const { closed, readToMs, valuedToMs } = planning.before
  const open = openIntervals(planning)
  const reading: Reading = {
    planning,
    open,
    closed,
    readToMs,
    valuedToMs,
    shownToMs: shownBefore(planning),
    seen: new Set<number>(),
    isCaughtUp: false,
    waiting: [],
    reached: 0,
  }
  return {
    first: firstRead(open, planning),
    again: () => readAgain(reading),
    check: () =>
      isDoubtful(reading) ? lastValued(planning).filter(({ from }) => !reading.seen.has(from)) : [],
    received(interval, hasValue, dateMs = given.nowMs) {
      reading.planning = { ...reading.planning, nowMs: Math.min(reading.planning.nowMs, dateMs) }
      receive(reading, interval, hasValue)
    },
    coverage: () => coverageOf(reading),
  }
}

/** What is known of intervals, without what may have been read before it was settled: a state that does not say how far was
 *  read is of a version that read each interval once, as soon as it was over. */
function settledBefore({ before, lookbackMs }: Planning): Coverage {
  if (before.readToMs !== undefined) return before
  const closed = before.closed.map(({ from, to }) => ({ from, to: to - lookbackMs }))
  return { ...before, closed: closed.filter(({ from, to }) => to > from) }
}

/** What came of a plan so far. */
interface Reading {
  /** `nowMs` is no later than the API dated its answers: how old an interval is, its clock decides. */
  planning: Planning
  readonly open: Open
  closed: readonly Span[]
  readToMs: number | undefined
  valuedToMs: number | undefined
  /** Up to here the API shows numbers, as far as this run knows. The last of them may be of a part of its interval. */
  shownToMs: number
  /** Where the intervals begin that were received. */
  readonly seen: Set<number>
  /** Whether the last one that had a value before was read again since a later one has one. */
  isCaughtUp: boolean
  /** Those of them that stay open. */
  waiting: readonly Span[]
  /** Up to which open interval all were read. */
  reached: number
}

function readAgain(reading: Reading): readonly Span[] {
  const { open, planning, valuedToMs, seen } = reading
  const late = open.quiet.filter(one => !isQuiet(one, valuedToMs) && !seen.has(one.from))
  return [...(isBehind(reading) ? lastValued(planning) : []), ...late]
}

/** Whether there is a value beyond what was read without one, and the last interval that had one before was not read since. */
function isBehind(reading: Reading): boolean {
  return isNewsBeyond(reading) && !reading.isCaughtUp && lastValued(reading.planning).length > 0
}

/** Whether there is a value beyond the last one that was known, after which intervals were read without one. */
function isNewsBeyond({ planning, valuedToMs }: Reading): boolean {
  const { valuedToMs: knownMs = Number.POSITIVE_INFINITY, readToMs = Number.NEGATIVE_INFINITY } =
    planning.before
  return readToMs > knownMs && valuedToMs !== knownMs
}

function receive(reading: Reading, interval: Span, hasValue: boolean): void {
  const isNews = hasValue && interval.to > reading.shownToMs
  if (isNews) reading.shownToMs = interval.to
  if (hasValue) reading.valuedToMs = Math.max(interval.to, reading.valuedToMs ?? interval.to)
  reading.seen.add(interval.from)
  if (isBehind(reading)) reading.isCaughtUp = interval.to === reading.planning.before.valuedToMs
  reach(reading)
  const tellsOfOthers = isNews || isReadThrough(reading)
  const candidates = tellsOfOthers ? [...reading.waiting, interval] : [interval]
  const open = close(reading, candidates)
  reading.waiting = tellsOfOthers ? open : [...reading.waiting, ...open]
}

/** Closes those that are over. Returns the others. The newest that has a value may have a part of it only: it waits until all
 *  after it were read, for they tell whether the API is behind, and until it is the one that the next sync goes by. */
function close(reading: Reading, candidates: readonly Span[]): readonly Span[] {
  const { planning } = reading
  const areOthersRead = isReadThrough(reading) && !isBehind(reading)
  const isWhole = (one: Span) => one.to !== reading.valuedToMs || areOthersRead
  const isOver = (one: Span) =>
    isDue(one, planning) && isWhole(one) && (isShown(one, reading) || one.to <= planning.nowMs - OPEN_MS)
  for (const one of candidates.filter(isOver)) reading.closed = join(reading.closed, one)
  return candidates.filter(one => !isOver(one))
}

/** Whether it is known that the API shows the numbers of an interval. What it showed before is believed of those that were
 *  read then. */
function isShown(one: Span, { open, planning, valuedToMs, shownToMs }: Reading): boolean {
  if (isRead(one, open)) return !isQuiet(one, valuedToMs)
  return one.to < (planning.before.valuedToMs ?? one.to) ? one.to < shownToMs : one.to <= shownToMs
}

/** Whether something stays open only because the API may show less than it did. */
function isDoubtful({ waiting, planning, valuedToMs }: Reading): boolean {
  return waiting.some(one => isDue(one, planning) && !isQuiet(one, valuedToMs))
}

/** What an earlier run knows counts where it cannot be looked at. */
function shownBefore(planning: Planning): number {
  const { valuedToMs = Number.NEGATIVE_INFINITY } = planning.before
  return lastValued(planning).length > 0 ? Number.NEGATIVE_INFINITY : valuedToMs
}

/** Whether all open intervals were read, in this run or before. */
function isReadThrough({ open, reached }: Reading): boolean {
  return reached === open.all.length
}

/** Moves on to the first interval that was not read. */
function reach(reading: Reading): void {
  const { open, seen } = reading
  for (let one = open.all[reading.reached]; one !== undefined; one = open.all[++reading.reached]) {
    if (!isRead(one, open) && !seen.has(one.from)) return
    reading.readToMs = Math.max(one.to, reading.readToMs ?? one.to)
  }
}

/** Until the last interval that had a value before is read again, it is what the next sync goes by. Where it lies before all that
 *  is read now, it is owed instead, until a start that moves back has it read. */
function coverageOf(reading: Reading): Coverage {
  const { readToMs, planning } = reading
  const { valuedToMs: knownMs = 0 } = planning.before
  const isPassedOver = isNewsBeyond(reading) && knownMs <= planning.within.from
  const passedOver = isPassedOver ? [{ from: knownMs - planning.lengthMs, to: knownMs }] : []
  const closed = reading.closed.flatMap(span => holes(passedOver, span))
  const valuedToMs = isBehind(reading) ? knownMs : reading.valuedToMs
  return { closed, readToMs, valuedToMs, readFromMs: anchorOf(reading) }
}

/** From where on all intervals were read, where that is not told by what is closed. A start that moved back counts once
 *  what it added was read up to the old one. */
function anchorOf({ planning, closed, open, seen }: Reading): number | undefined {
  const extended = (fromMs: number, { from, to }: Span) => (to === fromMs && seen.has(from) ? from : fromMs)
  const { readFromMs: known = open.all[0]?.from } = planning.before
  const fromMs = known === undefined ? undefined : open.all.reduceRight(extended, known)
  return fromMs !== undefined && fromMs > closedEnd(closed) ? fromMs : undefined
}
