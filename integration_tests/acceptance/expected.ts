import type { Ended, Printed } from '../harness/program.ts'
import { recordsOf } from '../harness/sync.ts'

/** Of each stream so many records are committed. */
const KEPT = 2

/** The lines of expected_records.jsonl: of each stream the first records of a sync, in the order of their text. */
export function expectedLines(ended: Ended, streams: readonly string[]): string[] {
  return streams.flatMap(stream => {
    const texts = recordsOf(ended, stream).map(record => JSON.stringify({ stream, data: still(record) }))
    return texts.toSorted().slice(0, KEPT)
  })
}

/** A record without the time at which it was asked for: the same in every read of the same world. */
export function still(record: Printed): Printed {
  const { queried_at, ...rest } = record
  return rest
}
