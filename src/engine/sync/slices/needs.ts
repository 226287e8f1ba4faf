import { received } from '../../evidence/verdict.ts'
import type { Settle } from './conclude.ts'

/** What must be received before something else is. */
export interface Needs {
  /** One more; it is told its verdict. */
  add(): Settle
  /** Tells the verdict on all, once it is known of each. */
  whenAll(settle: Settle): void
}

/** Several verdicts of which all must be known. The first that is not "received" decides. */
export function createNeeds(): Needs {
  let waiting = 0
  let failed: Parameters<Settle>[0] | undefined
  let last: Parameters<Settle>[0] = received('end seen')
  let done: Settle | undefined
  const check = () => {
    if (waiting === 0) done?.(failed ?? last)
  }
  return {
    add(): Settle {
      waiting++
      return verdict => {
        waiting--
        if (!verdict.received) failed ??= verdict
        last = verdict
        check()
      }
    },
    whenAll(settle: Settle) {
      done = settle
      check()
    },
  }
}
