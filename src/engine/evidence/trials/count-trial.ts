import type { Span } from '../../time/spans.ts'

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

/** What is counted of a window that was not read yet. */
const UNREAD: Counted = { claim: 0, came: 0 }

/** A window, or a part of one that was halved: what it claims and what came, once it was read. */
interface Part {
  counted: Counted
  halves: readonly Part[]
  /** The window of which it is a part; undefined where it is none. */
  readonly whole: Part | undefined
}

/** The trial of one stream's counts, which may have parents. */
export function createCountTrial(): CountTrial {
  const parts = new WeakMap<Span, Part>()
  const alike = createAlike()
  let isContradicted = false
  const partAt = (window: Span, whole?: Part) => {
    const part = parts.get(window) ?? { counted: UNREAD, halves: [], whole }
    parts.set(window, part)
    return part
  }
  return {
    read(window, found) {
      const part = partAt(window)
      alike.count(part.counted, -1)
      part.counted = found
      alike.count(found, 1)
      isContradicted ||= part.whole !== undefined && claimsTooMuch(part.whole)
    },
    halved(window, halves) {
      const part = partAt(window)
      alike.count(part.counted, -1)
      part.halves = halves.map(half => partAt(half, part.whole ?? part))
    },
    isRefuted: () => isContradicted || alike.areTooMany(),
  }
}

/** Whether the parts of a window, which do not overlap, claim more than it does. */
function claimsTooMuch(whole: Part): boolean {
  const { claim } = whole.counted
  const smallest = smallestRead(whole)
  const sum = smallest.reduce((claims, part) => claims + part.claim, 0)
  return smallest.filter(isShort).length > 1 && sum - claim > Math.max(TOLERATED, claim * TOLERATED_SHARE)
}

/** The smallest parts of a window by which all of it was read. */
function smallestRead({ counted, halves }: Part): readonly Counted[] {
  const isReadInHalves = halves.length > 0 && halves.every(half => half.counted !== UNREAD)
  return isReadInHalves ? halves.flatMap(smallestRead) : [counted]
}

function isShort({ claim, came }: Counted): boolean {
  return claim > came
}

/** Counts short windows that claim the same. */
function createAlike() {
  const near = new Map<number, number>()
  const far = new Map<number, number>()
  const add = (counts: Map<number, number>, claim: number, sign: 1 | -1) =>
    counts.set(claim, (counts.get(claim) ?? 0) + sign)
  return {
    count({ claim, came }: Counted, sign: 1 | -1): void {
      if (claim > came) add(near, claim, sign)
      if (claim - came > TOLERATED) add(far, claim, sign)
    },
    areTooMany: () =>
      [...near.values()].some(count => count >= MOST_ALIKE) ||
      [...far.values()].some(count => count >= MOST_ALIKE_FAR_OFF),
  }
}
