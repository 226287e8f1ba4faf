import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { StreamDef } from '../src/engine/stream/definition.ts'
import { type Ended, type Printed, runProgram } from './harness/program.ts'
import {
  isAgents,
  isOver,
  OFFERED,
  servedStreams,
  startSmall,
  suiteConfig,
  WORLDS,
  worldKey,
} from './harness/standard.ts'
import { catalogOf, read, recordsOf, statesOf, statsOf, storyOf } from './harness/sync.ts'

/** The standard suite: what holds for every stream, in every world that has it. A new stream gets all of it. */
const TEMPLATES = OFFERED.filter(def => def.template !== undefined)
const passed = new Map<string, Set<string>>(WORLDS.map(world => [world, new Set()]))

for (const world of WORLDS) {
  describe(`in the ${world} world`, async () => {
    await using simulator = await startSmall(world)
    const served = await servedStreams(simulator)
    const streams = OFFERED.filter(def => served.has(def.name) && !isAgents(def))
    const names = streams.map(def => def.name)
    const config = suiteConfig(simulator)
    const whole = await read({ config, catalog: catalogOf(names) })
    const incremental = streams.filter(def => def.incremental !== undefined).map(def => def.name)
    const first = await read({ config, catalog: catalogOf(incremental, 'incremental') })
    const resumed = await read({
      config,
      catalog: catalogOf(incremental, 'incremental'),
      state: firstStates(first),
    })
    await using nothing = await startSmall(world, { calls: 0, agents: 0, lists: 0, queues: 0 })
    const empty = await read({ config: suiteConfig(nothing), catalog: catalogOf(names) })

    for (const def of streams) {
      const keys = (served.get(def.name) ?? []).filter(key => isOver(def, key))
      test(`${def.name} gives exactly the world's records`, () => {
        const got = new Set(recordsOf(whole, def.name).map(record => worldKey(def, record)))
        assert.deepEqual([...got].sort(), keys.toSorted())
        assertUnique(def, recordsOf(whole, def.name))
        passed.get(world)?.add(def.name)
      })
      test(`${def.name} tells its story in order, with counts that add up`, () => {
        assertStory(whole, def.name)
        assertStory(empty, def.name)
      })
      test(`${def.name} keeps to its schema, undeclared fields refused`, () => {
        assertSchema(def, recordsOf(whole, def.name))
      })
      if (def.incremental === undefined) continue
      test(`${def.name} loses nothing when it goes on from its first state`, () => {
        const states = statesOf(first, def.name)
        const before = recordsBefore(first, def.name, states[0])
        const got = new Set([...before, ...recordsOf(resumed, def.name)].map(record => worldKey(def, record)))
        assert.deepEqual(
          keys.filter(key => !got.has(key)),
          [],
        )
        assert.ok(
          cursorOf(statesOf(resumed, def.name)) >= cursorOf([states[0]]),
          'the cursor never moves back',
        )
      })
    }
  })
}

const isWhole = process.env['ONLY'] === undefined

for (const world of isWhole ? WORLDS : []) {
  test(`in the ${world} world the agent's own conference is read with an agent's credentials, and absent otherwise`, async () => {
    await using simulator = await startSmall(world)
    const credentials = { auth_type: 'password', username: 'agent@example.com', password: 'demo-password' }
    const catalog = catalogOf(['current_agent_conference'])
    const asAgent = await read({ config: suiteConfig(simulator, { credentials }), catalog })
    assert.equal(recordsOf(asAgent, 'current_agent_conference').length, 1)
    const asManager = await read({ config: suiteConfig(simulator), catalog })
    assert.deepEqual([recordsOf(asManager, 'current_agent_conference').length, asManager.code], [0, 0])
    passed.get(world)?.add('current_agent_conference')
  })

  test(`in the ${world} world agents are synchronized once per sync, only when switched on, and never twice`, async () => {
    await using simulator = await startSmall(world)
    const catalog = catalogOf(['agent_sync'])
    const on = await read({ config: suiteConfig(simulator), catalog })
    assert.equal(recordsOf(on, 'agent_sync').length, 1)
    assertSchema(findOffered('agent_sync'), recordsOf(on, 'agent_sync'))
    assert.equal((await statsOf(simulator)).syncs, 1)
    const off = await read({ config: suiteConfig(simulator, { agent_sync: {} }), catalog })
    assert.equal(off.code, 1)
    assert.equal((await statsOf(simulator)).syncs, 1)
    await using broken = await startSmall(world, { faults: 'status-503@/api/v2/env-sync' })
    const failed = await read({ config: suiteConfig(broken), catalog })
    assert.equal(failed.code, 1)
    assert.equal((await statsOf(broken)).requests['/api/v2/env-sync/agents'], 1)
    passed.get(world)?.add('agent_sync')
  })
}

