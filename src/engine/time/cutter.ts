import { SECOND_MS } from '../../durations.ts'
import { lengthOf, type Span } from './spans.ts'

/** How long windows may be. */
export interface Bounds {
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

/** What windows are cut from, and how long the next one is. */
export interface Cutter extends Required<Bounds> {
  /** What no window was cut from yet, oldest first. */
  readonly left: Span[]
  lengthMs: number
  /** Whether the length comes of what windows held. */
  hasLearnt: boolean
}

/** A cutter of these spans, which begins with the longest windows. */
export function cutterOf(spans: readonly Span[], { longestMs, shortestMs, target }: Bounds): Cutter {
  const bounds = { longestMs, shortestMs: shortestMs ?? SECOND_MS, target }
  return { ...bounds, left: [...spans], lengthMs: longestMs, hasLearnt: false }
}

/** Cuts the next window off what is left; undefined where nothing is. */
export function cut({ left, lengthMs }: Cutter): Span | undefined {
  const span = left.shift()
  if (span === undefined) return undefined
  const window = { from: span.from, to: Math.min(span.from + lengthMs, span.to) }
  if (window.to < span.to) left.unshift({ from: window.to, to: span.to })
  return window
}

/** Makes the next windows as long as suits this one, which holds so many records. */
export function learn(cutter: Cutter, window: Span, rows: number): void {
  const { longestMs, shortestMs, target, lengthMs } = cutter
  const wanted = nextLength(lengthOf(window), rows / target, lengthMs)
  cutter.lengthMs = Math.max(shortestMs, Math.min(longestMs, wanted))
  cutter.hasLearnt = true
}

/** So many records that a window is surely cut again. */
export function overfull({ target }: Cutter): number {
  return target * (TOLERANCE + 1)
}

/** Whether a window of so many records is to be cut again. */
export function isTooLong({ target, shortestMs }: Cutter, window: Span, rows: number): boolean {
  return rows > target * TOLERANCE && lengthOf(window) > shortestMs
}

/** The two halves of a window, cut at a whole second; none where they would be too short. `shortestMs` is a second or more. */
export function halvesOf(window: Span, shortestMs: number): readonly Span[] {
  const { from, to } = window
  const middle = from + Math.ceil(lengthOf(window) / 2 / SECOND_MS) * SECOND_MS
  if (lengthOf(window) < 2 * shortestMs) return []
  return [
    { from, to: middle },
    { from: middle, to },
  ]
}

/** The length of the next window, after one of `span` milliseconds that was `filled` times its target. A sparse window
 *  never shortens the next one; it lets it grow, but not at once to the longest: days follow nights. */
function nextLength(span: number, filled: number, current: number): number {
  const sparse = filled * GROWTH <= 1
  const wanted = sparse ? Math.max(current, span * GROWTH) : span / filled
  return Math.max(1, Math.floor(wanted / SECOND_MS)) * SECOND_MS
}
