import { concurrently } from '../../concurrency.ts'
import { advanced, resumed } from '../state/progress.ts'
import { holes, join, type Span } from '../time/spans.ts'
import type { StrategyInput } from './job.ts'
import { readPart } from './slice.ts'

const DAY_MS = 86_400_000

/** Reads aggregates: one slice for each interval and each parent or scope. Intervals are aligned to UTC, do not overlap
 *  and are read once, when they are over; there is no lookback, since what they tell does not change. Without a length,
 *  one slice speaks of the whole time. */
export async function readIntervals(
  { job, context, partitions, onProgress }: StrategyInput,
  length: 'day' | 'configured',
): Promise<void> {
  const { settings } = context.engine
  const before = resumed(job.mode, job.progress)
  if (before.cursorMs !== undefined && before.cursorMs > settings.endMs) return onProgress(before)
  const lengthMs = length === 'configured' ? settings.intervalMs : DAY_MS
  const intervals = lengthMs === undefined ? [whole(settings)] : aligned(settings, before.closed, lengthMs)
  const slices = await partitions(job.def)
  let closed: readonly Span[] = lengthMs === undefined ? [] : before.closed
  await concurrently(intervals, settings.concurrency, async window => {
    await concurrently(slices, settings.concurrency, part => readPart(context, { ...part, window }))
    if (lengthMs === undefined) return
    closed = join(closed, window)
    onProgress(advanced(before, closed))
  })
  onProgress(advanced(before, closed, job.mode === 'full_refresh'))
}

function whole({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): Span {
  return { from: startMs, to: endMs }
}

/** The intervals that are over and were not read yet, oldest first. The first one begins at or before the start. */
function aligned(
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  closed: readonly Span[],
  lengthMs: number,
): Span[] {
  const bounds = {
    from: Math.floor(startMs / lengthMs) * lengthMs,
    to: Math.floor(endMs / lengthMs) * lengthMs,
  }
  return holes(closed, bounds).flatMap(hole => {
    const first = Math.floor(hole.from / lengthMs)
    const count = Math.ceil(hole.to / lengthMs) - first
    return Array.from({ length: Math.max(0, count) }, (_, index) => ({
      from: (first + index) * lengthMs,
      to: (first + index + 1) * lengthMs,
    }))
  })
}
