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
  readonly context: SliceContext
  readonly partitions: Partitions
  readonly find: (name: string) => StreamDef | undefined
  readonly onProgress: (progress: Progress) => void
}

/** A way to read a stream to its end. */
export type Strategy = (input: StrategyInput) => Promise<void>
