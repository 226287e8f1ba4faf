import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '@airbyte-protocol/types/messages'
import fc from 'fast-check'
import type { Output } from './output.ts'
import { createStatus, type Status } from './status.ts'

type Event = keyof Status

/** What the platform is told of a stream to which this happens. */
function told(events: readonly Event[]): Message[] {
  const sent: Message[] = []
  const output = { send: (message: Message) => sent.push(message) } as unknown as Output
  const status = createStatus(output, 'calls', () => 1_000)
  for (const event of events) event === 'limited' ? status.limited(9_000) : status[event]()
  return sent
}

/** The same in short: the statuses, a rate limit in brackets. */
function inShort(events: readonly Event[]): string {
  return told(events)
    .map(message => JSON.parse(JSON.stringify(message)).trace.stream_status)
    .map(({ status, reasons }) => `${status}${reasons === undefined ? '' : ' (limited)'}`)
    .join(', ')
}

const rows: { says: string; in: Event[]; out: string }[] = [
  {
    says: 'a stream with records starts, runs and completes',
    in: ['started', 'running', 'complete'],
    out: 'STARTED, RUNNING, COMPLETE',
  },
  {
    says: 'a stream without records starts and completes',
    in: ['started', 'complete'],
    out: 'STARTED, COMPLETE',
  },
  {
    says: 'a stream that fails is incomplete',
    in: ['started', 'running', 'incomplete'],
    out: 'STARTED, RUNNING, INCOMPLETE',
  },
  {
    says: 'a stream that fails before its first record is incomplete',
    in: ['started', 'incomplete'],
    out: 'STARTED, INCOMPLETE',
  },
  {
    says: 'running is said with the first record only',
    in: ['started', 'running', 'running', 'running', 'complete'],
    out: 'STARTED, RUNNING, COMPLETE',
  },
  {
    says: 'a rate limit is running with a reason',
    in: ['started', 'running', 'limited', 'complete'],
    out: 'STARTED, RUNNING, RUNNING (limited), COMPLETE',
  },
  {
    says: 'a rate limit that goes on is said once',
    in: ['started', 'limited', 'limited', 'limited'],
    out: 'STARTED, RUNNING (limited)',
  },
  {
    says: 'the first record after a rate limit is said again',
    in: ['started', 'running', 'limited', 'running', 'running'],
    out: 'STARTED, RUNNING, RUNNING (limited), RUNNING',
  },
  {
    says: 'after the next rate limit it is said once more',
    in: ['started', 'limited', 'running', 'limited', 'running'],
    out: 'STARTED, RUNNING (limited), RUNNING, RUNNING (limited), RUNNING',
  },
  {
    says: 'nothing follows COMPLETE',
    in: ['started', 'complete', 'running', 'limited', 'incomplete', 'complete'],
    out: 'STARTED, COMPLETE',
  },
  {
    says: 'nothing follows INCOMPLETE',
    in: ['started', 'incomplete', 'running', 'complete', 'started'],
    out: 'STARTED, INCOMPLETE',
  },
]

for (const row of rows) test(row.says, () => assert.equal(inShort(row.in), row.out))

test('a status names its stream and moment', () => {
  const stream_status = { stream_descriptor: { name: 'calls' }, status: 'STARTED' }
  const trace = { type: 'STREAM_STATUS', emitted_at: 1_000, stream_status }
  assert.deepEqual(told(['started']), [{ type: 'TRACE', trace }])
})

test('a rate limit says until when', () => {
  const reasons = [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: 9_000 } }]
  const stream_status = { stream_descriptor: { name: 'calls' }, status: 'RUNNING', reasons }
  const trace = { type: 'STREAM_STATUS', emitted_at: 1_000, stream_status }
  assert.deepEqual(told(['limited']), [{ type: 'TRACE', trace }])
})

test('a rate limit whose end nobody knows says none', () => {
  const sent: Message[] = []
  const output = { send: (message: Message) => sent.push(message) } as unknown as Output
  createStatus(output, 'calls', () => 1_000).limited(undefined)
  assert.match(JSON.stringify(sent), /"reasons":\[\{"type":"RATE_LIMITED"\}\]/)
})

test('whatever happens, there is at most one end, and nothing comes after it', () => {
  const event = fc.constantFrom<Event>('running', 'limited', 'complete', 'incomplete')
  fc.assert(
    fc.property(fc.array(event), events => {
      assert.match(inShort(['started', ...events]), /^STARTED(, RUNNING( \(limited\))?)*(, (IN)?COMPLETE)?$/)
    }),
  )
})
