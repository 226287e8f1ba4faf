import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCustomStreams } from '../../src/custom/custom-streams.ts'
import type { JsonObject } from '../../src/json.ts'
import { STREAMS } from '../../src/streams/index.ts'
import { fieldsOf } from '../config/schema.ts'
import { readEndpoints, TOUCHES } from '../endpoints/endpoints.ts'
import { MOMENTS, macrosOf } from '../endpoints/macros.ts'
import { connectionParts } from '../endpoints/places.ts'

const OFFERED = STREAMS.filter(def => def.hidden !== true)

test('every field of the spec has its place: the connection, the streams that it touches, or an endpoint of one’s own', () => {
  const connection = connectionParts({ touches: TOUCHES })
  const placeOf = (field: string) => {
    const [part = ''] = field.split('.')
    const places = [
      connection.includes(part) ? 'connection' : undefined,
      field in TOUCHES ? 'streams' : undefined,
      ['custom_streams', 'lookups'].includes(part) ? 'own' : undefined,
    ]
    return places.filter(place => place !== undefined)
  }
  const wrong = fieldsOf().filter(field => placeOf(field).length !== 1)
  assert.deepEqual(wrong, [])
  assert.ok(fieldsOf().length > 60)
})

test('every stream has its place in the list, with its template and its description', async () => {
  const endpoints = await readEndpoints()
  assert.deepEqual(
    endpoints.map(({ name, template }) => [name, template]),
    OFFERED.map(({ name, template }) => [name, template]),
  )
  for (const { name, description, paths } of endpoints) {
    assert.ok(description.length > 10, name)
    assert.ok(paths.length > 0, name)
  }
  assert.equal(endpoints.filter(({ template }) => template !== undefined).length, 32)
})

test('a stream that one setting touches has it, and no other stream does', () => {
  assert.deepEqual(TOUCHES['filters.source_id'], ['agents'])
  assert.deepEqual(TOUCHES['ids.agents'], ['agent_details'])
  assert.ok(TOUCHES['start_date']?.includes('calls'))
  assert.ok(!TOUCHES['start_date']?.includes('agents'))
  assert.deepEqual(TOUCHES['agent_sync.path'], ['agent_sync'])
})

const LOOKUPS = [
  { name: 'l', source: { type: 'csv', csv: 'id,country\nl1,de' } },
  { name: 'j', source: { type: 'json', json: '[{"code": "a"}]' } },
  { name: 's', source: { type: 'stream', stream: 'queues' } },
  { name: 'broken', source: { type: 'json', json: '{' } },
  { name: 'unused', source: { type: 'values', column: 'x', values: ['1'] } },
]

test('the macros that are offered are those that compile: moments, fields of the parent, columns of the chosen lookups', async () => {
  const stream = { name: 'own', url: '/x', parent: 'agents', lookups: ['l', 'j', 's', 'broken'] }
  const config = { custom_streams: [stream], lookups: LOOKUPS } as unknown as JsonObject
  const macros = await macrosOf(config, 0)
  assert.deepEqual(macros.slice(0, MOMENTS.length), MOMENTS)
  for (const name of ['parent.id', 'parent.name', 'l.id', 'l.country', 'j.code', 's.id'])
    assert.ok(macros.includes(name), name)
  assert.ok(!macros.some(name => name.startsWith('unused.') || name.startsWith('broken.')))
  assert.deepEqual(await macrosOf(config, 7), MOMENTS)
  const url = `/x?${macros.map((name, at) => `p${at}={${name}}`).join('&')}`
  const lookups = LOOKUPS.filter(({ name }) => ['l', 'j', 's'].includes(name))
  const own = { ...stream, url, lookups: ['l', 'j', 's'] }
  const { problems } = await compileCustomStreams({ custom_streams: [own], lookups } as never, {
    origin: 'https://services.babelforce.com',
    settings: { nowMs: Date.parse('2026-01-02'), startMs: 0, endMs: 1 },
    builtIn: new Set(['agents', 'queues']),
    parents: new Set(['agents', 'queues']),
    fieldsOf: () => undefined,
  })
  assert.deepEqual([...problems], [])
})
