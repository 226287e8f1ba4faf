import { defined } from '../optional.ts'
import type { Output } from './output.ts'

type Phase = 'STARTED' | 'RUNNING' | 'LIMITED' | 'COMPLETE' | 'INCOMPLETE'

/** Tells the platform the status of a stream, in the order it expects: STARTED, RUNNING with the first record, then COMPLETE or
 *  INCOMPLETE, and nothing after. */
export interface Status {
  started(): void
  /** Before a record: sends RUNNING the first time, and again after a rate limit. */
  running(): void
  /** A rate limit makes this stream wait until `resetMs`, if known. */
  limited(resetMs: number | undefined): void
  complete(): void
  incomplete(): void
}

/** The status of one stream. */
export function createStatus(output: Output, stream: string, now: () => number): Status {
  let phase: Phase | undefined
  const say = (next: Phase, reasons?: readonly object[]) => {
    if (phase === next || phase === 'COMPLETE' || phase === 'INCOMPLETE') return
    phase = next
    output.send({
      type: 'TRACE',
      trace: {
        type: 'STREAM_STATUS',
        emitted_at: now(),
        stream_status: {
          stream_descriptor: { name: stream },
          status: next === 'LIMITED' ? 'RUNNING' : next,
          ...defined({ reasons: reasons as [] | undefined }),
        },
      },
    })
  }
  return {
    started: () => say('STARTED'),
    running: () => say('RUNNING'),
    limited: resetMs =>
      say('LIMITED', [
        defined({
          type: 'RATE_LIMITED',
          rate_limited: resetMs === undefined ? undefined : { quota_reset: resetMs },
        }),
      ]),
    complete: () => say('COMPLETE'),
    incomplete: () => say('INCOMPLETE'),
  }
}
