import { setImmediate as nextTurn } from 'node:timers/promises'
import { createSlots } from '../../concurrency.ts'
import { PATIENT } from '../retry/patience.ts'
import { retrying } from '../retry/retry.ts'
import { createWay } from '../stack.ts'
import { reply } from '../testing.ts'
import type { Clock, Reply } from '../types.ts'

/** A clock that moves on to the end of the shortest sleep, when all else is done: the same events take the same time on any
 *  machine. */
export function createEventClock(random: () => number = () => 0.5): Clock {
  let at = 0
  let isGoing = false
  const sleepers: { readonly until: number; readonly wake: () => void }[] = []
  const go = async () => {
    isGoing = true
    while (sleepers.length > 0) {
      for (let turn = 0; turn < 4; turn++) await nextTurn()
      const until = Math.min(...sleepers.map(one => one.until))
      at = Math.max(at, until)
      for (const { wake } of sleepers.splice(0).filter(one => one.until <= at || !sleepers.push(one))) wake()
    }
    isGoing = false
  }
  return {
    now: () => at,
    random,
    sleep: ms =>
      new Promise(wake => {
        sleepers.push({ until: at + ms, wake })
        if (!isGoing) void go()
      }),
  }
}

/** What an API of these tests refuses; it knows when requests arrive, and how many it works on. */
export type Refuse = (arriving: { readonly at: number; readonly inFlight: number }) => Reply | undefined

/** What of a way to the API does not matter here. */
export const WAY = {
  origin: 'https://services.babelforce.com',
  userAgent: 'test',
  concurrency: 16,
  patience: PATIENT,
  onWait: () => undefined,
}

interface Load {
  readonly requests: number
  readonly refuse?: Refuse
  /** How long an answer takes; it may depend on how many are worked on. */
  readonly takesMs?: (inFlight: number) => number
  readonly concurrency?: number
  readonly requestsPerSecond?: number
  readonly random?: () => number
  /** How much work there is at a time. */
  readonly wanted?: number
}

/** Sends requests as fast as the way to the API lets them, and tells what came of it. */
export async function underLoad(load: Load) {
  const { requests, refuse = () => undefined, takesMs = () => 50, concurrency = 16, wanted = 32 } = load
  const clock = createEventClock(load.random)
  const sent: { readonly at: number; readonly inFlight: number; readonly isRefused: boolean }[] = []
  // As the agent does, which has so many connections.
  const inAgent = createSlots(concurrency)
  let inFlight = 0
  const api = async () => {
    inFlight++
    const refusal = refuse({ at: clock.now(), inFlight })
    sent.push({ at: clock.now(), inFlight, isRefused: refusal !== undefined })
    await clock.sleep(refusal === undefined ? takesMs(inFlight) : 5)
    inFlight--
    return refusal ?? reply(200)
  }
  const { requestsPerSecond } = load
  const way = createWay(
    {
      ...WAY,
      concurrency,
      ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
      clock,
      signal: new AbortController().signal,
    },
    () => () => inAgent(api),
  )
  const call = retrying(way.send, way.retry(way.send))
  let next = 0
  const work = async () => {
    while (next++ < requests) await call({ method: 'GET', path: '/a', stream: 'a' }, () => undefined)
  }
  await Promise.all(Array.from({ length: wanted }, work))
  const later = sent.slice(200)
  return {
    sent,
    perSecond: requests / (clock.now() / 1000),
    /** Of the requests after the first 200. */
    refused: later.filter(one => one.isRefused).length / Math.max(1, later.length),
  }
}

/** How an API of these tests limits the rate of requests: whether one that arrives then is let through. */
export type Limiter = (perSecond: (at: number) => number) => (at: number) => boolean

/** At most so many in any second. */
export const inAnySecond: Limiter = perSecond => {
  let passed: number[] = []
  return at => {
    passed = passed.filter(one => one > at - 1000)
    return passed.length < perSecond(at) && passed.push(at) > 0
  }
}

/** At most so many in each second of a clock that goes ahead by so much. */
export function inSecondsOf(aheadMs: number): Limiter {
  return perSecond => {
    let [second, passed] = [0, 0]
    return at => {
      const now = Math.floor((at + aheadMs) / 1000)
      if (now !== second) [second, passed] = [now, 0]
      return passed < perSecond(at) && ++passed > 0
    }
  }
}

/** So many a second, and what was not used of it, up to so many seconds' worth, or to a number. */
export function withBurst({ seconds = 0, most = 0 }: { seconds?: number; most?: number }): Limiter {
  return perSecond => {
    const room = (at: number) => Math.max(most, seconds * perSecond(at))
    let [tokens, before] = [room(0), 0]
    return at => {
      tokens = Math.min(room(at), tokens + ((at - before) * perSecond(at)) / 1000)
      before = at
      return tokens >= 1 && tokens-- >= 1
    }
  }
}

/** Refuses what the limiter does not let through, with this Retry-After or with none. */
export function refusing(isLetThrough: (at: number) => boolean, retryAfter?: string): Refuse {
  return ({ at }) => (isLetThrough(at) ? undefined : tooMany(retryAfter))
}

/** A 429. */
export function tooMany(retryAfter?: string): Reply {
  return reply(429, {}, retryAfter === undefined ? {} : { 'retry-after': retryAfter })
}
