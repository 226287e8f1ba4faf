import type { StreamEvidence } from '../../evidence/stream-evidence.ts'
import type { Progress } from '../../state/progress.ts'
import type { StreamDef } from '../../stream/definition.ts'
import type { Partitions } from './partitions.ts'
import type { SliceContext } from './slice-context.ts'
import type { Tracker } from './tracker.ts'

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
  /** What the slices are judged by, and what stays open. */
  readonly evidence: StreamEvidence
  /** How far the stream has come; each closed part is told to it. */
  readonly tracker: Tracker
  readonly partitions: Partitions
  readonly find: (name: string) => StreamDef | undefined
}

/** A way to read a stream to its end. What cannot be received stays open, and stops nothing else. */
export type Strategy = (input: StrategyInput) => Promise<void>
