import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Simulator, startSimulator } from '../simulator/server.ts'
import { STREAMS } from '../src/streams/index.ts'
import { type Ended, type Printed, runProgram } from './harness/program.ts'
import { advance, catalogOf, configFor, lastStates, read, recordsOf, statsOf } from './harness/sync.ts'

/** A first load of months that several runs share, as docs/state.md describes it. */
const DAY_MS = 86_400_000
const START = new Date(Date.now() - 130 * DAY_MS).toISOString().slice(0, 10)

async function plan(args: readonly string[], files: Readonly<Record<string, unknown>> = {}) {
  const ended = await runProgram(['plan', '--months', ...args], { files })
  assert.equal(ended.code, 0, ended.stderr)
  return { ...ended, planned: JSON.parse(ended.stdout) as Printed }
}

async function merge(states: readonly unknown[]) {
  const files = Object.fromEntries(states.map((state, index) => [`${index}.json`, state]))
  return runProgram(['state', 'merge', ...Object.keys(files)], { files })
}

/** How many requests each path had during this work, and what came of it. */
async function counted<T>(simulator: Simulator, work: () => Promise<T>) {
  await fetch(`${simulator.url}/__stats/reset`, { method: 'POST' })
  const result = await work()
  return { result, asked: (await statsOf(simulator)).requests }
}

/** The keys of a stream's records in these runs, each once. */
function keysOf(runs: readonly Ended[], stream: string): string[] {
  const { primaryKey } = STREAMS.find(({ name }) => name === stream) ?? assert.fail(stream)
  const records = runs.flatMap(run => recordsOf(run, stream))
  return [...new Set(records.map(record => JSON.stringify(primaryKey.map(field => record[field]))))].sort()
}

test('a first load that runs share month by month is gone on with as if one run had read it', async () => {
  await using simulator = await startSimulator({ calls: 400, agents: 12, days: 120 })
  const { planned } = await plan(['--start-date', START])
  assert.ok(planned.ranges.length >= 3)
  const catalog = catalogOf(planned.streams, 'incremental')
  const config = configFor(simulator, { start_date: START })
  const runs = []
  for (const range of planned.ranges) runs.push(await read({ config: { ...config, ...range }, catalog }))
  const last = planned.ranges.at(-1)
  const whole = await read({ config: { ...config, end_date: last.end_date }, catalog })
  for (const run of [...runs, whole]) assert.equal(run.code, 0, run.stdout)
  const merged = await merge(runs.map(({ stdout }) => stdout).toReversed())
  assert.equal(merged.code, 0, merged.stderr)

  await advance(simulator, 'calls=15')
  const now = { ...config, end_date: new Date().toISOString() }
  const shared = await counted(simulator, () =>
    read({ config: now, catalog, state: JSON.parse(merged.stdout) }),
  )
  const alone = await counted(simulator, () => read({ config: now, catalog, state: lastStates(whole) }))
  assert.equal(shared.result.code, 0, shared.result.stdout)
  assert.deepEqual(shared.asked, alone.asked, 'it asks for what is new, and for nothing else')
  for (const stream of planned.streams) {
    const parts = keysOf([...runs, shared.result], stream)
    const all = keysOf([whole, alone.result], stream)
    assert.deepEqual(parts, all, stream)
    assert.ok(all.length > 0, stream)
  }
})

test('a plan needs no credentials, and prints none', async () => {
  const secret = 'b4rely-a-s3cret'
  const config = {
    start_date: '2024-11-15T08:00:00Z',
    end_date: '2025-02-01T00:00:00Z',
    credentials: { auth_type: 'bearer', bearer_token: secret },
    metrics: { interval: 'none' },
    custom_streams: [
      {
        name: 'tickets',
        url: '/api/v2/tickets?from={window.start}&to={window.end}',
        data_path: '$.items',
        primary_key: ['id'],
        cursor_field: 'created',
      },
      { name: 'notes', url: '/api/v2/notes', data_path: '$.items' },
    ],
  }
  const { credentials: _, ...without } = config
  const expected = [
    { start_date: '2024-11-15T08:00:00Z', end_date: '2024-12-01T00:00:00Z' },
    { start_date: '2024-12-01T00:00:00Z', end_date: '2025-01-01T00:00:00Z' },
    { start_date: '2025-01-01T00:00:00Z', end_date: '2025-02-01T00:00:00Z' },
  ]
  for (const given of [config, without]) {
    const { planned, stdout, stderr } = await plan(['--config', 'c.json'], { 'c.json': given })
    assert.deepEqual(planned.ranges, expected)
    assert.ok(!`${stdout}${stderr}`.includes(secret))
    assert.ok(planned.streams.includes('tickets') && planned.streams.includes('calls'))
    for (const other of ['notes', 'agents', 'total_calls']) assert.ok(!planned.streams.includes(other), other)
  }
})

