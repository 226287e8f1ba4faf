import type { Progress } from '../state/progress.ts'
import type { Job } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { ParentSlices } from './partitions.ts'
import type { Reading } from './slice.ts'

/** What reading a job takes. */
export interface Reader {
  readonly job: Job
  readonly reading: Reading
  readonly parents: ParentSlices
  readonly find: (name: string) => StreamDef | undefined
  readonly onProgress: (progress: Progress) => void
}
