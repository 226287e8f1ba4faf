import { concurrentlyFrom } from '../../concurrency.ts'
import { SECOND_MS } from '../../durations.ts'
import { momentsIn } from '../evidence/trials/filter-trial.ts'
import type { FirstPage } from '../fetch/served-route.ts'
import type { Slice } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import { owed } from '../time/coverage.ts'
import { holes, lengthOf, type Span } from '../time/spans.ts'
import { createWindows } from '../time/windows.ts'
import type { StrategyInput } from './job/job.ts'
import { isCapped, isShort, mayBeCapped, partitionOf } from './slices/conclude.ts'
import { createFilterCheck } from './slices/filter-check.ts'
import type { OwedNeeds, ReadWindow } from './slices/needs.ts'
import { createOverload } from './slices/overload.ts'
import { readSlice } from './slices/slice.ts'
import { readWhole } from './slices/whole.ts'
import { readWindow } from './slices/window.ts'

/** Pages that a window should hold: few requests, frequent checkpoints, and work to run side by side. Of large pages fewer
 *  do, so that no window holds more than so many records, whose keys are in memory. */
const PAGES_PER_WINDOW = 30
const MOST_RECORDS = 4000
/** So many windows give work enough, however many requests may be in flight. */
const MOST_WINDOWS = 8

/** The timeline of a stream, or of one of its partitions. */
export interface Timeline {
  readonly input: StrategyInput
  readonly partition: Slice
  /** How many windows are read side by side. */
  readonly width: number
  /** How a window is read. Default: its records are. */
  readonly read?: ReadWindow
}

/** Reads what is owed of a timeline, window by window: what earlier syncs left open, the lookback, and the time after the
 *  newest record. Each window that was received is told to the tracker; the others stay open.
 *
 *      closed before   |==================|~lookback~|
 *      owed                               |=====================|
 *      bounds     |---------------------------------------------|
 */
export async function readTimeline(timeline: Timeline): Promise<void> {
  const { input, partition } = timeline
  const { settings } = input.context.engine
  const bounds = { from: settings.startMs, to: settings.endMs }
  const tailMs = input.job.mode === 'incremental' ? settings.lookbackMs : 0
  const spans = owed(input.tracker.coverageOf(partition), bounds, tailMs)
  const left = (await isQuiet(timeline, spans.at(-1))) ? spans.slice(0, -1) : spans
  if (left.length === 0) return
  const bounded = { ...input, context: { ...input.context, bounds } }
  const needed: OwedNeeds[] = []
  const isUnfiltered = await readWindows({ ...timeline, input: bounded }, left, needed)
  if (!isUnfiltered) return
  await readWhole(bounded, { partition, spans: left, owed: needed.map(({ needs }) => needs) }, timeline.read)
}

/** Reads windows side by side until all are done, or one tells that the others need not be tried. Resolves to whether there is
 *  no filter by time. */
async function readWindows(
  timeline: Timeline,
  spans: readonly Span[],
  needed: OwedNeeds[],
): Promise<boolean> {
  const { input, partition, width } = timeline
  const { longestWindowMs, pageSize } = input.context.engine.settings
  const shortestMs = shortestOf(input.context.def)
  const known = input.evidence.shortages.windowsOf(partitionOf(partition)).filter(one => isIn(one, spans))
  const windows = createWindows(
    spans.flatMap(span => holes(known, span)),
    { longestMs: longestWindowMs, target: Math.min(pageSize * PAGES_PER_WINDOW, MOST_RECORDS), shortestMs },
  )
  for (const window of known) windows.give(window)
  const overload = createOverload({ context: input.context, partition, windows, shortestMs })
  const filter = createFilterCheck(input.context, partition, shortestMs)
  const reading = { ...timeline, windows, shortestMs, overload, filter, owed: needed, fitted: [], astray: [] }
  let isUnfiltered = false
  await concurrentlyFrom(windows.take, Math.min(width, MOST_WINDOWS), async window => {
    const end = await readWindow(reading, window)
    if (end === 'next') return
    isUnfiltered = end === 'unfiltered'
    windows.stop()
  })
  return isUnfiltered
}

function isIn({ from, to }: Span, spans: readonly Span[]): boolean {
  return spans.some(span => span.from <= from && to <= span.to)
}

/** No window is shorter than a second, or than the steps in which a route writes moments. */
function shortestOf({ routes: [{ window }] }: StreamDef): number {
  return window !== undefined && 'widen' in window ? Math.max(SECOND_MS, window.stepMs) : SECOND_MS
}

/** Whether nothing has come since the newest record, though time after it was read before and is not over. That is found
 *  out in one request, however short windows are; when something came, it is read by windows. So is time of which more is
 *  read than its records, and time before what is closed. */
async function isQuiet({ input, partition, read }: Timeline, last: Span | undefined): Promise<boolean> {
  const { context, tracker, evidence } = input
  const { endMs, longestWindowMs } = context.engine.settings
  const { closed, readToMs = 0 } = tracker.coverageOf(partition)
  const newest = closed.at(-1)
  if (last === undefined || newest === undefined || read !== undefined || last.from < newest.from)
    return false
  const isReadBefore = readToMs > newest.to && endMs - readToMs <= longestWindowMs
  if (last.to !== endMs || lengthOf(last) <= longestWindowMs || !isReadBefore) return false
  const slice = { ...partition, window: last }
  const first = await context.readFirst(slice).catch(() => undefined)
  if (first === undefined || typeof first === 'string' || holdsNews(first, closed)) return false
  const found = await readSlice(context, slice, first)
  if (isShort(found) || isCapped(found) || mayBeCapped(found) || isNews(found.newestMs, closed)) return false
  evidence.frontier.saw(found.newestMs)
  tracker.receive(partition, last, found.walk.dateMs ?? context.engine.apiNow())
  return true
}

/** Whether a page holds anything but the newest records that were known. */
function holdsNews({ page, spec }: FirstPage, closed: readonly Span[]): boolean {
  const moments = momentsIn(page.rows, spec.def.incremental?.field ?? '')
  return moments.length < page.rows.length || moments.some(moment => isNews(moment, closed))
}

function isNews(moment: number | undefined, closed: readonly Span[]): boolean {
  return moment !== undefined && moment > (closed.at(-1)?.to ?? Number.NEGATIVE_INFINITY)
}
