import { configError } from '../../errors.ts'
import type { JsonObject } from '../../json.ts'
import { combine } from './combine.ts'
import { differences } from './fingerprint.ts'
import type { Progress } from './progress.ts'
import { readProgress } from './read.ts'
import { VERSION, writeProgress } from './write.ts'

/** One stream's state that stands for all of these, which runs over different times have left. Throws a config_error where
 *  they cannot be put together: another version, or made for another config. */
export function mergeStates(stream: string, states: readonly JsonObject[]): JsonObject {
  for (const { version } of states) refuseVersion(stream, version)
  // What is not closed by a state's own spans is not known to be.
  const runs = states.map(state => readProgress(stream, state, { startMs: Number.POSITIVE_INFINITY }))
  for (const { madeFor } of runs) refuseOther(stream, madeFor, runs[0]?.madeFor)
  return writeProgress(combine(runs))
}

function refuseVersion(stream: string, version: unknown): void {
  if (version === VERSION) return
  const found = version === undefined ? 'without a version' : `of version ${JSON.stringify(version)}`
  throw configError(
    `A state of stream ${stream} is ${found}, and only those of version ${VERSION} can be merged. Sync once from each state ` +
      'with this connector; what it writes then is of that version.',
  )
}

function refuseOther(stream: string, one: Progress['madeFor'], other: Progress['madeFor']): void {
  const missing = one === undefined || other === undefined
  if (!missing && differences(one, other).length === 0) return
  const why = missing
    ? 'do not all say what they were made for'
    : `were made for different configs; what differs: ${differences(one, other).join(', ')}`
  throw configError(
    `The states of stream ${stream} ${why}. Merge only states of runs that differ in nothing but start_date and end_date.`,
  )
}
