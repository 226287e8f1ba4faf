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
import { askedWaitMs, isRateLimit } from './limits.ts'
import { errorText, judge, judgeBody, judgeNetwork } from './outcomes.ts'

/** How long to go on asking. */
export interface Patience {
  /** Tries after the first for everything but 429. */
  readonly retries: number
  /** All the waiting for one request together, 429 included; then the request fails. */
  readonly totalMs: number
  /** The longest single backoff; Retry-After may ask for more. */
  readonly capMs: number
}

/** What a sync uses: about 8 s of backoff for a broken answer, up to half an hour for a rate limit. */
export const PATIENT: Patience = { retries: 5, totalMs: 30 * 60_000, capMs: 30_000 }

/** What an interactive check uses: a second look, and an answer within seconds. */
export const BRISK: Patience = { retries: 2, totalMs: 15_000, capMs: 5_000 }

/** Told before each wait and once a minute while it lasts, with what is left of it, so that a stream can show why it
 *  stands still. */
export type OnWait = (request: Request, wait: { readonly ms: number; readonly error: ConnectorError }) => void

interface Retrying {
  readonly clock: Clock
  readonly patience: Patience
  readonly onWait: OnWait
  readonly signal: AbortSignal
}

type Outcome<T> = { readonly value: T } | (Setback & { readonly reply?: Reply })

/** Asks until the answer is good, hopeless, or patience ends. A 429 is asked again as long as patience lasts. */
export function retrying(send: Send, { clock, patience, onWait, signal }: Retrying): Call {
  return async (request, read) => {
    let waitedMs = 0
    let faults = 0
    for (let tries = 0; ; tries++) {
      const outcome = await attempt(send, request, read)
      if ('value' in outcome) return outcome.value
      const limited = outcome.error.status === 429
      if (!limited) faults++
      const most = Math.min(patience.retries, outcome.retries ?? patience.retries)
      const spent = faults > most || mayHaveArrived(request, outcome)
      const ms = waitMs(tries, outcome.reply, clock, patience.capMs)
      waitedMs += ms
      if (outcome.verdict === 'fail' || spent || waitedMs > patience.totalMs || signal.aborted)
        throw outcome.error
      await wait(ms, left => onWait(request, { ms: left, error: outcome.error }), clock, signal)
    }
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
function mayHaveArrived(request: Request, { error }: Setback): boolean {
  if (request.once !== true || error.status === 429) return false
  return !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.internal ?? '')
}

async function attempt<T>(send: Send, request: Request, read: (reply: Reply) => T): Promise<Outcome<T>> {
  try {
    const reply = await send(request)
    const verdict = judge(request, reply)
    return verdict.verdict === 'ok' ? { value: read(reply) } : { ...verdict, reply }
  } catch (error) {
    if (error instanceof NetworkError) return judgeNetwork(request, error)
    if (error instanceof BadBody) return judgeBody(request, error)
    throw error
  }
}

/** Milliseconds to wait before the next try: what the answer asks, else full-jitter backoff from 250 ms up to `capMs`. A
 *  server that keeps saying "at once" is believed the first time only. Never negative. */
export function waitMs(tries: number, reply: Reply | undefined, clock: Clock, capMs: number): number {
  const ceiling = Math.min(capMs, 250 * 2 ** tries)
  const limited = reply !== undefined && isRateLimit(reply, errorText(reply))
  const asked = reply === undefined ? undefined : askedWaitMs(reply, limited, clock.now())
  if (asked === undefined) return backoffMs(ceiling, limited, clock)
  return tries === 0 ? asked : Math.max(asked, Math.round(ceiling / 2))
}

/** Full jitter for a fault, which may pass any moment; the upper half only for a rate limit, which will not. */
function backoffMs(ceilingMs: number, limited: boolean, clock: Clock): number {
  const jitter = clock.random() * ceilingMs
  return Math.round(limited ? (ceilingMs + jitter) / 2 : jitter)
}
