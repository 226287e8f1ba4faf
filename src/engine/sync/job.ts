import type { Progress } from '../state/progress.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { Partitions } from './partitions.ts'
import type { SliceContext } from './slice.ts'

/** One selected stream of a run. */
export interface Job {
  readonly def: StreamDef
  readonly mode: 'full_refresh' | 'incremental'
  /** How far earlier syncs, or earlier attempts of this one, have come. */
  readonly progress: Progress
}

/** What a strategy reads a job with. */
export interface StrategyInput {
  readonly job: Job
  readonly reading: SliceContext
  readonly parents: Partitions
  readonly find: (name: string) => StreamDef | undefined
  readonly onProgress: (progress: Progress) => void
}
