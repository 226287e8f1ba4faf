import { SECOND_MS } from '../../durations.ts'
import type { Span } from './spans.ts'

/** Cuts spans into windows, oldest first, as long as suits the density of records seen so far. */
export interface Windows {
  /** The next window; undefined when none is left. Waits while a window that may yet come again is being read, if there is
   *  nothing else to give, or while one is being looked at, if nothing was learnt so far. */
  take(): Promise<Span | undefined>
  /** A window holds about so many records. True when that is too many to be read at once: then the window was taken
   *  back, and will come again in shorter ones. */
  weigh(window: Span, rows: number): boolean
  /** A window is more than can be answered at once, however many records it holds. As `weigh`. */
  overload(window: Span): boolean
  /** Takes a window back, which will come again in two halves. Those are returned: none, and nothing is taken back, where it
   *  is too short to be halved. */
  halve(window: Span): readonly Span[]
  /** Gives a window as it is: one that must be read again, or that is to be compared with an earlier reading. */
  give(window: Span): void
  /** Nothing more comes of a window that was taken. To be called for each. */
  done(window: Span): void
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

/** How many times its target a window may hold before it is cut again: cutting costs a request. */
const TOLERANCE = 5
/** How fast windows grow where records are few. */
const GROWTH = 4

/** The windows of the given spans. */
export function createWindows(
  spans: readonly Span[],
  { target, longestMs, shortestMs = SECOND_MS }: Bounds,
): Windows {
  const cutter = createCutter(spans, { longestMs, shortestMs })
  const given: Span[] = []
  const unweighed = new Set<Span>()
  const busy = new Set<Span>()
  const { wait, wake } = createBell()
  const give = (...windows: readonly Span[]) => {
    given.push(...windows)
    wake()
  }
  const mustWait = () =>
    given.length === 0 && (cutter.isEmpty() ? busy.size > 0 : unweighed.size > 0 && !cutter.hasLearnt())
  const weigh = (window: Span, filled: number) => {
    cutter.learn(window, filled)
    unweighed.delete(window)
    const tooLong = filled > TOLERANCE && lengthOf(window) > shortestMs
    if (tooLong) cutter.putBack(window)
    wake()
    return tooLong
  }
  return {
    async take() {
      while (mustWait()) await wait()
      const again = given.shift()
      const window = again ?? cutter.cut()
      if (window !== undefined) busy.add(window)
      if (window !== undefined && again === undefined) unweighed.add(window)
      return window
    },
    weigh: (window, rows) => weigh(window, rows / target),
    overload: window => weigh(window, TOLERANCE + 1),
    halve(window) {
      const halves = halvesOf(window, shortestMs)
      give(...halves)
      return halves
    },
    give,
    done(window) {
      busy.delete(window)
      unweighed.delete(window)
      wake()
    },
    stop() {
      cutter.stop()
      given.length = 0
      busy.clear()
      wake()
    },
  }
}

/** Wakes all who wait. */
function createBell() {
  let change = Promise.withResolvers<void>()
  return {
    wait: () => change.promise,
    wake() {
      change.resolve()
      change = Promise.withResolvers()
    },
  }
}

/** Cuts windows off spans, oldest first, as long as suits what was learnt. */
function createCutter(spans: readonly Span[], { longestMs, shortestMs }: Omit<Required<Bounds>, 'target'>) {
  const left = [...spans]
  let lengthMs = longestMs
  let learnt = false
  return {
    isEmpty: () => left.length === 0,
    hasLearnt: () => learnt,
    putBack: (window: Span) => void left.unshift(window),
    stop() {
      left.length = 0
    },
    cut(): Span | undefined {
      const span = left.shift()
      if (span === undefined) return undefined
      const window = { from: span.from, to: Math.min(span.from + lengthMs, span.to) }
      if (window.to < span.to) left.unshift({ from: window.to, to: span.to })
      return window
    },
    /** A window was `filled` times its target. */
    learn(window: Span, filled: number) {
      const wanted = nextLength(lengthOf(window), filled, lengthMs)
      lengthMs = Math.max(shortestMs, Math.min(longestMs, wanted))
      learnt = true
    },
  }
}

function halvesOf(window: Span, shortestMs: number): readonly Span[] {
  const { from, to } = window
  const middle = from + Math.ceil(lengthOf(window) / 2 / SECOND_MS) * SECOND_MS
  if (lengthOf(window) < 2 * shortestMs || middle >= to) return []
  return [
    { from, to: middle },
    { from: middle, to },
  ]
}

function lengthOf({ from, to }: Span): number {
  return to - from
}

/** The length of the next window, after one of `span` milliseconds that was `filled` times its target. A sparse window
 *  never shortens the next one; it lets it grow, but not at once to the longest: days follow nights. */
function nextLength(span: number, filled: number, current: number): number {
  const sparse = filled * GROWTH <= 1
  const wanted = sparse ? Math.max(current, span * GROWTH) : span / filled
  return Math.max(1, Math.floor(wanted / SECOND_MS)) * SECOND_MS
}
