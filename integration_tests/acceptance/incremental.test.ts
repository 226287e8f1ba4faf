import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Ended, Printed } from '../harness/program.ts'
import { lastStates, recordsOf, statesOf } from '../harness/sync.ts'
import { still } from './expected.ts'
import { configOf, discover, fixture, read } from './fixtures.ts'
import { startWorld } from './world.ts'

describe('an incremental sync of every stream that can', async () => {
  await using simulator = await startWorld()
  const config = await configOf(simulator)
  const streams = (await discover(config)).filter(one => one.supported_sync_modes.includes('incremental'))
  const sync = (state?: readonly Printed[]) => read({ config, streams, mode: 'incremental', state })
  const first = await sync()
  const rounds = Math.max(...streams.map(({ name }) => statesOf(first, name).length))
  const resumed = await Promise.all(
    Array.from({ length: rounds }, (_, round) =>
      sync(streams.flatMap(({ name }) => stateAt(first, name, round))),
    ),
  )
  const last = await sync(lastStates(first))
  const sample = await sync(await fixture('sample_state.json'))
  const future: Printed[] = await fixture('future_state.json')
  const ahead = await sync(future)

  test('ends well from every state', () => {
    for (const ended of [first, ...resumed, last, sample, ahead]) assert.equal(ended.code, 0, ended.stderr)
  })

  for (const { name, default_cursor_field } of streams) {
    const cursor = default_cursor_field[0]
    const textsOf = (records: readonly Printed[]) => records.map(record => JSON.stringify(still(record)))
    const whole = textsOf(recordsOf(first, name))

    test(`${name} goes on from each of its states without losing a record`, () => {
      for (const [round, ended] of resumed.entries()) {
        const [state] = stateAt(first, name, round)
        const got = new Set(textsOf([...recordsBefore(first, name, state), ...recordsOf(ended, name)]))
        assert.deepEqual(
          whole.filter(text => !got.has(text)),
          [],
        )
      }
    })

    test(`${name} gives nothing older than its state`, () => {
      const reached = Date.parse(statesOf(first, name).at(-1).stream.stream_state.cursor)
      const old = recordsOf(last, name).filter(record => Date.parse(record[cursor]) < reached)
      assert.deepEqual(old, [])
      const from = Date.parse('2026-04-28T00:00:00.000Z')
      const older = recordsOf(sample, name).filter(record => Date.parse(record[cursor]) < from)
      assert.deepEqual(older, [])
      assert.ok(recordsOf(sample, name).length <= whole.length)
    })

    test(`${name} gives nothing when its state is of the future, and leaves that state as it is`, () => {
      assert.deepEqual(recordsOf(ahead, name), [])
      const given = future.find(one => one.stream.stream_descriptor.name === name)
      assert.equal(statesOf(ahead, name).at(-1).stream.stream_state.cursor, given.stream.stream_state.cursor)
    })
  }
})

/** A stream's state of that round, or its last one. */
function stateAt(ended: Ended, stream: string, round: number): Printed[] {
  const states = statesOf(ended, stream)
  return states.slice(Math.min(round, states.length - 1)).slice(0, 1)
}

/** The records of a stream that were printed before a state of it. */
function recordsBefore({ messages }: Ended, stream: string, state: Printed): Printed[] {
  const end = messages.findIndex(one => one.state === state)
  return recordsOf({ messages: messages.slice(0, end) }, stream)
}
