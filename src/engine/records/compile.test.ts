import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../json.ts'
import { byTime, type StreamDef } from '../stream/definition.ts'
import { things } from '../testing.ts'
import { compileStream, judgedFields } from './compile.ts'

const schema: JsonObject = {
  properties: { id: { type: 'string' }, on: { type: 'boolean' }, to: { type: 'object' } },
}

const rows: { says: string; def: Partial<StreamDef>; filtered?: boolean; out: boolean }[] = [
  { says: 'a stream whose records are left as they are', def: {}, out: true },
  { says: 'a stream that repairs what does not fit', def: { repair: record => record }, out: true },
  { says: 'a stream that adapts its records', def: { adapt: record => record }, out: false },
  { says: 'a stream that explodes them', def: { explode: record => [record] }, out: false },
  { says: 'a stream that wraps them', def: { wrapScalarAs: 'id' }, out: false },
  // Bug: such records passed unread, and a wrong span of time with them.
  {
    says: 'a stream whose answers say which time they speak of',
    def: { checkWindow: () => ({}) },
    out: false,
  },
  { says: 'a stream that is filtered here', def: {}, filtered: true, out: false },
]

for (const row of rows) {
  test(`the records of ${row.says} ${row.out ? 'may' : 'may not'} pass as bytes`, () => {
    assert.equal(compileStream(things(row.def), schema, row.filtered ?? false).scan !== undefined, row.out)
  })
}

test('records are judged by their key, their time and the name of their parent', () => {
  const parent = { stream: 'lists', field: 'id', as: 'list_id', stamp: 'listId' }
  assert.deepEqual(judgedFields(things()), { key: ['id'], time: undefined, parent: undefined })
  assert.deepEqual(judgedFields(things({ primaryKey: ['a', 'b'], incremental: byTime('at'), parent })), {
    key: ['a', 'b'],
    time: 'at',
    parent: 'listId',
  })
})

test('only a record that does not fit is repaired', () => {
  const repaired: JsonObject[] = []
  const repair = (record: JsonObject) => {
    repaired.push(record)
    const { on, ...rest } = record
    return { ...rest, to: on }
  }
  const { fit } = compileStream(things({ repair }), schema, false)
  assert.deepEqual(fit({ id: 'a', on: true }), { data: { id: 'a', on: true }, misfits: [] })
  assert.deepEqual(fit({ id: 'b', on: { id: 'c' } }), { data: { id: 'b', to: { id: 'c' } }, misfits: [] })
  assert.deepEqual(repaired, [{ id: 'b', on: { id: 'c' } }])
})

test('what repairing does not help stays a misfit', () => {
  const { fit } = compileStream(things({ repair: record => record }), schema, false)
  assert.deepEqual(fit({ on: 1 }), { data: { on: null, additional_fields: { on: 1 } }, misfits: ['on'] })
})
