import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../simulator/server.ts'
import type { Printed } from './harness/program.ts'
import { catalogOf, configFor, errorsOf, read, recordsOf, storyOf } from './harness/sync.ts'

const SAVE_ALWAYS = { SOURCE_BABELFORCE_SAVE_EVERY_MS: '0' }

test('a stream that waits for a rate limit says so, sends its state again, and is running with the next record', async () => {
  await using simulator = await startSimulator({
    agents: 30,
    faults: 'every-429:2@/api/v2/agents,retry-after:1',
  })
  const config = configFor(simulator, { page_size: 20, concurrency: 1 })
  const ended = await read({ config, catalog: catalogOf(['agents']), env: SAVE_ALWAYS })
  assert.equal(ended.code, 0)
  assert.equal(recordsOf(ended, 'agents').length, 30)
  assert.deepEqual(storyOf(ended, 'agents'), [
    ...['STARTED', 'RUNNING', 'record'],
    ...['RUNNING', 'STATE', 'RUNNING', 'record'],
    ...['STATE', 'COMPLETE'],
  ])
  const [limited, ...others] = ended.messages.map(reasonsOf).filter(reasons => reasons !== undefined)
  assert.deepEqual(others, [])
  assert.equal(limited.length, 1)
  assert.equal(limited[0].type, 'RATE_LIMITED')
  assert.ok(Math.abs(limited[0].rate_limited.quota_reset - Date.now()) < 10_000)
})

test('a wait beyond all patience ends the stream at once, to be tried again later', async () => {
  await using simulator = await startSimulator({
    faults: 'every-429:1@/api/v2/agents,retry-after:absurd',
  })
  const startedAt = Date.now()
  const ended = await read({ config: configFor(simulator), catalog: catalogOf(['agents', 'queues']) })
  assert.equal(ended.code, 1)
  assert.ok(Date.now() - startedAt < 10_000)
  assert.deepEqual(storyOf(ended, 'agents'), ['STARTED', 'transient_error', 'INCOMPLETE'])
  assert.equal(storyOf(ended, 'queues').at(-1), 'COMPLETE')
  assert.match(errorsOf(ended)[0].message, /^Babelforce limits the rate of requests \(429/)
})

test('a state leaves the process when it is sent, not when more output has gathered', async () => {
  await using simulator = await startSimulator({ calls: 40, days: 7, latencyMs: 150 })
  const start_date = new Date(Date.now() - 8 * 86_400_000).toISOString()
  const config = configFor(simulator, { start_date, page_size: 5, concurrency: 1, window_days: 2 })
  const sync = { config, catalog: catalogOf(['calls'], 'incremental'), env: SAVE_ALWAYS }
  const states: number[] = []
  await read({
    ...sync,
    onLine: line => {
      if (line.includes('"type":"STATE"')) states.push(Date.now())
    },
  })
  assert.ok((states.at(-1) ?? 0) - (states[0] ?? 0) > 500)
})

function reasonsOf({ trace }: Printed): Printed {
  return trace?.stream_status?.reasons
}
