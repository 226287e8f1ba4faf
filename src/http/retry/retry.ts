import type { ConnectorError } from '../../errors.ts'
import {
  BadBody,
  type Call,
  type Clock,
  NetworkError,
  type Reply,
  type Request,
  type Send,
  type Setback,
} from '../types.ts'
import { type OutageWatch, saysDown } from './outage.ts'
import { judge, judgeBody, judgeNetwork } from './outcomes.ts'

/** How long to go on asking. */
export interface Patience {
  /** Tries after the first for everything but 429. */
  readonly retries: number
  /** All the waiting for one request together, 429 included; then the request fails. */
  readonly totalMs: number
  /** The longest single backoff; Retry-After may ask for more. */
  readonly capMs: number
  /** How long an outage of the whole API is outlived; not at all where 0. */
  readonly outageMs: number
  /** What part of each wait is really waited for; all of it where it does not say. Tests shorten their waits. */
  readonly pace?: number
}

/** What a sync uses: about 8 s of backoff for a broken answer, up to half an hour for a rate limit, five minutes for an
 *  outage. */
export const PATIENT: Patience = { retries: 5, totalMs: 30 * 60_000, capMs: 30_000, outageMs: 5 * 60_000 }

/** What an interactive check uses: a second look, and an answer within seconds. */
export const BRISK: Patience = { retries: 2, totalMs: 15_000, capMs: 5_000, outageMs: 0 }

/** Told before each wait and once a minute while it lasts, with what is left of it, so that a stream can show why it
 *  stands still. */
export type OnWait = (request: Request, wait: { readonly ms: number; readonly error: ConnectorError }) => void

interface Retrying {
  readonly clock: Clock
  readonly patience: Patience
  readonly onWait: OnWait
  readonly signal: AbortSignal
  /** Where outages are outlived. */
  readonly outage?: OutageWatch
}

type Failed = Setback & { readonly reply?: Reply }
type Outcome<T> = { readonly value: T } | Failed

/** Asks until the answer is good, hopeless, or patience ends. A 429 is asked again as long as patience lasts; during an
 *  outage of the API all requests wait for its end. */
export function retrying(send: Send, { clock, patience, onWait, signal, outage }: Retrying): Call {
  return async (request, read) => {
    let waitedMs = 0
    let faults = 0
    for (let tries = 0; ; tries++) {
      const outcome = await outlasting(outage, request, () => attempt(send, request, read))
      if ('value' in outcome) return outcome.value
      if (outcome.reply?.status !== 429) faults++
      const spent =
        faults > Math.min(patience.retries, request.retries ?? patience.retries) ||
        mayHaveArrived(request, outcome)
      const ms = waitMs(tries, outcome.reply, clock, patience.capMs)
      waitedMs += ms
      if (outcome.verdict === 'fail' || spent || waitedMs > patience.totalMs || signal.aborted)
        throw outcome.error
      await wait(ms, left => onWait(request, { ms: left, error: outcome.error }), clock, signal)
    }
  }
}

/** How often one request may blame outages; a server that fails every other request has none. */
const MOST_EXCUSED = 10

/** One try that an outage does not count as one. */
async function outlasting<T>(
  outage: OutageWatch | undefined,
  request: Request,
  tryOnce: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  for (let excused = 0; ; excused++) {
    await outage?.pass()
    const outcome = await tryOnce()
    const failure = failureIn(outcome)
    if (failure === undefined) outage?.answered(request)
    if ('value' in outcome || failure === undefined || mayHaveArrived(request, outcome)) return outcome
    const isOutage = excused < MOST_EXCUSED && (await outage?.failed(request, failure))
    if (isOutage !== true) return outcome
  }
}

const SAY_EVERY_MS = 60_000

async function wait(
  ms: number,
  say: (left: number) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let left = ms
  do {
    say(left)
    await clock.sleep(Math.min(left, SAY_EVERY_MS), signal)
    left -= SAY_EVERY_MS
  } while (left > 0 && !signal.aborted)
}

/** Whether a request that must not be sent twice may have reached the server. */
function mayHaveArrived(request: Request, { error, reply }: Failed): boolean {
  if (request.once !== true || reply?.status === 429) return false
  return !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.internal ?? '')
}

async function attempt<T>(send: Send, request: Request, read: (reply: Reply) => T): Promise<Outcome<T>> {
  let reply: Reply | undefined
  try {
    reply = await send(request)
    const verdict = judge(request, reply)
    return verdict.verdict === 'ok' ? { value: read(reply) } : { ...verdict, reply }
  } catch (error) {
    if (error instanceof NetworkError) return judgeNetwork(request, error)
    if (error instanceof BadBody && reply !== undefined) return { ...judgeBody(request, error), reply }
    throw error
  }
}

/** What of an outcome may be part of an outage: no answer, the server's own error, or a page for people. */
function failureIn(outcome: Outcome<unknown>): ConnectorError | undefined {
  if ('value' in outcome || outcome.verdict === 'fail') return undefined
  const { reply, error } = outcome
  const isPart = reply === undefined ? error.failure === 'transient_error' : saysDown(reply)
  return isPart ? error : undefined
}

/** Milliseconds to wait before the next try: what Retry-After asks, else full-jitter backoff from 250 ms up to
 *  `capMs`. A server that keeps saying "at once" is believed the first time only. Never negative.
 *  Source: RFC 9110 section 10.2.3. */
export function waitMs(tries: number, reply: Reply | undefined, clock: Clock, capMs: number): number {
  const ceiling = Math.min(capMs, 250 * 2 ** tries)
  const asked = retryAfterMs(reply?.headers['retry-after'], clock.now())
  if (asked === undefined) return backoffMs(ceiling, reply?.status === 429, clock)
  return tries === 0 ? asked : Math.max(asked, Math.round(ceiling / 2))
}

function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

/** Full jitter for a fault, which may pass any moment; the upper half only for a rate limit, which will not. */
function backoffMs(ceilingMs: number, limited: boolean, clock: Clock): number {
  const jitter = clock.random() * ceilingMs
  return Math.round(limited ? (ceilingMs + jitter) / 2 : jitter)
}
