import type { Message } from '@airbyte-protocol/types/messages'
import type { ConnectorError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import { defined } from '../optional.ts'

export type Level = 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG'

/** Returns a text without its secrets, and without what could steer a terminal. */
export type Mask = (text: string) => string

/** A text, masked and on one line. */
export function sentence(text: string, mask: Mask): string {
  return mask(text).replace(/[\n\v\f\r\u2028\u2029]+/g, ' ')
}

/** A line for the platform's log. */
export function logMessage(level: Level, message: string): Message {
  return { type: 'LOG', log: { level, message } }
}

/** The state of a stream, with the number of its records since the one before. */
export function stateMessage(stream: string, state: JsonObject, records: number): Message {
  return {
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: { stream_descriptor: { name: stream }, stream_state: state },
      sourceStats: { recordCount: decimal(records) },
    },
  }
}

/** An error for the user that says who must act; `stream` if it concerns one. The stack is kept only if the program itself is at
 *  fault. */
export function errorMessage(error: ConnectorError, mask: Mask, now: number, stream?: string): Message {
  const stack = error.failure === 'system_error' ? error.stack : undefined
  return {
    type: 'TRACE',
    trace: {
      type: 'ERROR',
      emitted_at: now,
      error: defined({
        message: sentence(error.message, mask),
        failure_type: error.failure,
        internal_message: error.internal === undefined ? undefined : sentence(error.internal, mask),
        stack_trace: stack === undefined ? undefined : mask(stack),
        stream_descriptor: stream === undefined ? undefined : { name: stream },
      }),
    },
  }
}

/** The start of a RECORD line; the record's JSON follows, then RECORD_END. */
export function recordStart(stream: string, emittedAt: number): Buffer {
  return Buffer.from(
    `{"type":"RECORD","record":{"stream":${JSON.stringify(stream)},"emitted_at":${emittedAt},"data":`,
  )
}

/** The end of a RECORD line, with its newline. */
export const RECORD_END = Buffer.from('}}\n')

/** The end of a RECORD line, with what was changed: columns that are null because their values did not fit. */
export function recordEndWith(nulled: readonly string[]): Buffer {
  if (nulled.length === 0) return RECORD_END
  const changes = nulled.map(field => ({ field, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' }))
  return Buffer.from(`,"meta":${JSON.stringify({ changes })}}}\n`)
}

/** A count as JSON with a decimal point, as the protocol requires; typed as the number that it is. */
function decimal(count: number): number {
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }
  return rawJSON(`${count}.0`) as number
}
