import type { Span } from './spans.ts'

/** Cuts spans into windows, oldest first, as long as suits the density of records seen so far. */
export interface Windows {
  /** The next window; undefined when none is left. The second one waits until something was learnt from the first. */
  take(): Promise<Span | undefined>
  /** A window holds about so many records: the next ones are cut accordingly. */
  learn(window: Span, rows: number): void
  /** Whether a window with about so many records is too long to be read at once. */
  tooLong(window: Span, rows: number): boolean
  /** Takes a window back, to be cut into shorter ones. */
  putBack(window: Span): void
  /** Gives no more windows. */
  stop(): void
}

interface Bounds {
  readonly longestMs: number
  /** Records that a window should hold. */
  readonly target: number
}

const SHORTEST_MS = 1000
/** How many times its target a window may hold before it is cut again: cutting costs a request. */
const TOLERANCE = 3
/** How fast windows grow where records are few. */
const GROWTH = 4

/** The windows of the given spans. */
export function createWindows(spans: readonly Span[], { longestMs, target }: Bounds): Windows {
  const left = [...spans]
  let lengthMs = longestMs
  let taken = 0
  const { promise: ready, resolve: wake } = Promise.withResolvers<void>()
  const learn = (window: Span, rows: number) => {
    const span = window.to - window.from
    const ideal = rows === 0 ? Number.POSITIVE_INFINITY : (span * target) / rows
    const sparse = ideal >= span * GROWTH
    const wanted = sparse ? Math.max(lengthMs, span * GROWTH) : ideal
    lengthMs = Math.max(SHORTEST_MS, Math.floor(Math.min(longestMs, wanted) / 1000) * 1000)
    wake()
  }
  return {
    async take() {
      if (taken++ > 0) await ready
      const span = left.shift()
      if (span === undefined) return undefined
      const window = { from: span.from, to: Math.min(span.from + lengthMs, span.to) }
      if (window.to < span.to) left.unshift({ from: window.to, to: span.to })
      return window
    },
    learn,
    tooLong: (window, rows) => rows > target * TOLERANCE && window.to - window.from > SHORTEST_MS,
    putBack: window => left.unshift(window),
    stop() {
      left.length = 0
      wake()
    },
  }
}
