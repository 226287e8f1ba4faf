import type { Span } from '../../time/spans.ts'

/** Puts the API's counts on trial while time is cut into windows by them: a count of the whole account makes every window look
 *  full, and cutting would not end before seconds. Source: evidence rule E2. */
export interface PlanTrial {
  /** Whether the claim of this window may be planned with. */
  isTrusted(window: Span, claim: number): boolean
  /** A window was split, for it seems to hold so many records. */
  split(window: Span, rows: number): void
}

/** A part that claims so much of what the whole does, though it is so much shorter, does so by chance a few times only:
 *  where all records lie close together. */
const ALIKE = 0.9
const SHORTER = 4
const MOST_ALIKE = 2

/** The trial of one stream in one run. */
export function createPlanTrial(): PlanTrial {
  let whole: { readonly window: Span; readonly rows: number } | undefined
  let alike = 0
  const isAlike = ({ from, to }: Span, claim: number) =>
    whole !== undefined &&
    from >= whole.window.from &&
    to <= whole.window.to &&
    (to - from) * SHORTER <= whole.window.to - whole.window.from &&
    claim >= whole.rows * ALIKE
  return {
    isTrusted(window, claim) {
      if (isAlike(window, claim)) alike++
      return alike < MOST_ALIKE
    },
    split(window, rows) {
      whole = { window, rows }
    },
  }
}
