import type { Clock, Send } from '../types.ts'
import { createRate } from './rate.ts'

/** When the next request may leave: shared by every stream, so that one 429 slows all. */
export interface Budget {
  /** Resolves when a request may leave, and takes that place; at once when the signal is or gets aborted. */
  take(signal?: AbortSignal): Promise<void>
  /** Lets nothing leave for `waitMs` from now; a shorter pause never cuts a longer one. */
  pause(waitMs: number): void
  /** A limit was met: from now on requests leave at the rate that held, which is what was let through in the second before.
   *  Once a pause: what was under way when the limit was met is refused too. */
  slow(): void
  /** A request that left then was let through, or refused for its rate. */
  ended(leftAt: number, wasRefused: boolean): void
}

/** A budget that spaces requests evenly: at most `perSecond` leave in a second; undefined means no ceiling. */
export function createBudget(clock: Clock, perSecond?: number): Budget {
  const gapMs = perSecond === undefined ? 0 : 1000 / perSecond
  const rate = createRate(clock.now)
  let nextAt = 0
  let pausedUntil = 0
  return {
    async take(signal) {
      const now = clock.now()
      const at = Math.max(now, nextAt, pausedUntil)
      nextAt = at + Math.max(gapMs, rate.gapMs())
      if (at > now) await clock.sleep(at - now, signal)
      if (clock.now() < pausedUntil && signal?.aborted !== true) await this.take(signal)
    },
    pause(waitMs) {
      pausedUntil = Math.max(pausedUntil, clock.now() + waitMs)
    },
    slow() {
      if (clock.now() >= pausedUntil) rate.met()
    },
    ended: rate.ended,
  }
}

/** How APIs refuse for a rate. */
const REFUSALS = [400, 403, 429]

/** Sends within the budget: every try takes a place of its own. */
export function limited(send: Send, budget: Budget, clock: Pick<Clock, 'now'>, signal?: AbortSignal): Send {
  return async request => {
    await budget.take(signal)
    const leftAt = clock.now()
    const reply = await send(request)
    budget.ended(leftAt, REFUSALS.includes(reply.status))
    return reply
  }
}
