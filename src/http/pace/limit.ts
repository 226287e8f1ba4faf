import type { Clock, Send } from '../types.ts'

/** When the next request may leave: shared by every stream, so that one 429 slows all. */
export interface Budget {
  /** Resolves when a request may leave, and takes that place; at once when the signal is or gets aborted. */
  take(signal?: AbortSignal): Promise<void>
  /** Lets nothing leave for `waitMs` from now; a shorter pause never cuts a longer one. */
  pause(waitMs: number): void
  /** Halves the rate at which requests have recently left; it recovers slowly, with each one that leaves. Once a pause: what
   *  was under way when the limit was met is refused too. */
  slow(): void
}

/** However often it is halved, one request leaves in so long. */
const SLOWEST_MS = 1000
/** How much of the slowing is left after each request. */
const RECOVERY = 0.95
/** A slowing below this is over. */
const NEGLIGIBLE_MS = 2
/** From roughly how many requests the recent rate is taken. */
const OF_LATE = 8

/** A budget that spaces requests evenly: at most `perSecond` leave in a second; undefined means no ceiling. */
export function createBudget(clock: Clock, perSecond?: number): Budget {
  const gapMs = perSecond === undefined ? 0 : 1000 / perSecond
  let nextAt = 0
  let pausedUntil = 0
  let slowedMs = 0
  let spacingMs: number | undefined
  let leftAt: number | undefined
  const note = (at: number) => {
    if (leftAt !== undefined) {
      const spacing = Math.min(Math.max(0, at - Math.max(leftAt, pausedUntil)), SLOWEST_MS)
      spacingMs = spacingMs === undefined ? spacing : spacingMs + (spacing - spacingMs) / OF_LATE
    }
    slowedMs = slowedMs < NEGLIGIBLE_MS ? 0 : slowedMs * RECOVERY
    leftAt = at
  }
  return {
    async take(signal) {
      const now = clock.now()
      const at = Math.max(now, nextAt, pausedUntil)
      nextAt = at + Math.max(gapMs, slowedMs)
      note(at)
      if (at > now) await clock.sleep(at - now, signal)
      if (clock.now() < pausedUntil && signal?.aborted !== true) await this.take(signal)
    },
    pause(waitMs) {
      pausedUntil = Math.max(pausedUntil, clock.now() + waitMs)
    },
    slow() {
      if (clock.now() < pausedUntil || spacingMs === undefined) return
      slowedMs = Math.min(SLOWEST_MS, 2 * Math.max(slowedMs, spacingMs, NEGLIGIBLE_MS))
    },
  }
}

/** Sends within the budget: every try takes a place of its own. */
export function limited(send: Send, budget: Budget, signal?: AbortSignal): Send {
  return async request => {
    await budget.take(signal)
    return send(request)
  }
}