test('dates on the command line come before those of the config', async () => {
  const { planned } = await plan(
    ['--config', 'c.json', '--start-date', '2025-01-31', '--end-date', '2025-02-02'],
    {
      'c.json': { start_date: '2020-01-01', end_date: '2021-01-01' },
    },
  )
  assert.deepEqual(planned.ranges, [
    { start_date: '2025-01-31T00:00:00Z', end_date: '2025-02-01T00:00:00Z' },
    { start_date: '2025-02-01T00:00:00Z', end_date: '2025-02-02T00:00:00Z' },
  ])
})

test('a plan says which date is wrong', async () => {
  const ended = await runProgram(['plan', '--months', '--start-date', 'May 1st'])
  assert.equal(ended.code, 1)
  assert.match(ended.stderr, /start_date must look like YYYY-MM-DDTHH:MM:SSZ.*"May 1st"/)
})

const stateOf = (name: string, more: object = {}) => ({
  type: 'STREAM',
  stream: {
    stream_descriptor: { name },
    stream_state: { version: 2, made_for: { sync_mode: 'incremental' }, ...more },
  },
})
const JAN = { closed: [['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.001Z']] }
const FEB = { closed: [['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.001Z']] }

test('what is printed can be merged again', async () => {
  const messages = [{ type: 'STATE', state: stateOf('calls', JAN) }]
  const first = await merge([messages, [stateOf('calls', FEB)]])
  const again = await merge([JSON.parse(first.stdout), messages])
  assert.equal(again.stdout, first.stdout)
  const closed = [...JAN.closed, ...FEB.closed]
  assert.deepEqual(JSON.parse(first.stdout), [
    stateOf('calls', { cursor: '2026-03-01T00:00:00.001Z', closed }),
  ])
})

const refused: readonly { says: string; states: readonly unknown[]; stderr: RegExp }[] = [
  {
    says: 'one file',
    states: [[stateOf('calls')]],
    stderr: /^Name at least two different files with states to merge\.\n$/,
  },
  {
    says: 'states of other streams',
    states: [[stateOf('calls'), stateOf('call_records')], [stateOf('calls')]],
    stderr:
      /^0\.json has states that 1\.json lacks: call_records\. Merge only states of runs that read the same streams\.\n$/,
  },
  {
    says: 'states that more streams have',
    states: [[stateOf('calls')], [stateOf('calls'), stateOf('agent_logs')]],
    stderr: /^1\.json has states that 0\.json lacks: agent_logs\./,
  },
  {
    says: 'states made for another config',
    states: [
      [stateOf('calls')],
      [stateOf('calls', { made_for: { sync_mode: 'incremental', queue_id: 'q' } })],
    ],
    stderr: /^The states of stream calls were made for different configs; what differs: queue_id\./,
  },
  {
    says: 'a state of version 1',
    states: [[stateOf('calls')], [stateOf('calls', { version: 1 })]],
    stderr: /^A state of stream calls is of version 1, and only those of version 2 can be merged\./,
  },
  {
    says: 'a legacy state',
    states: [[stateOf('calls')], { type: 'LEGACY', data: { calls: {} } }],
    stderr: /^1\.json holds a state of another kind than STREAM/,
  },
  {
    says: 'a file without a state',
    states: [[stateOf('calls')], []],
    stderr: /^1\.json holds no state\. Leave it out\.\n$/,
  },
  {
    says: 'what is no state',
    states: [[stateOf('calls')], { calls: 1 }],
    stderr: /^1\.json holds no list of STREAM states\./,
  },
]

for (const { says, states, stderr } of refused) {
  test(`${says} cannot be merged`, async () => {
    const ended = await merge(states)
    assert.deepEqual([ended.code, ended.stdout], [1, ''])
    assert.match(ended.stderr, stderr)
  })
}
