import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.ts'
import type { Clock, Reply, Send } from './types.ts'

/** The API's clock, as far as the Date of its answers tells it: ours until the first one came. */
export interface ApiClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Sends, and learns from each answer. Answers of other origins tell nothing. A Date that cannot be true is replaced by
   *  our clock's in the answer. */
  watching(send: Send): Send
}

/** When this was written: no clock that goes right shows less. */
const BUILT_MS = Date.parse('2025-01-01T00:00:00Z')
/** How far ahead of a clock of ours that may be right the API's is believed. */
const MOST_AHEAD_MS = 365 * DAY_MS
/** For how long all answers may have the same Date, and how far it must be off, until the clock is known not to go. */
const STILL_MS = MINUTE_MS
const OFF_MS = HOUR_MS

/** The API's clock beside ours, by its latest answer. `warn` is told once of one that shows what cannot be; ours is used
 *  then. */
export function createApiClock(clock: Clock, warn: (text: string) => void = () => undefined): ApiClock {
  let aheadMs = 0
  let hasWarned = false
  const isStill = createStillness()
  const told = (date: string) => {
    const dateMs = Date.parse(date)
    const nowMs = clock.now()
    if (Number.isNaN(dateMs)) return undefined
    if (!isStill(dateMs, nowMs) && mayBeTrue(dateMs, nowMs)) return dateMs
    if (!hasWarned) warn(disbelief(dateMs))
    hasWarned = true
    return nowMs
  }
  return {
    now: () => clock.now() + aheadMs,
    watching: send => async request => {
      const reply = await send(request)
      const { date } = reply.headers
      const dateMs = request.origin === undefined && date !== undefined ? told(date) : undefined
      if (dateMs === undefined) return reply
      aheadMs = dateMs - clock.now()
      return dateMs === Date.parse(date ?? '') ? reply : dated(reply, dateMs)
    },
  }
}

function mayBeTrue(dateMs: number, nowMs: number): boolean {
  if (nowMs < BUILT_MS) return true
  return dateMs >= BUILT_MS && dateMs <= nowMs + MOST_AHEAD_MS
}

/** Tells whether a clock does not go: all answers have shown the same for a while, and that is off. */
function createStillness(): (dateMs: number, nowMs: number) => boolean {
  let first: { readonly dateMs: number; readonly nowMs: number } | undefined
  let goes = false
  return (dateMs, nowMs) => {
    first ??= { dateMs, nowMs }
    goes ||= dateMs !== first.dateMs
    return !goes && nowMs - first.nowMs >= STILL_MS && Math.abs(nowMs - dateMs) > OFF_MS
  }
}

function dated(reply: Reply, dateMs: number): Reply {
  return { ...reply, headers: { ...reply.headers, date: new Date(dateMs).toUTCString() } }
}

function disbelief(dateMs: number): string {
  return (
    `The API dates its answers ${new Date(dateMs).toISOString()}, which cannot be now. The clock of this machine is used ` +
    'instead; please see that it is right.'
  )
}
