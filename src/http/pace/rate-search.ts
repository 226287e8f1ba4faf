import { SECOND_MS } from '../../durations.ts'

/** A search for the highest rate that holds. It tries more, first a little and then in growing steps, until that is refused; then
 *  a rate between what held and what did not, until the two are close. What held is kept for long, before more is tried again. */
export interface Search {
  /** Requests a second, at this moment. */
  readonly rate: number
  /** How many limits were met since a rate was kept to the end. */
  readonly misses: number
  /** The highest rate that held, and the lowest that did not. */
  readonly low: number
  readonly high: number
  /** The rate that is tried, and since when. */
  readonly tried: number
  readonly since: number
  /** The next step beyond what held, or below what did not. */
  readonly step: number
  /** How long the latest limit lasted. */
  readonly waitMs: number
  /** The rate that was kept before, and how long it was, in waits. */
  readonly best: number
  readonly kept: number
}

/** How close to the rate that was let through requests leave. */
const CLOSE = 0.99
/** Requests a second at least. */
const SLOWEST = 1
/** The first step beyond a rate that held, or below one that did not, and the largest; each is the square of the one before. */
const STEP = 1.05
const MOST_STEP = 1.5
/** Rates within this are the same. */
const SAME = 1.05
/** How long the best rate is kept, in waits; twice as long each time the same is found. */
const [KEPT, MOST_KEPT] = [100, 800]
/** A wait counts as so much at least; and a rate has held after two windows of as much. */
const LEAST_WAIT_MS = SECOND_MS

/** A search that begins with what was let through in a second. */
export function searchFrom(letThrough: number, now: number): Search {
  const low = Math.max(SLOWEST, CLOSE * letThrough)
  const free = { low, high: Number.POSITIVE_INFINITY, misses: 0, step: STEP }
  return { ...free, rate: low, tried: low, since: now, waitMs: LEAST_WAIT_MS, best: 0, kept: KEPT }
}

/** Goes on, where nothing was refused for long enough. */
export function held(search: Search, now: number): Search {
  if (now < search.since + lastsMs(search)) return search
  return onward({ ...(isFound(search) ? released(search) : search), low: search.tried }, now)
}

/** A limit has been met: while it lasts, no more is tried. */
export function retreating(search: Search): Search {
  return { ...search, rate: Math.min(search.rate, search.low) }
}

/** A limit was met, and is over after `tookMs`. `mean` is how many got through in a second since the one before. */
export function refused(search: Search, now: number, tookMs: number, mean = search.low): Search {
  const { low, tried, step } = search
  const met = { ...search, waitMs: Math.max(LEAST_WAIT_MS, tookMs), misses: search.misses + 1, high: tried }
  if (tried > low) return onward({ ...met, low: Math.max(SLOWEST, Math.min(low, mean)), step: STEP }, now)
  const below = Math.max(SLOWEST, tried / step)
  return trying({ ...met, low: below, step: stepAfter(step) }, below, now)
}

/** Whether what held and what did not are close. */
function isFound({ low, high }: Search): boolean {
  return high < low * SAME
}

/** How long a rate must not be refused before the search goes on. */
function lastsMs(search: Search): number {
  const { low, high, tried, waitMs, kept } = search
  if (isFound(search)) return kept * waitMs
  return heldMs(low, Math.min(high, Math.max(tried, low * STEP)), waitMs)
}

/** After how long a rate above one that held has held too: not before it has used up what may have been saved in a wait. */
function heldMs(held: number, above: number, waitMs: number): number {
  return Math.max(2 * LEAST_WAIT_MS, waitMs / Math.log(above / held))
}

/** Tries the next rate: what held, where that is close to what did not; else one between the two, or a step above. */
function onward(search: Search, now: number): Search {
  const { low, high, step } = search
  if (isFound(search)) return trying(search, low, now)
  if (high < Number.POSITIVE_INFINITY)
    return trying(search, Math.min(low * MOST_STEP, Math.sqrt(low * high)), now)
  return trying({ ...search, step: stepAfter(step) }, low * step, now)
}

function trying(search: Search, rate: number, now: number): Search {
  return { ...search, tried: rate, rate, since: now }
}

/** What did not hold once may do so by now. */
function released(search: Search): Search {
  const { low, best, kept } = search
  const free = { high: Number.POSITIVE_INFINITY, misses: 0, step: STEP }
  return { ...search, ...free, best: low, kept: isSame(low, best) ? Math.min(2 * kept, MOST_KEPT) : KEPT }
}

function isSame(a: number, b: number): boolean {
  return a < b * SAME && b < a * SAME
}

function stepAfter(step: number): number {
  return Math.min(step ** 2, MOST_STEP)
}
