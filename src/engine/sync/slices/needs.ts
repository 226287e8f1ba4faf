import { received } from '../../evidence/verdict.ts'
import type { FirstPage } from '../../fetch/served-route.ts'
import type { Slice } from '../../stream/context.ts'
import type { SliceContext } from '../job/slice-context.ts'
import type { Settle } from './conclude.ts'
import type { SliceEvidence } from './slice.ts'

/** Reads a slice whose first page is there. What else must be received before it is, is told its verdict through
 *  a settle function that `alsoNeeds` gives. */
export type ReadWindow = (
  context: SliceContext,
  slice: Slice,
  first: FirstPage,
  alsoNeeds: () => Settle,
) => Promise<SliceEvidence>

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
