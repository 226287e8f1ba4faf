/** A search for the highest rate that holds. It tries more, first a little and then in growing steps, until that is refused; then
 *  a rate between what held and what did not, until the two are close. What held is kept for long, before more is tried again. */
export interface Search {
  /** Requests a second, at this moment. */
  rate(): number
  /** How many limits were met since a rate was kept to the end. */
  misses(): number
  /** Goes on, where nothing was refused for long enough. */
  held(at: number): void
  /** A limit has been met: while it lasts, no more is tried. */
  retreat(): void
  /** A limit was met, and is over after `tookMs`. `mean` is how many got through in a second since the one before. */
  refused(at: number, tookMs: number, mean?: number): void
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
const SECOND_MS = 1000

/** A search that begins with what was let through in a second. */
export function createSearch(letThrough: number, now: number): Search {
  let [low, high] = [Math.max(SLOWEST, CLOSE * letThrough), Number.POSITIVE_INFINITY]
  let [tried, rate, since] = [low, low, now]
  let [waitMs, kept, best, misses] = [SECOND_MS, KEPT, 0, 0]
  let stride = createStride()
  const isFound = () => high < low * SAME
  const lastsMs = () => {
    if (isFound()) return kept * waitMs
    return heldMs(low, Math.min(high, Math.max(tried, low * STEP)), waitMs)
  }
  const go = (to: number, at: number) => {
    tried = to
    rate = to
    since = at
  }
  const goOn = (at: number) => {
    if (isFound()) go(low, at)
    else if (high < Number.POSITIVE_INFINITY) go(Math.min(low * MOST_STEP, Math.sqrt(low * high)), at)
    else go(low * stride(), at)
  }
  const release = () => {
    kept = isSame(low, best) ? Math.min(2 * kept, MOST_KEPT) : KEPT
    ;[best, high, misses] = [low, Number.POSITIVE_INFINITY, 0]
    stride = createStride()
  }
  return {
    rate: () => rate,
    misses: () => misses,
    held(at) {
      if (at < since + lastsMs()) return
      if (isFound()) release()
      low = tried
      goOn(at)
    },
    retreat() {
      rate = Math.min(rate, low)
    },
    refused(at, tookMs, mean = low) {
      waitMs = Math.max(SECOND_MS, tookMs)
      misses++
      high = tried
      const isNew = tried > low
      low = Math.max(SLOWEST, isNew ? Math.min(low, mean) : tried / stride())
      if (isNew) stride = createStride()
      if (isNew) goOn(at)
      else go(low, at)
    },
  }
}

/** After how long a rate above one that held has held too: not before it has used up what may have been saved in a wait. */
function heldMs(held: number, above: number, waitMs: number): number {
  return Math.max(2 * SECOND_MS, waitMs / Math.log(above / held))
}

function isSame(a: number, b: number): boolean {
  return a < b * SAME && b < a * SAME
}

function createStride(): () => number {
  let next = STEP
  return () => {
    const step = next
    next = Math.min(step ** 2, MOST_STEP)
    return step
  }
}
