import type { Span } from '../time/spans.ts'

/** Puts the API's counts on trial while windows are read: whether they count what lies in a window at all. */
export interface CountTrial {
  /** A window was read. */
  read(window: Span, counted: Counted): void
  /** The window, which was read, will be read again in halves. */
  halved(window: Span, halves: readonly Span[]): void
  /** Whether the counts are none: parts of a window clearly claim more than the window did and are short as well, or many
   *  windows claim the same and are short. Source: evidence rule E3. */
  isRefuted(): boolean
}

/** What a window claims, and what came of it; neither holds what it shares with its neighbours. */
interface Counted {
  readonly claim: number
  readonly came: number
}

/** What the parts of a window may claim beyond it: what came meanwhile. */
const TOLERATED = 2
const TOLERATED_SHARE = 0.01
/** How many windows that claim the same are too many: fewer where much is missing in each. */
const MOST_ALIKE = 5
const MOST_ALIKE_FAR_OFF = 3

/** A window that was halved, and what its parts say so far. */
interface Root {
  readonly claim: number
  sum: number
  /** Parts that were not read yet. */
  pending: number
  short: number
}

/** The trial of one stream's counts, which may have parents. */
export function createCountTrial(): CountTrial {
  const roots = new Map<Span, Root>()
  const rootOf = new Map<Span, Root>()
  const counted = new Map<Span, Counted>()
  const alike = createAlike()
  const count = (window: Span, sign: 1 | -1) => {
    const { claim, came } = counted.get(window) ?? { claim: 0, came: 0 }
    const root = rootOf.get(window)
    if (root !== undefined) root.sum += sign * claim
    if (root !== undefined && claim > came) root.short += sign
    alike.count(claim, came, sign)
  }
  return {
    read(window, found) {
      const root = rootOf.get(window)
      if (root === undefined && !counted.has(window) && found.came >= found.claim) return
      if (counted.has(window)) count(window, -1)
      else if (root !== undefined) root.pending--
      counted.set(window, found)
      count(window, 1)
    },
    halved(window, halves) {
      count(window, -1)
      const { claim } = counted.get(window) ?? { claim: 0 }
      const root = rootOf.get(window) ?? { claim, sum: 0, pending: 0, short: 0 }
      roots.set(window, root)
      root.pending += halves.length
      for (const half of halves) rootOf.set(half, root)
    },
    isRefuted: () => alike.areTooMany() || [...new Set(roots.values())].some(claimsTooMuch),
  }
}

function claimsTooMuch({ claim, sum, pending, short }: Root): boolean {
  return pending === 0 && short > 1 && sum - claim > Math.max(TOLERATED, claim * TOLERATED_SHARE)
}

/** Counts short windows that claim the same. */
function createAlike() {
  const near = new Map<number, number>()
  const far = new Map<number, number>()
  const add = (counts: Map<number, number>, claim: number, sign: 1 | -1) =>
    counts.set(claim, (counts.get(claim) ?? 0) + sign)
  return {
    count(claim: number, came: number, sign: 1 | -1): void {
      if (claim > came) add(near, claim, sign)
      if (claim - came > TOLERATED) add(far, claim, sign)
    },
    areTooMany: () =>
      Math.max(0, ...near.values()) >= MOST_ALIKE || Math.max(0, ...far.values()) >= MOST_ALIKE_FAR_OFF,
  }
}
