import { forEachPartition } from './full.ts'
import type { Strategy } from './job/job.ts'
import { readTimeline } from './timeline.ts'

/** Reads a stream with a parent and a time of its own: each parent has a timeline, so that one that is new is read from
 *  the start. */
export const readPerPartition: Strategy = input =>
  forEachPartition(input, partition => readTimeline({ input, partition, width: 1 }))
