import { concurrently } from '../../concurrency.ts'
import { timeIn } from '../bytes/raw-record.ts'
import type { StreamRecord } from '../records/filter.ts'
import { NOTHING_READ } from '../state/progress.ts'
import { momentOf } from '../time/timestamps.ts'
import type { StrategyInput } from './job.ts'
import { readPart } from './slice.ts'

/** Reads everything there is, parent by parent where there are any. Where only the connector can go by the records' time,
 *  which is in `field`, an incremental job hands on what is not older than its cursor less the lookback, and records
 *  without a time. */
export async function readFull(
  { job, context, partitions, onProgress }: StrategyInput,
  field?: string,
): Promise<void> {
  const { engine, def } = context
  const { safeMs, lookbackMs, concurrency } = engine.settings
  const before = job.mode === 'incremental' ? job.progress.cursorMs : undefined
  if (before !== undefined && before > engine.settings.endMs) return onProgress(job.progress)
  const timeOf = (record: StreamRecord) => (field === undefined ? undefined : momentOf(timeIn(record, field)))
  let newest = before
  const sink = async (records: readonly StreamRecord[]) => {
    const kept = records.filter(record => {
      const moment = timeOf(record)
      if (moment === undefined) return true
      newest = Math.max(newest ?? moment, Math.min(moment, safeMs))
      return before === undefined || moment >= before - lookbackMs
    })
    context.tally.outside += records.length - kept.length
    await context.sink(kept)
  }
  await concurrently(await partitions(def), concurrency, slice => readPart({ ...context, sink }, slice))
  const isDone = job.mode === 'full_refresh'
  onProgress({ ...NOTHING_READ, cursorMs: newest, finished: isDone })
}
