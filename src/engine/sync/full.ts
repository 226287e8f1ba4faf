import { concurrently } from '../../concurrency.ts'
import type { Slice } from '../stream/context.ts'
import { NO_COVERAGE, owed } from '../time/coverage.ts'
import type { Strategy } from './job/job.ts'
import { openPartitions } from './job/open-partitions.ts'
import { readPart } from './slices/part.ts'
import { readWhole } from './slices/whole.ts'

/** Reads everything there is, partition by partition where there are any. */
export const readFull: Strategy = async input => {
  const { evidence } = input
  await forEachPartition(input, async slice => {
    await readPart(input, slice, verdict => evidence.open.add(verdict))
  })
}

/** Reads everything there is, and hands on what is owed by the records' own time: the server cannot filter by it. */
export const readFiltered: Strategy = async input => {
  const { context, tracker, job } = input
  const { startMs, endMs, lookbackMs } = context.engine.settings
  await forEachPartition(input, async slice => {
    const before = job.mode === 'incremental' ? tracker.coverageOf(slice) : NO_COVERAGE
    const spans = owed(before, { from: startMs, to: endMs }, lookbackMs)
    if (spans.length > 0) await readWhole(input, { partition: slice, spans })
  })
}

/** Works on all partitions side by side, until too many in a row have failed alike. */
export async function forEachPartition(
  input: Parameters<Strategy>[0],
  work: (slice: Slice) => Promise<void>,
): Promise<void> {
  const { evidence, context } = input
  await concurrently(await openPartitions(input), context.engine.settings.concurrency, async slice => {
    if (!evidence.isHopeless()) await work(slice)
  })
}
