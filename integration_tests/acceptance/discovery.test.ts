import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import type { Printed } from '../harness/program.ts'
import { released, streamBreaks } from './compatible.ts'
import { configOf, discover, EMPTY, fixture } from './fixtures.ts'
import { partsOf, typesOf } from './schema.ts'

const BANNED = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not']

describe('the catalog', async () => {
  const streams = await discover(await configOf({ url: 'http://127.0.0.1:1' }))
  const everyPart = streams.flatMap(({ name, json_schema }) =>
    [...partsOf(json_schema)].map(part => ({ ...part, at: `${name}${part.at}` })),
  )
  const wrong = (isWrong: (schema: Printed) => boolean) =>
    everyPart.filter(({ schema }) => isWrong(schema)).map(({ at }) => at)

  test('has no name twice, and every stream a sync mode and columns', () => {
    assert.equal(new Set(streams.map(one => one.name)).size, streams.length)
    assert.deepEqual(
      streams.filter(
        one => one.supported_sync_modes.length === 0 || Object.keys(one.json_schema.properties).length === 0,
      ),
      [],
    )
  })

  test('has schemas of draft 7 that Airbyte can read', () => {
    const ajv = new Ajv({ strict: false })
    for (const { json_schema } of streams) assert.ok(ajv.validateSchema(json_schema))
    assert.deepEqual(
      wrong(schema => BANNED.some(keyword => keyword in schema)),
      [],
    )
    assert.deepEqual(
      wrong(schema => schema.additionalProperties === false),
      [],
    )
    assert.deepEqual(
      wrong(schema => schema.properties !== undefined && !typesOf(schema).includes('object')),
      [],
    )
    assert.deepEqual(
      wrong(schema => schema.airbyte_type !== undefined && schema.format === undefined),
      [],
    )
  })

  test('has keys and cursors that are columns, and keys that are plain values', () => {
    for (const { name, json_schema, source_defined_primary_key, default_cursor_field = [] } of streams) {
      const named = [...source_defined_primary_key.flat(), ...default_cursor_field]
      for (const column of named) {
        const types = typesOf(json_schema.properties[column] ?? {})
        assert.ok(types.length > 0, `${name}.${column} is a column`)
        assert.ok(!types.includes('object') && !types.includes('array'), `${name}.${column} is plain`)
      }
    }
  })

  test('keeps what connections made with the last release rest on', async () => {
    const before = await fixture('released/catalog.json')
    const after = new Map(streams.map(stream => [stream.name, released(stream)]))
    assert.deepEqual(
      Object.keys(before).flatMap(name => streamBreaks(name, before[name], after.get(name))),
      [],
    )
  })

  test('is covered by the committed catalogs and states, stream by stream', async () => {
    const names = streams.map(one => one.name).filter(name => !EMPTY.includes(name))
    const moving = streams
      .filter(one => one.supported_sync_modes.includes('incremental'))
      .map(one => one.name)
    const inCatalog = async (file: string) =>
      (await fixture(file)).streams.map((one: Printed) => one.stream.name)
    const inState = async (file: string) =>
      (await fixture(file)).map((one: Printed) => one.stream.stream_descriptor.name)
    assert.deepEqual((await inCatalog('configured_catalog.json')).toSorted(), names.toSorted())
    assert.deepEqual((await inCatalog('incremental_catalog.json')).toSorted(), moving.toSorted())
    for (const file of ['sample_state.json', 'future_state.json'])
      assert.deepEqual((await inState(file)).toSorted(), moving.toSorted())
  })
})