test('every offered stream is served in at least one world, and every template is there', () => {
  const anywhere = new Set(WORLDS.flatMap(world => [...(passed.get(world) ?? [])]))
  const templates = TEMPLATES.filter(def => anywhere.has(def.name))
  const extras = OFFERED.filter(def => def.template === undefined)
  process.stdout.write(
    `${templates.length} of ${TEMPLATES.length} templates, ${extras.filter(def => anywhere.has(def.name)).length} of ` +
      `${extras.length} extra streams pass the standard suite\n`,
  )
  if (isWhole) assert.deepEqual([TEMPLATES.length, OFFERED.map(def => def.name)], [32, schemaNames()])
  assert.equal(templates.length, TEMPLATES.length)
  assert.deepEqual(
    extras.filter(def => !anywhere.has(def.name)).map(def => def.name),
    [],
  )
})

test('discover lists every stream with a valid schema, key and cursor, without a request', async () => {
  const files = { 'config.json': suiteConfig({ url: 'http://127.0.0.1:1' }) }
  const ended = await runProgram(['discover', '--config', 'config.json'], { files })
  const streams: Printed[] = ended.messages.find(one => one.type === 'CATALOG').catalog.streams
  assert.deepEqual(
    OFFERED.filter(def => !streams.some(one => one.name === def.name)),
    [],
  )
  for (const stream of streams) {
    new Ajv({ strict: false, formats: { 'date-time': true } }).compile(stream.json_schema)
    const columns = Object.keys(stream.json_schema.properties)
    const named = [...stream.source_defined_primary_key, stream.default_cursor_field ?? []].flat()
    assert.deepEqual(
      named.filter((name: string) => !columns.includes(name)),
      [],
      stream.name,
    )
    assert.ok(columns.includes('additional_fields'), stream.name)
    assert.ok(stream.source_defined_primary_key.length > 0, stream.name)
  }
})

/** The streams that have a schema, in alphabetical order: every one that is offered, and no other. */
function schemaNames(): string[] {
  const files = readdirSync(new URL('../schemas/', import.meta.url))
  return files.map(file => file.replace(/\.json$/, '')).toSorted()
}

function findOffered(name: string): StreamDef {
  const def = OFFERED.find(one => one.name === name)
  assert.ok(def, name)
  return def
}

function assertUnique(def: StreamDef, records: readonly Printed[]): void {
  const keys = records.map(record => def.primaryKey.map(part => String(record[part])).join('|'))
  assert.equal(new Set(keys).size, keys.length, 'a key came twice')
  assert.deepEqual(
    records.filter(record => def.primaryKey.some(part => record[part] === undefined)),
    [],
  )
}

function assertStory(ended: Ended, stream: string): void {
  const records = recordsOf(ended, stream)
  const story = storyOf(ended, stream).filter(chapter => chapter !== 'record' && chapter !== 'STATE')
  assert.deepEqual(story, records.length === 0 ? ['STARTED', 'COMPLETE'] : ['STARTED', 'RUNNING', 'COMPLETE'])
  const states = statesOf(ended, stream)
  assert.ok(states.length > 0, 'there is a state')
  assert.equal(
    states.reduce((sum, state) => sum + state.sourceStats.recordCount, 0),
    records.length,
  )
}

function assertSchema(def: StreamDef, records: readonly Printed[]): void {
  const schema = JSON.parse(readFileSync(new URL(`../schemas/${def.name}.json`, import.meta.url), 'utf8'))
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  const validate = ajv.compile({ ...schema, additionalProperties: false })
  for (const record of records)
    assert.ok(validate(record), JSON.stringify({ errors: validate.errors, record }))
}

/** The first state of each stream, as the platform would hand it to the next attempt. */
function firstStates({ messages }: Ended): Printed[] {
  const first = new Map<string, Printed>()
  for (const { type, state } of messages) {
    const name = type === 'STATE' ? state.stream.stream_descriptor.name : undefined
    if (name !== undefined && !first.has(name)) first.set(name, state)
  }
  return [...first.values()]
}

/** The records of a stream that were printed before a state of it. */
function recordsBefore({ messages }: Ended, stream: string, state: Printed): Printed[] {
  const end = messages.findIndex(one => one.state === state)
  return recordsOf({ messages: messages.slice(0, end) }, stream)
}

function cursorOf(states: readonly Printed[]): string {
  return states.at(-1)?.stream.stream_state.cursor ?? ''
}
