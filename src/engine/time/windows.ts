import { type Bounds, type Cutter, cut, cutterOf, halvesOf, isTooLong, learn, overfull } from './cutter.ts'
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

/** The windows of the given spans. */
export function createWindows(spans: readonly Span[], bounds: Bounds): Windows {
  const queue: Queue = {
    cutter: cutterOf(spans, bounds),
    given: [],
    unweighed: new Set(),
    busy: new Set(),
    bell: createBell(),
  }
  return {
    take: () => take(queue),
    weigh: (window, rows) => weigh(queue, window, rows),
    overload: window => weigh(queue, window, overfull(queue.cutter)),
    halve: window => halve(queue, window),
    give: window => give(queue, window),
    done: window => done(queue, window),
    stop: () => stop(queue),
  }
}

/** The windows that wait, and those that are out. */
interface Queue {
  /** What no window was cut from yet. */
  readonly cutter: Cutter
  /** Windows to be handed out as they are, before others. */
  readonly given: Span[]
  /** Those that are out, and those of them that were just cut, whose records are not known yet. */
  readonly busy: Set<Span>
  readonly unweighed: Set<Span>
  readonly bell: Bell
}

async function take(queue: Queue): Promise<Span | undefined> {
  const { cutter, given, busy, unweighed, bell } = queue
  while (mustWait(queue)) await bell.wait()
  const again = given.shift()
  const window = again ?? cut(cutter)
  if (window !== undefined) busy.add(window)
  if (window !== undefined && again === undefined) unweighed.add(window)
  return window
}

function mustWait({ given, cutter, busy, unweighed }: Queue): boolean {
  if (given.length > 0) return false
  return cutter.left.length === 0 ? busy.size > 0 : unweighed.size > 0 && !cutter.hasLearnt
}

function weigh({ cutter, bell }: Queue, window: Span, rows: number): boolean {
  learn(cutter, window, rows)
  const isBack = isTooLong(cutter, window, rows)
  if (isBack) cutter.left.unshift(window)
  bell.wake()
  return isBack
}

function halve(queue: Queue, window: Span): readonly Span[] {
  const halves = halvesOf(window, queue.cutter.shortestMs)
  for (const half of halves) give(queue, half)
  return halves
}

function give({ given, bell }: Queue, window: Span): void {
  given.push(window)
  bell.wake()
}

function done({ busy, unweighed, bell }: Queue, window: Span): void {
  busy.delete(window)
  unweighed.delete(window)
  bell.wake()
}

function stop({ cutter, given, busy, bell }: Queue): void {
  cutter.left.length = 0
  given.length = 0
  busy.clear()
  bell.wake()
}

interface Bell {
  /** Resolves when it is rung the next time. */
  wait(): Promise<void>
  /** Wakes all who wait. */
  wake(): void
}

function createBell(): Bell {
  let change = Promise.withResolvers<void>()
  return {
    wait: () => change.promise,
    wake() {
      change.resolve()
      change = Promise.withResolvers()
    },
  }
}
