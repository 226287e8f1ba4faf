import { DAY_MS, SECOND_MS } from '../../durations.ts'
import type { Reply } from '../types.ts'

/** Whether a refusal speaks of a rate of requests, which passes, and not of rights or of the request: a 429, and a 400 or 403
 *  that says when to come again, or names a limit in words. */
export function isRateLimit({ status, headers }: Reply, text: string): boolean {
  if (status === 429) return true
  if (status !== 400 && status !== 403) return false
  return headers['retry-after'] !== undefined || LIMIT.test(text)
}

/** Words for a rate, which passes. A length of pages or a right that is "limited" or "exceeded" is none. */
const LIMIT =
  /(?<![a-z])rate.?limit|too many (requests|calls)|throttl|slow down|(requests?|calls?) per (second|minute|hour|day)|(request|call|api|usage|daily|hourly) (quota|limit) (was |has been |is )?(exceeded|exhausted)|quota (was |has been |is )?(exceeded|exhausted|reached|used up)|(exceeded|exhausted|reached) .{0,20}quota/i

/** Milliseconds to wait before the next try, where an answer says so: in Retry-After, or else, where it limits the rate, in
 *  the header that tells when the limit is lifted. Moments are taken against the answer's own Date, since its clock may
 *  differ from ours. Never negative. Sources: RFC 9110 section 10.2.3, draft-ietf-httpapi-ratelimit-headers. */
export function askedWaitMs({ headers }: Reply, limited: boolean, now: number): number | undefined {
  const sent = Date.parse(headers['date'] ?? '')
  const base = Number.isNaN(sent) ? now : sent
  const after = waitIn(headers['retry-after'], base)
  if (after !== undefined || !limited) return after
  const texts = [
    ...RESETS.map(name => headers[name]),
    /\b(?:reset|t)=(\d+)/.exec(headers['ratelimit'] ?? '')?.[1],
  ]
  return texts.map(text => waitIn(text, base)).find(ms => ms !== undefined)
}

/** Where servers say when a limit is lifted. */
const RESETS = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset']

/** A number of seconds above this is a moment since 1970, unless long past, and above the other one in milliseconds. */
const EPOCH_SECONDS = 1e9
const EPOCH_MS = 1e12

/** The wait that a text asks for: seconds from now, a unix time, or a date. */
function waitIn(text: string | undefined, now: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const number = Number(text)
  const ms = Number.isNaN(number) ? Date.parse(text) - now : fromNumber(number, now)
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

function fromNumber(number: number, now: number): number {
  if (number >= EPOCH_MS) return number - now
  const untilMoment = number * SECOND_MS - now
  return number >= EPOCH_SECONDS && untilMoment > -DAY_MS ? untilMoment : number * SECOND_MS
}
