import { DAY_MS } from '../../../durations.ts'
import { transientError } from '../../../errors.ts'
import { open } from '../../evidence/verdict.ts'
import type { Slice } from '../../stream/context.ts'
import type { StrategyInput } from './job.ts'

/** The partitions of a stream: one of all where it has none. What is known of each goes on. A list of parents that is empty,
 *  though there were some, is doubted for a day; one that could not be read whole leaves the stream open. */
export async function openPartitions(input: StrategyInput): Promise<readonly Slice[]> {
  const { tracker, evidence, partitions, job, context } = input
  const { slices, isSplit, error, shortages, valueless } = await partitions(job.def)
  context.tally.valueless += valueless
  if (error !== undefined) evidence.open.add(open(error.status === 403 ? 'refused' : 'failed', error))
  if (shortages.length > 0) tracker.note({ parentShortages: shortages })
  if (!isSplit || (slices.length === 0 && error !== undefined)) return slices
  if (slices.length === 0) return withoutParents(input)
  tracker.note({ hadParents: true })
  if (job.def.incremental !== undefined) tracker.partition(slices, error === undefined)
  return slices
}

function withoutParents({ tracker, evidence, job, context }: StrategyInput): readonly Slice[] {
  const { before } = tracker
  if (before.hadParents !== true && (before.parents?.size ?? 0) === 0) return []
  const nowMs = context.engine.apiNow()
  const parentlessMs = Math.min(before.parentlessMs ?? nowMs, nowMs)
  if (nowMs - parentlessMs >= DAY_MS) {
    tracker.partition([], true)
    return []
  }
  tracker.note({ hadParents: true, parentlessMs })
  evidence.open.add(open('no parents', noParents(job.def.name, job.def.parent?.stream)))
  return []
}

function noParents(stream: string, parent = 'its lookup') {
  return transientError(
    `Stream ${stream} was not received: the list of ${parent} is empty, though it was not at the last sync. If it is still ` +
      'empty a day from now, that is believed.',
  )
}
