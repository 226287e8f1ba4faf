import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../simulator/server.ts'
import {
  advance,
  catalogOf,
  configFor,
  idsOf,
  lastStates,
  read,
  recordsOf,
  statesOf,
  statsOf,
} from './harness/sync.ts'

const LISTS = ['agents', 'outbound_leads', 'outbound_lists', 'queues', 'recordings', 'users']
const TIMED = ['call_records', 'calls']

for (const world of ['documented', 'seed'] as const) {
  test(`in the ${world} world every stream gives exactly the world's records, none missing and none twice`, async () => {
    await using simulator = await startSimulator({ world, calls: 1500, agents: 230, lists: 5, leads: 240 })
    const streams = [...LISTS, ...TIMED]
    const ended = await read({ config: configFor(simulator), catalog: catalogOf(streams) })
    assert.equal(ended.code, 0, ended.stderr)
    for (const stream of streams) {
      const got = recordsOf(ended, stream).map(record => record.id)
      assert.deepEqual(got.toSorted(), (await idsOf(simulator, stream)).toSorted(), stream)
    }
  })

  test(`in the ${world} world a second sync gives every new call, and old ones only inside the lookback`, async () => {
    await using simulator = await startSimulator({ world, calls: 900, days: 20 })
    const config = configFor(simulator, { lookback_hours: 48 })
    const catalog = catalogOf(TIMED, 'incremental')
    const first = await read({ config, catalog })
    const before = new Set(await idsOf(simulator, 'calls'))
    await advance(simulator, 'calls=40')
    const second = await read({ config, catalog, state: lastStates(first) })
    assert.equal(second.code, 0, second.stderr)
    const fresh = (await idsOf(simulator, 'calls')).filter(id => !before.has(id))
    const got = recordsOf(second, 'calls')
    assert.ok(fresh.length >= 40)
    assert.deepEqual(
      fresh.filter(id => !got.some(record => record.id === id)),
      [],
    )
    const oldest = Date.parse(cursorOf(first)) - 48 * 3_600_000
    const old = got.filter(record => before.has(record.id))
    assert.deepEqual(
      old.filter(record => Date.parse(record.dateCreated) < oldest),
      [],
    )
    assert.ok(old.length < before.size / 2, 'most old calls are left alone')
    assert.ok(cursorOf(second) >= cursorOf(first), 'state never moves back')
  })
}

test('a state from the future yields nothing, makes no request and stays as it is', async () => {
  await using simulator = await startSimulator({ calls: 50 })
  const blob = {
    version: 2,
    cursor: '2999-01-01T00:00:00.000Z',
    closed: [['2026-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z']],
  }
  const state = [{ type: 'STREAM', stream: { stream_descriptor: { name: 'calls' }, stream_state: blob } }]
  const ended = await read({
    config: configFor(simulator),
    catalog: catalogOf(['calls'], 'incremental'),
    state,
  })
  assert.equal(ended.code, 0)
  assert.deepEqual(recordsOf(ended, 'calls'), [])
  assert.deepEqual(
    statesOf(ended, 'calls').map(one => one.stream.stream_state),
    [blob],
  )
  assert.equal((await statsOf(simulator)).total, 0)
})

test('a full refresh goes on from its own state, and a finished one starts afresh', async () => {
  await using simulator = await startSimulator({ calls: 3000, days: 60 })
  const start_date = new Date(Date.now() - 60 * 86_400_000).toISOString()
  const config = configFor(simulator, { start_date, window_days: 10, concurrency: 1 })
  const sync = { config, catalog: catalogOf(['calls']) }
  const broken = await read({
    ...sync,
    onLine: (line, kill) => line.includes('"type":"STATE"') && kill('SIGKILL'),
  })
  assert.equal(broken.signal, 'SIGKILL')
  const resumed = await read({ ...sync, state: lastStates(broken).slice(0, 1) })
  const all = await idsOf(simulator, 'calls')
  const came = new Set(
    [...recordsOf(broken, 'calls'), ...recordsOf(resumed, 'calls')].map(record => record.id),
  )
  assert.deepEqual(
    all.filter(id => !came.has(id)),
    [],
  )
  assert.ok(recordsOf(resumed, 'calls').length < all.length * 0.95, 'closed windows are not read again')
  const afresh = await read({ ...sync, state: lastStates(resumed) })
  assert.equal(recordsOf(afresh, 'calls').length, all.length)
})

function cursorOf(ended: Awaited<ReturnType<typeof read>>): string {
  return statesOf(ended, 'calls').at(-1).stream.stream_state.cursor
}
