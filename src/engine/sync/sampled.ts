import type { ConnectorError } from '../../errors.ts'
import type { JsonObject } from '../../json.ts'
import { emptyTally, type Tally } from '../records/tally.ts'

/** What a sample of a stream showed. */
export interface Sample {
  readonly records: readonly JsonObject[]
  /** The objects that the records came from, as they were in the answers. */
  readonly raw: readonly JsonObject[]
  /** What was left out, by reason. */
  readonly tally: Tally
  /** The errors of parts that failed, where others did not. */
  readonly failures: readonly ConnectorError[]
  /** What is wrong with how the stream is described, as far as the sample shows. */
  readonly mistake: ConnectorError | undefined
}

/** A sample of records that are known already, of which nothing was left out. */
export function sampleOf(records: readonly JsonObject[]): Sample {
  return { records, raw: records, tally: emptyTally(), failures: [], mistake: undefined }
}
