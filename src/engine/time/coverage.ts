import { holes, merge, type Span } from './spans.ts'

/** What of the time was received, of a stream or of one of its parents. */
export interface Coverage {
  /** What is closed: not asked for again, but for the lookback. Oldest first; spans may touch and overlap, and each keeps its
   *  own tail. */
  readonly closed: readonly Span[]
  /** The newest closed span was read up to here, which is later than its end where nothing is known to be over yet. */
  readonly readToMs?: number | undefined
  /** All that is closed was read at this moment or later, or else a lookback after it began; undefined where that is not known. */
  readonly readAtMs?: number | undefined
  /** Of aggregates: the end of the newest interval that had a value. */
  readonly valuedToMs?: number | undefined
  /** Of aggregates of which nothing is closed: from where on they were read. */
  readonly readFromMs?: number | undefined
}

/** Nothing was received. */
export const NO_COVERAGE: Coverage = { closed: [] }

/** What is owed of this span: what is not closed, and the last `tailMs` before the point that was read to. A span that was
 *  read so much later than it ends owes no tail.
 *
 *      closed          |==============|
 *      read to                        |~~~~~~~~~~~|
 *      owed                     |------------------------|   where the tail is longer than that
 *      owed                           |------------------|   where it is not
 */
export function owed(coverage: Coverage, within: Span, tailMs: number): Span[] {
  return holes(settled(coverage, tailMs), within)
}

/** What of the closed spans need not be read again. */
export function settled(coverage: Coverage, tailMs: number): Span[] {
  const { closed, readAtMs } = coverage
  return asRead(coverage)
    .map(span => ({ from: span.from, to: tailOf(span, tailMs, readAtMs).from }))
    .map(({ from, to }, index) => ({ from, to: Math.min(to, closed[index]?.to ?? to) }))
    .filter(({ from, to }) => to > from)
}

/** What a run has received. */
export interface ReceivedTime {
  readonly spans: readonly Span[]
  /** Nothing is closed beyond this moment. */
  readonly boundMs: number
  /** All of it was read at this moment or later. */
  readonly readAtMs?: number
}

/** The coverage once this was received too. What is closed stays closed; what lies between or before it is closed no further
 *  than the bound either. What was read before but not closed counts only where it was received again.
 *
 *      closed before            |=========|
 *      received       |=========|      |~~~~~~~|
 *      bound                ^
 *      closed         |=====|   |=========|
 */
export function covered(before: Coverage, received: ReceivedTime, tailMs: number): Coverage {
  const { spans } = received
  const earlier = asRead(before)
  const tails = earlier.map(span => tailOf(span, tailMs, before.readAtMs))
  const areTailsRead = tails.every(tail => holes(spans, tail).length === 0)
  const readAtMs = areTailsRead ? received.readAtMs : before.readAtMs
  const read = joined(merge(earlier, spans, tailMs), tailMs, readAtMs)
  const closedMs = before.closed.at(-1)?.to ?? received.boundMs
  const boundMs = Math.max(received.boundMs, closedMs)
  const closed = read
    .flatMap(span => holes(unproven(before, received, closedMs), span))
    .map(({ from, to }) => ({ from, to: Math.min(to, boundMs) }))
    .filter(({ from, to }) => to > from)
  const end = closed.at(-1)?.to ?? Number.NEGATIVE_INFINITY
  const newest = read.findLast(({ from, to }) => from < end && end <= to)
  return { closed, readToMs: newest?.to ?? before.readToMs, readAtMs }
}

/** Time that stays open whatever was read of it: what lies beyond the bound before or between the closed spans, and what was
 *  read once beyond the last of them, unless this run read it too: reporting may not have come so far then. */
function unproven(before: Coverage, { spans, boundMs }: ReceivedTime, closedMs: number): Span[] {
  return [
    ...holes(before.closed, { from: boundMs, to: closedMs }),
    ...holes(spans, { from: closedMs, to: before.readToMs ?? closedMs }),
  ]
}

/** The end of a span that must be read again: nothing, where all of it was read a tail later or more. */
function tailOf({ from, to }: Span, tailMs: number, readAtMs = Number.NEGATIVE_INFINITY): Span {
  return { from: to <= readAtMs - tailMs ? to : Math.max(from, to - tailMs), to }
}

/** The spans, those without a tail made one with the next that they touch. */
function joined(spans: readonly Span[], tailMs: number, readAtMs?: number): Span[] {
  const all: Span[] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (last !== undefined && last.to >= span.from && tailOf(last, tailMs, readAtMs).from === last.to)
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else all.push(span)
  }
  return all
}

/** The closed spans, the newest of them as far as it was read. */
function asRead({ closed, readToMs }: Coverage): readonly Span[] {
  return closed.map((span, index) =>
    index === closed.length - 1 ? { from: span.from, to: Math.max(span.to, readToMs ?? span.to) } : span,
  )
}
