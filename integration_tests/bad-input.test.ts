import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../simulator/server.ts'
import { runProgram } from './harness/program.ts'
import { catalogOf, configFor, errorsOf, read, recordsOf } from './harness/sync.ts'

const login = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }

const CONFIGS = [
  ['is not JSON', '{"credentials": ', /^The config file config.json is not JSON/],
  ['is a list', [], /^The config must be a JSON object; it is a list\./],
  [
    'lacks its credentials',
    {},
    /^The config is not valid\. The config needs credentials, which is missing\./,
  ],
  [
    'names no kind of credentials',
    { credentials: {} },
    /credentials needs auth_type, one of password, client_credentials, refresh_token/,
  ],
  [
    'misspells a needed field',
    { credentials: { auth_type: 'password', username: 'a', pasword: 'b' } },
    /credentials needs password, which is missing\. credentials\.pasword is not a known field; did you mean password\?/,
  ],
  [
    'has a number as text',
    { credentials: login, concurrency: 'many' },
    /concurrency must be an integer; it is text\./,
  ],
  [
    'has a day that is none',
    { credentials: login, start_date: 'May 1st' },
    /start_date must look like YYYY-MM-DD.*"May 1st"/,
  ],
] as const

for (const [says, config, message] of CONFIGS) {
  test(`a config that ${says} is a config_error`, async () => {
    const files = { 'config.json': config }
    const ended = await runProgram(['discover', '--config', 'config.json'], { files })
    assert.deepEqual(
      errorsOf(ended).map(error => error.failure_type),
      ['config_error'],
    )
    assert.match(errorsOf(ended)[0].message, message)
    assert.equal(ended.code, 1)
  })
}

test('a misspelt field that is not needed is remarked upon, and does not stop anything', async () => {
  const files = { 'config.txt': { credentials: login, strat_date: '2026-01-01' } }
  const ended = await runProgram(['discover', '--config', 'config.txt'], { files })
  assert.equal(ended.code, 0)
  assert.match(ended.stdout, /strat_date is not a known field; did you mean start_date\?/)
})

const CATALOGS = [
  ['is what discover printed', { type: 'CATALOG', catalog: { streams: [] } }, /discover/],
  [
    'has an unknown sync mode',
    {
      streams: [
        {
          stream: { name: 'agents', json_schema: {}, supported_sync_modes: ['full_refresh'] },
          sync_mode: 'fast',
          destination_sync_mode: 'append',
        },
      ],
    },
    /sync_mode is "fast"; expected one of full_refresh, incremental/,
  ],
] as const

for (const [says, catalog, message] of CATALOGS) {
  test(`a catalog that ${says} is a config_error`, async () => {
    await using simulator = await startSimulator()
    const ended = await read({ config: configFor(simulator), catalog })
    assert.deepEqual(
      errorsOf(ended).map(error => error.failure_type),
      ['config_error'],
    )
    assert.match(errorsOf(ended)[0].message, message)
    assert.equal(ended.code, 1)
  })
}

const stateOf = (stream: string, stream_state: unknown) => [
  { type: 'STREAM', stream: { stream_descriptor: { name: stream }, stream_state } },
]

test('a catalog that asks for increments of a stream that has none gets all of it, with a warning', async () => {
  await using simulator = await startSimulator({ agents: 7 })
  const ended = await read({ config: configFor(simulator), catalog: catalogOf(['agents'], 'incremental') })
  assert.equal(ended.code, 0)
  assert.equal(recordsOf(ended, 'agents').length, 7)
  assert.match(ended.stdout, /agents: the catalog asks for it incrementally, but .* it is read whole/)
})

const STATES = [
  ['is text', '"yesterday"', /state/],
  [
    'has a cursor that is no time',
    stateOf('calls', { version: 1, cursor: 'soon' }),
    /^The saved state of stream calls cannot be used: cursor must be a time/,
  ],
  [
    'comes from a later version',
    stateOf('calls', { version: 9 }),
    /version is 9; this connector writes version 2/,
  ],
] as const

for (const [says, state, message] of STATES) {
  test(`a state that ${says} is a config_error`, async () => {
    await using simulator = await startSimulator({ calls: 10 })
    const ended = await read({
      config: configFor(simulator),
      catalog: catalogOf(['calls'], 'incremental'),
      state,
    })
    assert.deepEqual(
      errorsOf(ended).map(error => error.failure_type),
      ['config_error'],
    )
    assert.match(errorsOf(ended)[0].message, message)
    assert.equal(ended.code, 1)
  })
}

test('a state of a stream that no longer exists does not fail, nor does an empty one', async () => {
  await using simulator = await startSimulator({ calls: 10 })
  for (const state of [stateOf('faxes', { version: 1 }), [], {}]) {
    const ended = await read({
      config: configFor(simulator),
      catalog: catalogOf(['calls'], 'incremental'),
      state,
    })
    assert.equal(ended.code, 0, ended.stdout)
    assert.equal(recordsOf(ended, 'calls').length, 10)
  }
})

const BODIES = [
  ['an HTML page', 'html:1@/api', 'transient_error', /is not usable: it is an HTML page, not JSON/],
  ['truncated JSON', 'truncated:1@/api', 'transient_error', /is not usable: its JSON is cut off or broken/],
  [
    'a record list that is no list',
    'not-a-list@/api',
    'system_error',
    /with an object in "items", where a list of records was expected/,
  ],
] as const

for (const [says, faults, failure, message] of BODIES) {
  test(`an answer that is ${says} is a ${failure}`, async () => {
    await using simulator = await startSimulator({ faults })
    const ended = await read({ config: configFor(simulator), catalog: catalogOf(['queues']) })
    assert.deepEqual(
      errorsOf(ended).map(error => error.failure_type),
      [failure],
    )
    assert.match(errorsOf(ended)[0].message, message)
    assert.equal(ended.code, 1)
  })
}
