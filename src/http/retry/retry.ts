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
import { judgeNetwork } from './network-outcomes.ts'
import { type OutageWatch, saysDown } from './outage.ts'
import { errorText, judge, judgeBody, mayBeTooLarge } from './outcomes.ts'
import type { OnWait, Patience } from './patience.ts'

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
      const limited = outcome.error.status === 429
      if (!limited) faults++
      const most = Math.min(
        patience.retries,
        outcome.retries ?? patience.retries,
        request.retries ?? patience.retries,
      )
      const spent = faults > most || mayHaveArrived(request, outcome) || isTooLarge(request, outcome)
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
    if (isTooLarge(request, outcome)) return outcome
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
function mayHaveArrived(request: Request, { error }: Setback): boolean {
  if (request.once !== true || error.status === 429) return false
  return !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.internal ?? '')
}

/** Whether a page may be too large for the API, so that nothing is gained by asking for it again. */
function isTooLarge(request: Request, { reply, error }: Failed): boolean {
  return mayBeTooLarge(request, reply) || (request.isTrial === true && error.internal === 'ETIMEDOUT')
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
