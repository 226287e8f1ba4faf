import { createHash } from 'node:crypto'
import { concurrently } from '../../concurrency.ts'
import { DAY_MS } from '../../durations.ts'
import { isObject } from '../../json.ts'
import { jsonIn } from '../bytes/raw-record.ts'
import type { StreamRecord } from '../records/filter.ts'
import type { Slice } from '../stream/context.ts'
import { planIntervals } from '../time/interval-plan.ts'
import type { Span } from '../time/spans.ts'
import { forEachPartition } from './full.ts'
import type { StrategyInput } from './job/job.ts'
import { readPart } from './slices/part.ts'

/** Reads aggregates: one slice for each interval of each partition. Intervals are aligned to UTC and do not overlap. Without
 *  a length, one slice speaks of the whole time. */
export async function readIntervals(input: StrategyInput, length: 'day' | 'configured'): Promise<void> {
  const { settings } = input.context.engine
  const { startMs, endMs, intervalMs } = settings
  const lengthMs = length === 'configured' ? intervalMs : DAY_MS
  const add = input.evidence.open.add
  await forEachPartition(input, async slice => {
    if (lengthMs !== undefined) await readPartition(input, slice, lengthMs)
    else await readPart(input, { ...slice, window: { from: startMs, to: endMs } }, add)
  })
}

async function readPartition(input: StrategyInput, slice: Slice, lengthMs: number): Promise<void> {
  const { context, tracker, evidence } = input
  const { startMs, endMs, lookbackMs, concurrency } = context.engine.settings
  const nowMs = context.engine.apiNow()
  // The last moment that is read may be the last one of its interval.
  const lastMs = Math.min(endMs + 1, nowMs)
  const within = {
    from: Math.floor(startMs / lengthMs) * lengthMs,
    to: Math.floor(lastMs / lengthMs) * lengthMs,
  }
  const plan = planIntervals({ before: tracker.coverageOf(slice), within, lengthMs, lookbackMs, nowMs })
  const prints: string[] = []
  const readOne = async (window: Span, isCheck: boolean) => {
    const watch = watchFor(context, isCheck)
    const part = { ...input, context: { ...context, sink: watch.sink } }
    await readPart(part, { ...slice, window }, (verdict, dateMs = nowMs) => {
      // By the API's clock an interval may not be over yet.
      if (verdict.received && window.to <= dateMs) {
        plan.received(window, watch.hasValue(), dateMs)
        prints.push(watch.print())
        tracker.cover(slice, plan.coverage())
      } else if (!verdict.received) evidence.open.add(verdict)
    })
  }
  for (const windows of [() => plan.first, plan.again, plan.check])
    await concurrently(windows(), concurrency, async window => {
      if (!evidence.isHopeless()) await readOne(window, windows === plan.check)
    })
  warnOfSame(context, prints)
}

/** Warns where a person described a stream, and several records come again for each interval: the API may not know in which
 *  parameters the interval is. */
function warnOfSame({ def, engine }: StrategyInput['context'], prints: readonly string[]): void {
  const [first] = prints
  if (prints.length < LEAST_ALIKE || first === '') return
  if (prints.every(print => print === first))
    engine.log.warn(
      `${def.name}: the API gave the same records for each of ${prints.length} days, as one does that does not know the parameters of ` +
        'the window. Look at what it calls them.',
    )
}

/** So many intervals that are alike are no chance. */
const LEAST_ALIKE = 3

/** Hands records on, and notes whether any tells of something. In a check only those are handed on that do: a number that the
 *  API does not show now must not replace the one that it showed. */
function watchFor({ sink, def }: StrategyInput['context'], isCheck: boolean) {
  let valued = false
  // Of the connector's own streams nobody asks for it.
  const content = def.mistakes === undefined ? undefined : createHash('sha1')
  let count = 0
  const tells = (record: StreamRecord) => {
    const json = jsonIn(record)
    return def.hasValue === undefined || (isObject(json) && def.hasValue(json))
  }
  return {
    hasValue: () => valued,
    /** The same for the same records, whatever their interval; empty for one record at most. */
    print: () => (content !== undefined && count > 1 ? content.copy().digest('base64') : ''),
    async sink(records: readonly StreamRecord[]) {
      valued ||= records.some(tells)
      if (content !== undefined) for (const record of records) content.update(timeless(record))
      count += records.length
      await sink(isCheck ? records.filter(tells) : records)
    },
  }
}

/** A record as text, but for the interval that it is of. */
function timeless(record: StreamRecord): string {
  const json = jsonIn(record)
  return JSON.stringify(isObject(json) ? { ...json, window_start: undefined, window_end: undefined } : json)
}
