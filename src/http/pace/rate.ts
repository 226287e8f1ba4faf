/** The rate at which requests may leave, learnt from those that were refused. */
export interface Rate {
  /** Milliseconds between two requests, at this moment; 0 where no limit was met. */
  gapMs(): number
  /** A request that left then was answered, or refused for its rate. */
  ended(leftAt: number, wasRefused: boolean): void
  /** A limit was met. What belongs to one that was met within the last second is no news. */
  met(): void
}

/** Limits are told by the second, or come to the same. */
const SECOND_MS = 1000
/** How close to the rate that held requests leave; and what is left of that where it did not hold after all. */
const CLOSE = 0.99
const LESS = 0.97
/** No limit is so low that one request a second is too many for long. */
const SLOWEST = 1
/** How long the rate that held is kept to, before more is tried: so many requests, and so long. Twice as long each time the same
 *  is found again. */
const KEPT_REQUESTS = 300
const KEPT_MS = 120_000
const MOST_KEPT_MS = 960_000
/** By how much it grows in a second from then on. */
const GROWTH = 1.02

/** A rate that is not limited, until a limit is met: then it is what was let through in the second before. */
export function createRate(clock: () => number): Rate {
  let held: number | undefined
  let [metAt, keptMs, sent] = [Number.NEGATIVE_INFINITY, KEPT_MS, 0]
  let revise: (passed: number) => void = () => undefined
  const passed = createPassed(count => revise(count))
  const triedForMs = () => (sent < KEPT_REQUESTS ? 0 : Math.max(0, clock() - metAt - keptMs))
  /** Comes to a rate by how many were let through; again where answers to some of them are late. Where none was, nothing is
   *  known of the rate that would have been. */
  const learn = () => {
    const [before, isTrial, keptBefore] = [held, triedForMs() > 0, keptMs]
    return (count: number) => {
      if (count + (before ?? 0) === 0) return
      const found = Math.max(SLOWEST, CLOSE * count)
      const isSame = isTrial && isNear(found, before)
      keptMs = isSame ? Math.min(2 * keptBefore, MOST_KEPT_MS) : KEPT_MS
      held = isSame ? before : lower(found, isTrial ? undefined : before)
    }
  }
  return {
    gapMs: () => (held === undefined ? 0 : SECOND_MS / (held * GROWTH ** (triedForMs() / SECOND_MS))),
    ended(leftAt, wasRefused) {
      sent++
      passed.ended(leftAt, wasRefused)
    },
    met() {
      const now = clock()
      if (now - metAt < SECOND_MS) return
      revise = learn()
      metAt = now
      sent = 0
      passed.count(now)
    },
  }
}

function isNear(found: number, before = 0): boolean {
  return Math.abs(found - before) < before / 10
}

/** A rate that did not hold is lowered, whatever was let through. */
function lower(found: number, before = Number.POSITIVE_INFINITY): number {
  return Math.max(SLOWEST, Math.min(found, before * LESS))
}

/** Counts the requests that left in the second before the first refusal and were let through. `tell` is told the count when it
 *  is asked for, and again when an answer to one of them comes late. */
function createPassed(tell: (count: number) => void) {
  let left: number[] = []
  let refusedAt: number | undefined
  let counted = { end: Number.NEGATIVE_INFINITY, count: 0 }
  const isIn = (at: number, end: number) => at > end - SECOND_MS && at <= end
  return {
    ended(at: number, wasRefused: boolean) {
      if (wasRefused) {
        if (refusedAt === undefined || at < refusedAt || at > refusedAt + SECOND_MS) refusedAt = at
        return
      }
      left.push(at)
      if (left.length > MOST_NOTED) left = left.slice(MOST_NOTED / 2)
      if (!isIn(at, counted.end)) return
      counted.count++
      tell(counted.count)
    },
    count(now: number) {
      const end = refusedAt ?? now
      left = left.filter(at => isIn(at, end))
      counted = { end, count: left.length }
      refusedAt = undefined
      tell(counted.count)
    },
  }
}

/** More requests than anybody sends in a second. */
const MOST_NOTED = 4096
