import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ProtocolError, parseState } from './validate.ts'

const state = (name: string, stream_state: object = { version: 1 }) => ({
  type: 'STREAM',
  stream: { stream_descriptor: { name }, stream_state },
})

describe('a state is taken', () => {
  const nameOnly = { type: 'STREAM', stream: { stream_descriptor: { name: 'calls' } } }
  const rows: readonly { says: string; in: unknown; out: unknown }[] = [
    { says: 'no value: no state', in: undefined, out: [] },
    { says: 'null: no state', in: null, out: [] },
    { says: 'an empty list: no state', in: [], out: [] },
    { says: 'an empty object: no state', in: {}, out: [] },
    {
      says: 'a list, in its order',
      in: [state('calls'), state('agents')],
      out: [state('calls'), state('agents')],
    },
    { says: 'one state without a list', in: state('calls'), out: [state('calls')] },
    {
      says: 'a message as read printed it, around one state or in a list',
      in: [{ type: 'STATE', state: state('calls') }, state('agents')],
      out: [state('calls'), state('agents')],
    },
    {
      says: 'one message without a list',
      in: { type: 'STATE', state: state('calls') },
      out: [state('calls')],
    },
    { says: 'a stream without a bookmark yet', in: [nameOnly], out: [nameOnly] },
    {
      says: 'fields that are null are left out',
      in: [
        {
          type: 'STREAM',
          stream: { stream_descriptor: { name: 'calls', namespace: null }, stream_state: null },
          global: null,
        },
      ],
      out: [nameOnly],
    },
    {
      says: 'the nulls of a bookmark stay',
      in: [state('calls', { to: null })],
      out: [state('calls', { to: null })],
    },
    {
      says: 'fields that this version does not know stay',
      in: [{ ...state('calls'), id: 7, sourceStats: { recordCount: 2, bytes: 9 } }],
      out: [{ ...state('calls'), id: 7, sourceStats: { recordCount: 2, bytes: 9 } }],
    },
    {
      says: 'GLOBAL as the states of its streams, without what they share',
      in: [
        {
          type: 'GLOBAL',
          global: {
            shared_state: { lsn: 1 },
            stream_states: [state('calls').stream, state('agents').stream],
          },
        },
      ],
      out: [state('calls'), state('agents')],
    },
    {
      says: 'LEGACY as it is',
      in: { type: 'LEGACY', data: { dateCreated: null } },
      out: [{ type: 'LEGACY', data: { dateCreated: null } }],
    },
    { says: 'data without a type, as it is', in: [{ data: { calls: 1 } }], out: [{ data: { calls: 1 } }] },
  ]
  for (const row of rows) test(row.says, () => assert.deepEqual(parseState(row.in), row.out))
})

describe('a wrong state is refused with its place and a remedy', () => {
  const remedy = ' Correct the file given as --state, or leave it out to read everything again.'
  const untyped =
    'type is missing; expected STREAM, GLOBAL or LEGACY (a bare state object goes in as {"type": "LEGACY", "data": {…}}).'
  const rows: readonly { says: string; in: unknown; out: string }[] = [
    { says: 'a number', in: 5, out: 'The state is 5; expected an object.' },
    { says: 'an item that is null', in: [null], out: 'In the state, [0] is null; expected an object.' },
    { says: 'a bare bookmark', in: { dateCreated: 1 }, out: `In the state, ${untyped}` },
    { says: 'an item without a type', in: [state('calls'), {}], out: `In the state, [1].${untyped}` },
    {
      says: 'a message of another kind',
      in: [{ type: 'RECORD' }],
      out: 'In the state, [0].type is "RECORD"; expected one of GLOBAL, STREAM, LEGACY.',
    },
    {
      says: 'a message around nothing',
      in: [{ type: 'STATE' }],
      out: 'In the state, [0].state is missing; expected an object.',
    },
    {
      says: 'a STREAM state without stream',
      in: [{ type: 'STREAM' }],
      out: 'In the state, [0].stream is missing; expected an object.',
    },
    {
      says: 'a stream without a descriptor',
      in: { type: 'STATE', state: { type: 'STREAM', stream: {} } },
      out: 'In the state, state.stream.stream_descriptor is missing; expected an object.',
    },
    {
      says: 'a name that is no string',
      in: [{ type: 'STREAM', stream: { stream_descriptor: { name: 1 } } }],
      out: 'In the state, [0].stream.stream_descriptor.name is 1; expected a string.',
    },
    {
      says: 'a bookmark that is a list',
      in: [state('calls'), state('agents', ['2024'])],
      out: 'In the state, [1].stream.stream_state is a list; expected an object.',
    },
    {
      says: 'a GLOBAL state without global',
      in: [{ type: 'GLOBAL' }],
      out: 'In the state, [0].global is missing; expected an object.',
    },
    {
      says: 'a wrong stream within a GLOBAL state',
      in: [{ type: 'GLOBAL', global: { stream_states: [state('calls').stream, { stream_state: {} }] } }],
      out: 'In the state, [0].global.stream_states[1].stream_descriptor is missing; expected an object.',
    },
  ]
  for (const row of rows)
    test(row.says, () =>
      assert.equal(
        refusal(() => parseState(row.in)),
        row.out + remedy,
      ),
    )
})

test('what comes in is not changed', () => {
  const value = Object.freeze({
    type: 'STREAM',
    stream: Object.freeze({ ...state('calls').stream, extra: null }),
  })
  parseState(value)
  assert.equal(value.stream.extra, null)
})

function refusal(parse: () => unknown): string {
  try {
    return `taken: ${JSON.stringify(parse())}`
  } catch (error) {
    assert.ok(error instanceof ProtocolError)
    return error.message
  }
}
