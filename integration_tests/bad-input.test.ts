import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../simulator/server.ts'
import { BODIES, CATALOGS, CONFIGS, STATES, stateOf } from './harness/bad-input.ts'
import { runProgram } from './harness/program.ts'
import { catalogOf, configFor, errorsOf, read, recordsOf } from './harness/sync.ts'

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
  const files = {
    'config.txt': { credentials: { auth_type: 'bearer', bearer_token: 'x' }, strat_date: '2026-01-01' },
  }
  const ended = await runProgram(['discover', '--config', 'config.txt'], { files })
  assert.equal(ended.code, 0)
  assert.match(ended.stdout, /strat_date is not a known field; did you mean start_date\?/)
})

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

test('a catalog that asks for increments of a stream that has none gets all of it, with a warning', async () => {
  await using simulator = await startSimulator({ agents: 7 })
  const ended = await read({ config: configFor(simulator), catalog: catalogOf(['agents'], 'incremental') })
  assert.equal(ended.code, 0)
  assert.equal(recordsOf(ended, 'agents').length, 7)
  assert.match(ended.stdout, /agents: the catalog asks for it incrementally, but .* it is read whole/)
})

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

for (const [says, faults, failure, message] of BODIES) {
  test(`an answer that is ${says} is a ${failure}`, async () => {
    await using simulator = await startSimulator({ faults })
    const ended = await read({
      config: configFor(simulator),
      catalog: catalogOf(['queues']),
      env: { SOURCE_BABELFORCE_PATIENCE: '0.01' },
    })
    assert.deepEqual(
      errorsOf(ended).map(error => error.failure_type),
      [failure],
    )
    assert.match(errorsOf(ended)[0].message, message)
    assert.equal(ended.code, 1)
  })
}
