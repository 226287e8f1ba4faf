import type { Message } from '@airbyte-protocol/types/messages'
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
    output.send(statusMessage(stream, next, now(), reasons))
  }
  return {
    started: () => say('STARTED'),
    running: () => say('RUNNING'),
    limited: resetMs => say('LIMITED', [limitUntil(resetMs)]),
    complete: () => say('COMPLETE'),
    incomplete: () => say('INCOMPLETE'),
  }
}

function statusMessage(
  name: string,
  phase: Phase,
  emitted_at: number,
  reasons: readonly object[] | undefined,
): Message {
  const stream_status = {
    stream_descriptor: { name },
    status: phase === 'LIMITED' ? 'RUNNING' : phase,
    ...defined({ reasons: reasons as [] | undefined }),
  } as const
  return { type: 'TRACE', trace: { type: 'STREAM_STATUS', emitted_at, stream_status } }
}

function limitUntil(resetMs: number | undefined): object {
  const rate_limited = resetMs === undefined ? undefined : { quota_reset: resetMs }
  return defined({ type: 'RATE_LIMITED', rate_limited })
}
