/** A span of time in milliseconds since 1970: `from` inclusive, `to` exclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** How long a span is, in milliseconds. */
export function lengthOf({ from, to }: Span): number {
  return to - from
}

/** The parts of `within` that no span covers, oldest first. The spans may overlap and need no order. */
export function holes(spans: readonly Span[], within: Span): Span[] {
  const found: Span[] = []
  let at = within.from
  for (const span of oldestFirst(spans)) {
    found.push({ from: at, to: Math.min(span.from, within.to) })
    at = Math.max(at, span.to)
  }
  found.push({ from: at, to: within.to })
  return found.filter(({ from, to }) => to > from)
}

/** The spans with one more, those that touch or overlap made one, oldest first. */
export function join(spans: readonly Span[], added: Span): Span[] {
  const joined: Span[] = []
  for (const span of oldestFirst([...spans, added])) {
    const last = joined.at(-1)
    if (last === undefined || span.from > last.to) joined.push(span)
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
  }
  return joined
}

/** What earlier syncs closed, together with what this one has read.
 *
 *  Calls change after they begin, so the last `lookbackMs` of an earlier span must be read again. A new span is made
 *  one with an earlier one only where it covers that tail, or lies before its end; otherwise both are kept side by
 *  side, and an interrupted sync still knows that the tail is owed.
 *
 *      earlier   |=================|~tail~|
 *      read                        |=============|     covers the tail: one span
 *      read                             |========|     does not: two spans
 *
 *  Where a new span touches several, only the one that reaches furthest is sure to keep its tail: the others are held
 *  to the same rule.
 */
export function merge(earlier: readonly Span[], read: readonly Span[], lookbackMs: number): Span[] {
  let merged = oldestFirst(earlier)
  for (const span of read) {
    const touching = merged.filter(one => span.from <= one.to && one.from <= span.to)
    const to = Math.max(span.to, ...touching.map(one => one.to))
    const settled = touching.filter(
      one => one.to === to || span.from <= Math.max(one.to - lookbackMs, one.from),
    )
    const whole = { from: Math.min(span.from, ...settled.map(one => one.from)), to }
    merged = oldestFirst([...merged.filter(one => one.from < whole.from || one.to > whole.to), whole])
  }
  return merged
}

function oldestFirst(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a.from - b.from)
}

/** A span in words: "2026-01-01T00:00:00.000Z to 2026-02-01T00:00:00.000Z". */
export function spanText({ from, to }: Span): string {
  return `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`
}
