import type { Progress } from '../state/progress.ts'
import type { Job } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { Partitions } from './partitions.ts'
import type { Reading } from './slice.ts'

/** What reading a job takes. */
export interface Reader {
  readonly job: Job
  readonly reading: Reading
  readonly parents: Partitions
  readonly find: (name: string) => StreamDef | undefined
  readonly onProgress: (progress: Progress) => void
}
