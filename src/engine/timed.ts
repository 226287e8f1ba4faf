import { isObject } from '../json.ts'
import type { FirstPage, ReadFirst } from './choice.ts'
import type { Job, Slice } from './engine.ts'
import { eachFrom } from './pool.ts'
import { ignoresWindow } from './sieve.ts'
import { type Reading, readSlice } from './slice.ts'
import { holes, join, merge, type Span, withoutTails } from './spans.ts'
import { NOTHING_READ, type Progress } from './state.ts'
import { momentOf } from './times.ts'
import { createWindows, type Windows } from './windows.ts'

/** Pages that a window should hold: few requests, frequent checkpoints, and work to run side by side. */
const PAGES_PER_WINDOW = 20

type Close = (span: Span) => void

/** Reads a stream whose records the server filters by time: what earlier syncs left open, and the lookback before the
 *  ends of what they closed. `bounds` is what may be read at all. Progress is told after each closed window.
 *
 *      closed before   |==================|~lookback~|
 *      owed                               |=====================|
 *      bounds     |-------------------------------------------- |
 */
export async function readByTime(
  job: Job,
  reading: Reading,
  readFirst: ReadFirst,
  onProgress: (progress: Progress) => void,
  bounds: Span,
): Promise<void> {
  const before = startOf(job)
  if (before.cursorMs !== undefined && before.cursorMs > bounds.to) return onProgress(before)
  const { lookbackMs, safeMs } = reading.engine.settings
  const tailMs = job.mode === 'incremental' ? lookbackMs : 0
  let read: readonly Span[] = []
  const reached = () => advanced(before, merge(before.closed, read, tailMs))
  const close: Close = ({ from, to }) => {
    const settled = Math.min(to, safeMs)
    if (settled > from) read = join(read, { from, to: settled })
    onProgress(reached())
  }
  const owed = holes(withoutTails(before.closed, tailMs), bounds)
  const filtered = await readWindows(reading, readFirst, owed, close)
  if (!filtered) await readUnfiltered(reading, readFirst, owed, close)
  onProgress(job.mode === 'incremental' ? reached() : { ...reached(), finished: true })
}

/** What a job goes on from: nothing, when the last full refresh came to its end. */
function startOf({ mode, progress }: Job): Progress {
  return mode === 'full_refresh' && progress.finished ? NOTHING_READ : progress
}

function advanced(before: Progress, closed: readonly Span[]): Progress {
  const reached = closed[0]?.to
  const cursorMs = reached === undefined ? before.cursorMs : Math.max(reached, before.cursorMs ?? reached)
  return { cursorMs, closed, finished: false }
}

/** Reads windows side by side. False when the server turns out to ignore their bounds: then it stops early. */
async function readWindows(
  reading: Reading,
  readFirst: ReadFirst,
  spans: readonly Span[],
  close: Close,
): Promise<boolean> {
  const { concurrency, longestWindowMs, pageSize } = reading.engine.settings
  const windows = createWindows(spans, { longestMs: longestWindowMs, target: pageSize * PAGES_PER_WINDOW })
  let filtered = true
  await eachFrom(windows.take, concurrency, async window => {
    const outcome = await readWindow(reading, readFirst, window, windows).catch(error => {
      windows.stop()
      throw error
    })
    if (outcome === 'read') close(window)
    if (outcome !== 'unfiltered') return
    filtered = false
    windows.stop()
  })
  return filtered
}

type Outcome = 'read' | 'put back' | 'unfiltered'

async function readWindow(
  reading: Reading,
  readFirst: ReadFirst,
  window: Span,
  windows: Windows,
): Promise<Outcome> {
  const slice: Slice = { window }
  const first = await readFirst(slice)
  if (first === undefined) {
    windows.weigh(window, 0)
    return 'read'
  }
  const { records } = first.page
  if (first.asking.route.window === undefined || ignoresWindow(records, reading.def, window))
    return 'unfiltered'
  if (windows.weigh(window, rowsIn(first, window))) return 'put back'
  await readSlice(reading, slice, first)
  return 'read'
}

/** Reads everything once and keeps what lies in the spans owed: the server does not filter by time. */
async function readUnfiltered(
  reading: Reading,
  readFirst: ReadFirst,
  owed: readonly Span[],
  close: Close,
): Promise<void> {
  const [oldest, newest] = [owed[0], owed.at(-1)]
  if (oldest === undefined || newest === undefined) return
  const { def, engine } = reading
  engine.log.warn(`${def.name}: the API ignores the time filter, so everything is read and filtered here.`)
  const first = await readFirst({})
  const bounds = { from: oldest.from, to: newest.to }
  if (first !== undefined) await readSlice({ ...reading, bounds }, {}, first)
  for (const span of owed) close(span)
}

/** How many records a window holds: what the API says, else an estimate from how densely its first page lies. */
function rowsIn({ page, asking }: FirstPage, window: Span): number {
  const { rows, total, pages, max } = page.facts
  if (total !== undefined) return total
  if (pages !== undefined) return pages * (max ?? Math.max(rows, 1))
  if (rows < asking.pageSize) return rows
  const field = asking.def.incremental?.field ?? ''
  const moments = page.records
    .map(one => (isObject(one) ? momentOf(one[field]) : undefined))
    .filter(one => one !== undefined)
  const covered = Math.max(1000, Math.max(...moments) - Math.min(...moments))
  return Math.max(rows, Math.round((rows * (window.to - window.from)) / covered))
}
