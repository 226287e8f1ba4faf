import { DAY_MS, MINUTE_MS } from '../../durations.ts'
import type { Span } from './spans.ts'

/** How long after the newest record time stays open. */
export const OPEN_MS = 30 * DAY_MS
/** How far behind the API's clock time is closed: what it shows late is read again. */
const SETTLE_MS = 60_000

/** The newest record that a run has seen of a stream, of any of its parents. Reporting lags, for minutes when all is well and
 *  for days when it is not, so the time after that record is not over. The newest record that is known comes again in each
 *  run; where it does not, the API shows less than it did.
 *
 *      records   · ·· ·  ··|                 newest
 *      closed   |==========|
 *      open                |-----------------| now, for 30 days less the lookback
 */
export interface Frontier {
  /** A record of this moment was seen. */
  saw(momentMs: number | undefined): void
  /** Up to where time may be closed, at this moment of the API's clock. Never moves back. */
  bound(nowMs: number): number
}

/** The frontier of a stream of which time was closed up to `closedMs` before, where that moment is not read again. */
export function createFrontier(lookbackMs: number, closedMs = Number.NEGATIVE_INFINITY): Frontier {
  let newestMs = closedMs
  return {
    saw(momentMs) {
      if (momentMs !== undefined) newestMs = Math.max(newestMs, momentMs)
    },
    bound: nowMs => Math.max(newestMs, wholeMinutes(nowMs - OPEN_MS) + lookbackMs),
  }
}

/** Whole minutes, so that a state does not tell by the millisecond how fast a sync was. */
function wholeMinutes(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS
}

/** How much of a span that was received may be taken for over: nothing beyond a minute before the moment that the API
 *  dated its earliest answer with, or before the sync began. Undefined where nothing is left. */
export function settledPart({ from, to }: Span, dateMs: number, beganMs: number): Span | undefined {
  const settled = { from, to: Math.min(to, Math.min(dateMs, beganMs) - SETTLE_MS) }
  return settled.to > from ? settled : undefined
}
