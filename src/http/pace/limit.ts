import type { Clock, Reply, Request, Send } from '../types.ts'
import { createRate } from './rate.ts'

/** When the next request may leave to an origin: shared by every stream, so that one 429 slows all. */
export interface Budget {
  /** Resolves when a request may leave, and takes that place; at once when the signal is or gets aborted. What it resolves to
   *  is to be called if the request is refused for its rate. */
  take(signal?: AbortSignal): Promise<() => void>
  /** Lets nothing leave for `waitMs` from now; a shorter pause never cuts a longer one. */
  pause(waitMs: number): void
}

/** A budget that spaces requests evenly: at most `perSecond` leave in a second, and no more than is let through; undefined
 *  means no ceiling. */
export function createBudget(clock: Clock, perSecond?: number): Budget {
  let [leftAt, nextAt, pausedUntil, plan] = [Number.NEGATIVE_INFINITY, 0, 0, 0]
  const planAnew = () => {
    plan++
    nextAt = leftAt + gapMs()
  }
  const rate = createRate(planAnew)
  const leastGapMs = perSecond === undefined ? 0 : 1000 / perSecond
  const gapMs = () => Math.max(leastGapMs, rate.gapMs())
  return {
    async take(signal) {
      const [now, planned] = [clock.now(), plan]
      const at = Math.max(now, nextAt, pausedUntil)
      nextAt = at + gapMs()
      if (at > now) await clock.sleep(at - now, signal)
      const isVoid = clock.now() < pausedUntil || plan !== planned
      if (isVoid && signal?.aborted !== true) return this.take(signal)
      leftAt = clock.now()
      return rate.leaves(leftAt)
    },
    pause(waitMs) {
      pausedUntil = Math.max(pausedUntil, clock.now() + waitMs)
      planAnew()
    },
  }
}

/** The budget of each request's origin, and which answers refuse a request for its rate. */
interface Limits {
  budgetOf(request: Request): Budget
  isRefusal(request: Request, reply: Reply): boolean
}

/** Sends within the budget: every try takes a place of its own. */
export function limited(send: Send, { budgetOf, isRefusal }: Limits, signal?: AbortSignal): Send {
  return async request => {
    const refused = await budgetOf(request).take(signal)
    const reply = await send(request)
    if (isRefusal(request, reply)) refused()
    return reply
  }
}
