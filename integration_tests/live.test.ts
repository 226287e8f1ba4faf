import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../simulator/server.ts'
import type { Ended } from './harness/program.ts'
import { advance, catalogOf, configFor, idsOf, lastStates, read, recordsOf, storyOf } from './harness/sync.ts'

const STREAMS = [
  'agents',
  'agent_details',
  'agent_status',
  'outbound_lists',
  'outbound_leads',
  'queue_details',
  'queues',
]

const linesOf = ({ messages }: Ended, stream: string) =>
  messages
    .filter(one => one.type === 'LOG' && one.log.message.startsWith(`${stream}:`))
    .map(one => one.log.message)

test('parents that vanish between their list and their own request are counted, and the sync is complete', async () => {
  await using simulator = await startSimulator({ agents: 30, faults: 'vanish:4' })
  const ended = await read({ config: configFor(simulator), catalog: catalogOf(STREAMS) })
  assert.equal(ended.code, 0, ended.stderr)
  for (const stream of STREAMS) assert.equal(storyOf(ended, stream).at(-1), 'COMPLETE', stream)
  assert.match(
    linesOf(ended, 'agent_details').join(),
    /[1-9]\d* parents? (was|were) gone when (it was|they were) asked for/,
  )
  assert.ok(recordsOf(ended, 'agent_details').length < 30)
})

test('agents removed and lists emptied between syncs are simply no longer there', async () => {
  await using simulator = await startSimulator({ agents: 30, lists: 5, leads: 120 })
  const sync = { config: configFor(simulator), catalog: catalogOf(STREAMS) }
  const first = await read(sync)
  await advance(simulator, 'agents=12&lists=2')
  const second = await read({ ...sync, state: lastStates(first) })
  assert.equal(second.code, 0)
  for (const stream of STREAMS) {
    if (stream === 'agent_status') continue
    const got = recordsOf(second, stream).map(record => record.id)
    assert.deepEqual(got.toSorted(), (await idsOf(simulator, stream)).toSorted(), stream)
  }
  assert.equal(recordsOf(second, 'agent_details').length, 18)
})

test('ids in the config are asked for as they are, hyphens and all, and the parent is not read', async () => {
  await using simulator = await startSimulator({ agents: 5, calls: 40 })
  const [id = ''] = await idsOf(simulator, 'agents')
  const hyphened = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const [call = ''] = await idsOf(simulator, 'call_records')
  const config = configFor(simulator, { ids: { agents: [hyphened, 'f'.repeat(32)], calls: [call] } })
  const ended = await read({ config, catalog: catalogOf(['agent_details', 'call_details']) })
  assert.equal(ended.code, 0, ended.stdout)
  assert.deepEqual(
    recordsOf(ended, 'agent_details').map(record => record.id),
    [id],
  )
  assert.deepEqual(
    recordsOf(ended, 'call_details').map(record => record.id),
    [call],
  )
  assert.match(linesOf(ended, 'agent_details').join(), /in 2 requests, .*1 parent was gone/)
})

test('filters narrow streams down, by the API where it can and by the connector where it cannot', async () => {
  await using simulator = await startSimulator({ agents: 20, calls: 300 })
  const all = await read({ config: configFor(simulator), catalog: catalogOf(['call_records', 'agents']) })
  const queue = recordsOf(all, 'call_records').find(record => record.bridged?.queueId)?.bridged.queueId
  const config = configFor(simulator, { filters: { queue_id: queue, enabled: 'false' } })
  const some = await read({ config, catalog: catalogOf(['call_records', 'agents']) })
  const owed = recordsOf(all, 'call_records')
    .filter(record => record.bridged?.queueId === queue)
    .map(record => record.id)
  assert.deepEqual(
    recordsOf(some, 'call_records')
      .map(record => record.id)
      .sort(),
    owed.sort(),
  )
  assert.ok(recordsOf(some, 'agents').every(record => record.enabled === false))
})

test('metrics can be asked for by agent, by the hour, or once for the whole time', async () => {
  await using simulator = await startSimulator({ agents: 4, calls: 200, days: 3 })
  const start_date = new Date(Date.now() - 2 * 86_400_000).toISOString()
  const totals = async (metrics: object) => {
    const ended = await read({
      config: configFor(simulator, { start_date, metrics }),
      catalog: catalogOf(['total_calls']),
    })
    assert.equal(ended.code, 0, ended.stdout)
    return recordsOf(ended, 'total_calls')
  }
  assert.equal(new Set((await totals({ by: 'agent' })).map(record => record.scope)).size, 4)
  const hours = await totals({ interval: 'hour' })
  assert.ok(
    hours.every(record => Date.parse(record.window_end) - Date.parse(record.window_start) === 3_600_000),
  )
  assert.equal((await totals({ interval: 'none' })).length, 1)
})

test('a metric that speaks of another time than was asked for stops the stream, rather than report wrong numbers', async () => {
  await using simulator = await startSimulator({ calls: 50, faults: 'ignore-metric-dates' })
  const ended = await read({ config: configFor(simulator), catalog: catalogOf(['total_calls']) })
  assert.equal(ended.code, 1)
  assert.match(ended.stdout, /though .* was asked for\. Rather than report wrong numbers, the stream stops/)
})
