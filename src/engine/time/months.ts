import { OPEN_MS } from './frontier.ts'
import type { Span } from './spans.ts'

/** Cuts a span where months begin in UTC, oldest first. Nothing is cut that is not over for good: that time is closed up to
 *  the newest record in it, and would be left open at its end by a run that reads no further. */
export function months({ from, to }: Span, nowMs: number): Span[] {
  const cut: Span[] = []
  for (let at = from; at < to; ) {
    const next = nextMonth(at)
    const end = next <= nowMs - OPEN_MS ? Math.min(next, to) : to
    cut.push({ from: at, to: end })
    at = end
  }
  return cut
}

/** When the month after this moment's begins. */
function nextMonth(ms: number): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}
