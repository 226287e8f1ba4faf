import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { Printed } from '../harness/program.ts'
import { errorsOf, recordsOf, statesOf, storyOf } from '../harness/sync.ts'
import { run } from './connector.ts'
import { expectedLines, still } from './expected.ts'
import { configOf, discover, EMPTY, fixture, read } from './fixtures.ts'
import { startWorld } from './world.ts'

const EXPECTED = new URL('expected_records.jsonl', import.meta.url)

describe('a full refresh of every stream', async () => {
  await using simulator = await startWorld()
  const config = await configOf(simulator)
  const streams = (await discover(config)).filter(one => !EMPTY.includes(one.name))
  const first = await read({ config, streams, mode: 'full_refresh' })
  const second = await read({ config, streams, mode: 'full_refresh' })

  test('ends well, and says nothing but protocol messages', () => {
    assert.deepEqual([first.code, second.code], [0, 0], first.stderr)
    const known = ['RECORD', 'STATE', 'TRACE', 'LOG']
    assert.deepEqual(
      first.messages.filter(one => !known.includes(one.type)),
      [],
    )
  })

  for (const stream of streams) {
    test(`gives records of ${stream.name} that keep to its schema, with no undeclared column`, () => {
      assertRecords(stream, recordsOf(first, stream.name))
    })
    test(`tells of ${stream.name} that it started, ran and completed, with states that count its records`, () => {
      const statuses = storyOf(first, stream.name).filter(one => one !== 'record' && one !== 'STATE')
      assert.deepEqual(statuses, ['STARTED', 'RUNNING', 'COMPLETE'])
      assertStates(statesOf(first, stream.name), recordsOf(first, stream.name).length)
    })
    test(`gives all records of ${stream.name} again the second time, emitted later`, () => {
      assertSame(recordsOf(first, stream.name), recordsOf(second, stream.name))
      const times = (ended: typeof first) =>
        ended.messages.flatMap(one => (one.record?.stream === stream.name ? [one.record.emitted_at] : []))
      assert.ok(Math.max(...times(first)) < Math.min(...times(second)))
    })
  }

  test('gives the committed records', () => {
    const lines = expectedLines(
      first,
      streams.map(({ name }) => name),
    )
    const expected = readFileSync(EXPECTED, 'utf8').trimEnd().split('\n')
    assert.deepEqual(without(expected, lines), [], 'missing')
    assert.deepEqual(without(lines, expected), [], 'not expected; npm run generate writes them')
  })
})

test('a catalog that makes no sense is an error that is traced, with a non-zero exit code', async () => {
  await using simulator = await startWorld()
  const stream = { name: '__AIRBYTE__stream_that_does_not_exist', json_schema: {}, supported_sync_modes: [] }
  const catalog = { streams: [{ stream, sync_mode: 'INVALID', destination_sync_mode: 'INVALID' }] }
  const files = { 'config.json': await configOf(simulator), 'catalog.json': catalog }
  const ended = await run(['read', '--config', 'config.json', '--catalog', 'catalog.json'], files)
  assert.deepEqual([ended.code, errorsOf(ended).length], [1, 1])
})

test('check says one thing: SUCCEEDED, FAILED, or an error when nothing can be said', async () => {
  await using simulator = await startWorld()
  const check = async (config: object) =>
    (await run(['check', '--config', 'c.json'], { 'c.json': config })).messages
  const verdicts = async (name: string) => {
    const messages = await check(await configOf(simulator, name))
    return messages
      .filter(one => one.type !== 'LOG')
      .map(one => one.connectionStatus?.status ?? one.trace?.type)
  }
  assert.deepEqual(await verdicts('config.json'), ['SUCCEEDED'])
  assert.deepEqual(await verdicts('config_access_token.json'), ['SUCCEEDED'])
  assert.deepEqual(await verdicts('invalid_config.json'), ['FAILED'])
  const unreachable = await check(await fixture('unreachable_config.json'))
  assert.deepEqual(
    unreachable.filter(one => one.type !== 'LOG').map(one => one.trace?.type),
    ['ERROR'],
  )
})

function assertRecords(stream: Printed, records: readonly Printed[]): void {
  assert.ok(records.length > 0)
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  const isValid = ajv.compile({ ...stream.json_schema, additionalProperties: false })
  const key: string[] = stream.source_defined_primary_key.flat()
  for (const record of records) {
    assert.ok(key.some(part => (record[part] ?? undefined) !== undefined))
    assert.ok(isValid(record), JSON.stringify({ errors: isValid.errors, record }))
  }
}

function assertStates(states: readonly Printed[], records: number): void {
  assert.ok(states.length > 0)
  assert.deepEqual([...new Set(states.map(one => one.type))], ['STREAM'])
  assert.equal(
    states.reduce((sum, one) => sum + one.sourceStats.recordCount, 0),
    records,
  )
}

function assertSame(first: readonly Printed[], second: readonly Printed[]): void {
  const again = new Set(second.map(record => JSON.stringify(still(record))))
  const texts = first.map(record => JSON.stringify(still(record)))
  assert.deepEqual(
    texts.filter(text => !again.has(text)),
    [],
  )
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter(one => !others.includes(one))
}
