import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { Message, Trace } from './messages.ts'
import schema from './protocol.schema.json' with { type: 'json' }

const stream_descriptor = { name: 'calls' }
const emitted_at = 1_714_521_600_000

const samples: readonly { says: string; message: Message }[] = [
  {
    says: 'a record',
    message: { type: 'RECORD', record: { stream: 'calls', data: { id: 'c1', queue: null }, emitted_at } },
  },
  {
    says: 'a record with a column that could not be read',
    message: {
      type: 'RECORD',
      record: {
        stream: 'calls',
        data: { id: 'c1' },
        emitted_at,
        meta: { changes: [{ field: 'agent', change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' }] },
      },
    },
  },
  {
    says: 'the state of a stream, with its count',
    message: {
      type: 'STATE',
      state: {
        type: 'STREAM',
        stream: { stream_descriptor, stream_state: { version: 1 } },
        sourceStats: { recordCount: 2 },
      },
    },
  },
  { says: 'a log line', message: { type: 'LOG', log: { level: 'INFO', message: 'Reading calls.' } } },
  {
    says: 'a specification',
    message: {
      type: 'SPEC',
      spec: {
        documentationUrl: 'https://example.com/docs',
        connectionSpecification: { type: 'object', properties: {} },
      },
    },
  },
  {
    says: 'a connection status',
    message: {
      type: 'CONNECTION_STATUS',
      connectionStatus: { status: 'FAILED', message: 'Wrong password.' },
    },
  },
  {
    says: 'a catalog',
    message: {
      type: 'CATALOG',
      catalog: {
        streams: [
          {
            name: 'calls',
            json_schema: { type: 'object', properties: { id: { type: 'string' } } },
            supported_sync_modes: ['full_refresh', 'incremental'],
            source_defined_primary_key: [['id']],
          },
        ],
      },
    },
  },
  {
    says: 'an error',
    message: trace({
      type: 'ERROR',
      emitted_at,
      error: { message: 'The token expired.', failure_type: 'config_error', stream_descriptor },
    }),
  },
  {
    says: 'an estimate',
    message: trace({
      type: 'ESTIMATE',
      emitted_at,
      estimate: { name: 'calls', type: 'STREAM', row_estimate: 9 },
    }),
  },
  {
    says: 'the status of a stream that waits',
    message: trace({
      type: 'STREAM_STATUS',
      emitted_at,
      stream_status: {
        stream_descriptor,
        status: 'RUNNING',
        reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: emitted_at } }],
      },
    }),
  },
  {
    says: 'a usage event',
    message: trace({ type: 'ANALYTICS', emitted_at, analytics: { type: 'streams-selected', value: '3' } }),
  },
  {
    says: 'a changed configuration',
    message: {
      type: 'CONTROL',
      control: { type: 'CONNECTOR_CONFIG', emitted_at, connectorConfig: { config: { refresh_token: 'r2' } } },
    },
  },
]

const ajv = formats.default(new Ajv({ strict: true, allErrors: true })).addSchema(schema, 'protocol')

describe('every kind of message follows the schema', () => {
  for (const { says, message } of samples)
    test(says, () => {
      const valid = ajv.validate('protocol#/definitions/AirbyteMessage', message)
      assert.ok(valid, ajv.errorsText())
    })
})

test('the samples show every type of message and of trace', () => {
  const types = new Set(samples.map(({ message }) => message.type))
  const traces = new Set(
    samples.flatMap(({ message }) => (message.type === 'TRACE' ? [message.trace.type] : [])),
  )
  const { AirbyteMessage, AirbyteTraceMessage } = schema.definitions
  assert.deepEqual([...types, 'DESTINATION_CATALOG'].sort(), AirbyteMessage.properties.type.enum.toSorted())
  assert.deepEqual([...traces].sort(), AirbyteTraceMessage.properties.type.enum.toSorted())
})

test('a message without its content, or with that of another kind, does not compile', () => {
  const wrong: readonly Message[] = [
    // @ts-expect-error: a RECORD has a record
    { type: 'RECORD' },
    // @ts-expect-error: a LOG has a log, not a record
    { type: 'LOG', record: { stream: 'calls', data: {}, emitted_at } },
    // @ts-expect-error: a source writes states of streams only
    { type: 'STATE', state: { type: 'LEGACY', data: {} } },
    // @ts-expect-error: an ERROR trace has an error
    { type: 'TRACE', trace: { type: 'ERROR', emitted_at } },
    // @ts-expect-error: the level is WARN
    { type: 'LOG', log: { level: 'WARNING', message: 'Slow.' } },
    // @ts-expect-error: the field is stack_trace
    { type: 'LOG', log: { level: 'INFO', message: 'Slow.', stacktrace: '' } },
    // @ts-expect-error: a CONTROL names the configuration
    { type: 'CONTROL', control: { type: 'CONNECTOR_CONFIG', emitted_at } },
  ]
  assert.equal(wrong.length, 7)
})

test('a message is read-only, and type tells its content', () => {
  const message = samples[0]?.message
  if (message?.type !== 'RECORD') return assert.fail('The first sample is a record.')
  // @ts-expect-error: nobody changes a message
  const rename = () => (message.record.stream = 'other')
  assert.equal(typeof rename, 'function')
  assert.equal(message.record.stream, 'calls')
})

function trace(content: Trace): Message {
  return { type: 'TRACE', trace: content }
}
