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
