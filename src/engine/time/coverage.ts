import { holes, merge, type Span } from './spans.ts'

/** What of the time was received, of a stream or of one of its parents. */
export interface Coverage {
  /** What is closed: not asked for again, but for the lookback. Oldest first; spans may touch and overlap, and each keeps its
   *  own tail. */
  readonly closed: readonly Span[]
  /** The newest closed span was read up to here, which is later than its end where nothing is known to be over yet. */
  readonly readToMs?: number | undefined
  /** Of aggregates: the end of the newest interval that had a value. */
  readonly valuedToMs?: number | undefined
}

/** Nothing was received. */
export const NO_COVERAGE: Coverage = { closed: [] }

/** What is owed of this stretch: what is not closed, and the last `tailMs` before the point that was read to.
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
function settled(coverage: Coverage, tailMs: number): Span[] {
  return asRead(coverage)
    .map(({ from, to }, index) => ({ from, to: Math.min(to - tailMs, coverage.closed[index]?.to ?? to) }))
    .filter(({ from, to }) => to > from)
}

/** The coverage once these stretches were received too, of which nothing is closed beyond `boundMs`. What is closed stays
 *  closed. */
export function covered(
  before: Coverage,
  received: readonly Span[],
  tailMs: number,
  boundMs: number,
): Coverage {
  const bound = Math.max(boundMs, before.closed.at(-1)?.to ?? boundMs)
  const read = merge(asRead(before), received, tailMs)
  const closed = read
    .map(({ from, to }) => ({ from, to: Math.min(to, bound) }))
    .filter(({ from, to }) => to > from)
  const end = closed.at(-1)?.to ?? Number.NEGATIVE_INFINITY
  const newest = read.findLast(({ from, to }) => from < end && end <= to)
  return { closed, readToMs: newest?.to ?? before.readToMs }
}

/** The closed spans, the newest of them as far as it was read. */
function asRead({ closed, readToMs }: Coverage): readonly Span[] {
  return closed.map((span, index) =>
    index === closed.length - 1 ? { from: span.from, to: Math.max(span.to, readToMs ?? span.to) } : span,
  )
}
