import type { Settings } from '../../config/settings.ts'
import type { Call } from '../../http/types.ts'
import type { Log } from '../../protocol/log.ts'
import type { Span } from '../time/spans.ts'

/** What every stream of a run shares. */
export interface Engine {
  readonly call: Call
  readonly log: Log
  readonly settings: Settings
  /** Aborted when the run is to stop. */
  readonly signal: AbortSignal
  readonly now: () => number
}

/** One part of a stream's reading: a stretch of time, a parent's part, both, or all of it. */
export interface Slice {
  readonly window?: Span
  /** The parent's record, with the fields that children need. */
  readonly parent?: Readonly<Record<string, string>>
}
