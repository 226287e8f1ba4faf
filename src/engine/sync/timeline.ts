import { concurrentlyFrom } from '../../concurrency.ts'
import { requestedSpan } from '../fetch/request.ts'
import type { FirstPage } from '../fetch/served-route.ts'
import { advanced, type Progress, resumed } from '../state/progress.ts'
import type { Slice } from '../stream/context.ts'
import type { Route, StreamDef } from '../stream/definition.ts'
import { holes, join, merge, type Span, withoutTails } from '../time/spans.ts'
import { createWindows, type Windows } from '../time/windows.ts'
import type { Job } from './job.ts'
import { firstOf, readSlice, type SliceContext } from './slice.ts'
import { ignoresWindow, momentsOf } from './window-check.ts'

/** Pages that a window should hold: few requests, frequent checkpoints, and work to run side by side. */
const PAGES_PER_WINDOW = 30
const SECOND_MS = 1000

/** What is read by time: which records, for whom, and what is done with each part. */
export interface Timed {
  readonly context: SliceContext
  /** The parent that is asked for, where there is one. */
  readonly parent?: Slice['parent']
  /** How many windows are read side by side. */
  readonly width: number
  /** What is done with a window whose first page is there. Default: its records are read. */
  readonly work?: (context: SliceContext, slice: Slice, first: FirstPage) => Promise<void>
}

/** Reads what earlier syncs left open, and the lookback before the ends of what they closed; `onProgress` is told after
 *  each closed window.
 *
 *      closed before   |==================|~lookback~|
 *      owed                               |=====================|
 *      bounds     |---------------------------------------------|
 */
export async function readTimeline(
  timed: Timed,
  mode: Job['mode'],
  progress: Progress,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const { lookbackMs, safeMs, startMs, endMs } = timed.context.engine.settings
  const before = resumed(mode, progress)
  if (before.cursorMs !== undefined && before.cursorMs > endMs) return onProgress(before)
  const tailMs = mode === 'incremental' ? lookbackMs : 0
  let read: readonly Span[] = []
  const reached = () => advanced(before, merge(before.closed, read, tailMs))
  const close = ({ from, to }: Span) => {
    const settled = Math.min(to, safeMs)
    if (settled > from) read = join(read, { from, to: settled })
    onProgress(reached())
  }
  const owed = holes(withoutTails(before.closed, tailMs), { from: startMs, to: endMs })
  await readSpans(timed, owed, close)
  onProgress(mode === 'incremental' ? reached() : { ...reached(), finished: true })
}

async function readSpans(timed: Timed, owed: readonly Span[], close: (span: Span) => void): Promise<void> {
  const { longestWindowMs, pageSize, startMs, endMs } = timed.context.engine.settings
  const bounded = { ...timed, context: { ...timed.context, bounds: { from: startMs, to: endMs } } }
  const windows = createWindows(owed, {
    longestMs: longestWindowMs,
    target: pageSize * PAGES_PER_WINDOW,
    ...shortestOf(timed.context.def),
  })
  let filtered = true
  await concurrentlyFrom(windows.take, timed.width, async window => {
    const outcome = await readWindow(bounded, window, windows).catch(error => {
      windows.stop()
      throw error
    })
    if (outcome === 'read') close(window)
    if (outcome !== 'unfiltered') return
    filtered = false
    windows.stop()
  })
  if (!filtered) await readUnfiltered(timed, owed, close)
}

function shortestOf({ routes: [{ window }] }: StreamDef): { shortestMs?: number } {
  return window !== undefined && 'widen' in window ? { shortestMs: Math.max(SECOND_MS, window.stepMs) } : {}
}

type Outcome = 'read' | 'put back' | 'unfiltered'

async function readWindow(
  { context, parent, work = readSlice }: Timed,
  window: Span,
  windows: Windows,
): Promise<Outcome> {
  const slice: Slice = { window, ...(parent === undefined ? {} : { parent }) }
  const first = await firstOf(context, slice)
  if (first === undefined) {
    windows.weigh(window, 0)
    return 'read'
  }
  const { def, route } = first.spec
  if (route.window === undefined || ignoresWindow(first.page.rows, def, judged(window, def, route)))
    return 'unfiltered'
  if (windows.weigh(window, rowsIn(first, window))) return 'put back'
  await work(context, slice, first)
  return 'read'
}

/** Where the records of a window may lie: what was asked for, and where moments are written in coarse steps, one more. */
function judged(window: Span, def: StreamDef, route: Route): Span {
  const { from, to } = requestedSpan(window, def, route)
  const stepMs = shortestOf(def).shortestMs ?? 0
  return { from: from - stepMs, to: to + stepMs }
}

/** Reads everything once and keeps what lies in the spans owed: the server does not filter by time. */
async function readUnfiltered(
  { context, parent, work = readSlice }: Timed,
  owed: readonly Span[],
  close: (span: Span) => void,
): Promise<void> {
  const [oldest, newest] = [owed[0], owed.at(-1)]
  if (oldest === undefined || newest === undefined) return
  const { def, engine } = context
  engine.log.warn(`${def.name}: the API ignores the time filter, so everything is read and filtered here.`)
  const slice = parent === undefined ? {} : { parent }
  const first = await firstOf(context, slice)
  const bounds = { from: oldest.from, to: newest.to }
  if (first !== undefined) await work({ ...context, bounds }, slice, first)
  for (const span of owed) close(span)
}

/** How many records a window holds: what the API says, else an estimate from how densely its first page lies. */
function rowsIn({ page, spec }: FirstPage, window: Span): number {
  const { rows, total, pages, max } = page.facts
  if (total !== undefined) return total
  if (pages !== undefined) return pages * (max ?? Math.max(rows, 1))
  if (rows < spec.pageSize) return rows
  const moments = momentsOf(page.rows, spec.def)
  if (moments.length === 0) return rows
  const covered = Math.max(1000, Math.max(...moments) - Math.min(...moments))
  return Math.max(rows, Math.round((rows * (window.to - window.from)) / covered))
}
