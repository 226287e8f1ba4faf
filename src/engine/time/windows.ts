import type { Span } from './spans.ts'

/** Cuts spans into windows, oldest first, as long as suits the density of records seen so far. */
export interface Windows {
  /** The next window; undefined when none is left. Waits while a window that may yet be put back is being looked at,
   *  if there is nothing else to give or nothing was learnt so far. */
  take(): Promise<Span | undefined>
  /** A window holds about so many records. True when that is too many to be read at once: then the window was taken
   *  back, and will come again in shorter ones. */
  weigh(window: Span, rows: number): boolean
  /** Gives no more windows. */
  stop(): void
}

interface Bounds {
  readonly longestMs: number
  /** No window is cut shorter. Default: a second. */
  readonly shortestMs?: number
  /** Records that a window should hold. */
  readonly target: number
}

const SECOND_MS = 1000
/** How many times its target a window may hold before it is cut again: cutting costs a request. */
const TOLERANCE = 5
/** How fast windows grow where records are few. */
const GROWTH = 4

/** The windows of the given spans. */
export function createWindows(spans: readonly Span[], bounds: Bounds): Windows {
  const { longestMs, target, shortestMs = SECOND_MS } = bounds
  const left = [...spans]
  const unweighed = new Set<Span>()
  let lengthMs = longestMs
  let learnt = false
  let change = Promise.withResolvers<void>()
  const wake = () => {
    change.resolve()
    change = Promise.withResolvers()
  }
  return {
    async take() {
      while (unweighed.size > 0 && (left.length === 0 || !learnt)) await change.promise
      const span = left.shift()
      if (span === undefined) return undefined
      const window = { from: span.from, to: Math.min(span.from + lengthMs, span.to) }
      if (window.to < span.to) left.unshift({ from: window.to, to: span.to })
      unweighed.add(window)
      return window
    },
    weigh(window, rows) {
      const wanted = nextLength(window.to - window.from, rows / target, lengthMs)
      lengthMs = Math.max(shortestMs, Math.min(longestMs, wanted))
      learnt = true
      unweighed.delete(window)
      const tooLong = rows > target * TOLERANCE && window.to - window.from > shortestMs
      if (tooLong) left.unshift(window)
      wake()
      return tooLong
    },
    stop() {
      left.length = 0
      unweighed.clear()
      wake()
    },
  }
}

/** The length of the next window, after one of `span` milliseconds that was `filled` times its target. A sparse window
 *  never shortens the next one; it lets it grow, but not at once to the longest: days follow nights. */
function nextLength(span: number, filled: number, current: number): number {
  const sparse = filled * GROWTH <= 1
  const wanted = sparse ? Math.max(current, span * GROWTH) : span / filled
  return Math.max(1, Math.floor(wanted / SECOND_MS)) * SECOND_MS
}
