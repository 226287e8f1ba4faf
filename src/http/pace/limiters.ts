import { reply } from '../testing.ts'
import type { Reply } from '../types.ts'
import type { Refuse } from './testing.ts'

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
