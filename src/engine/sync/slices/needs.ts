import { received } from '../../evidence/verdict.ts'
import type { FirstPage } from '../../fetch/served-route.ts'
import type { Slice } from '../../stream/context.ts'
import type { Span } from '../../time/spans.ts'
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
  /** Tells the verdict on all, once it is known of each. May be asked for by several. */
  whenAll(settle: Settle): void
}

/** What the records of a window needed when it was read before. */
export interface OwedNeeds {
  readonly window: Span
  readonly needs: Needs
}

/** What is owed of a window, or of any part of it. */
export function owedIn(owed: readonly OwedNeeds[], { from, to }: Span): readonly Needs[] {
  return owed.filter(({ window }) => window.from < to && from < window.to).map(({ needs }) => needs)
}

/** Several verdicts of which all must be known. The first that is not "received" decides. What the same records needed when they
 *  were read before is needed still: they may be known by now, and not read again. */
export function createNeeds(before: readonly Needs[] = []): Needs {
  let waiting = 0
  let failed: Parameters<Settle>[0] | undefined
  let last: Parameters<Settle>[0] = received('end seen')
  const asking: Settle[] = []
  const check = () => {
    if (waiting > 0) return
    for (const done of asking.splice(0)) done(failed ?? last)
  }
  const needs: Needs = {
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
      asking.push(settle)
      check()
    },
  }
  for (const one of before) one.whenAll(needs.add())
  return needs
}
