import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonObject } from '../../json.ts'
import { compileFit } from './fit-schema.ts'

const schema = {
  properties: {
    id: { type: 'string' },
    count: { type: ['null', 'integer'] },
    rate: { type: ['null', 'number'] },
    on: { type: ['null', 'boolean'] },
    tags: { type: ['null', 'array'] },
    owner: { type: ['null', 'object'] },
    at: { type: ['null', 'string'], format: 'date-time' },
    day: { type: ['null', 'string'], format: 'date' },
    either: { type: ['null', 'string', 'integer'] },
    any: {},
    additional_fields: { type: ['null', 'object'] },
  },
}
const shape = compileFit(schema)

test('a record that fits comes back as it is, not as a copy', () => {
  const record = { id: 'a', count: 1, rate: 1.5, on: false, tags: [], owner: {}, either: 'x', any: [1] }
  const { data, misfits } = shape(record)
  assert.equal(data, record)
  assert.deepEqual(misfits, [])
})

test('null fits every column', () => {
  const record = Object.fromEntries(Object.keys(schema.properties).map(name => [name, null]))
  assert.equal(shape(record).data, record)
})

const rest = (additional_fields: JsonObject) => ({ additional_fields })
const rows: { says: string; in: JsonObject; out: JsonObject; misfits: string[] }[] = [
  {
    says: 'an undeclared field goes to the rest',
    in: { id: 'a', new: 1 },
    out: { id: 'a', ...rest({ new: 1 }) },
    misfits: [],
  },
  {
    says: 'a text in a whole number',
    in: { count: '1' },
    out: { count: null, ...rest({ count: '1' }) },
    misfits: ['count'],
  },
  {
    says: 'a fraction in a whole number',
    in: { count: 1.5 },
    out: { count: null, ...rest({ count: 1.5 }) },
    misfits: ['count'],
  },
  { says: 'a number in a text', in: { id: 1 }, out: { id: null, ...rest({ id: 1 }) }, misfits: ['id'] },
  { says: 'a number in a switch', in: { on: 1 }, out: { on: null, ...rest({ on: 1 }) }, misfits: ['on'] },
  {
    says: 'a text in a day',
    in: { day: 'Monday' },
    out: { day: null, ...rest({ day: 'Monday' }) },
    misfits: ['day'],
  },
  {
    says: 'an object in a list',
    in: { tags: {} },
    out: { tags: null, ...rest({ tags: {} }) },
    misfits: ['tags'],
  },
  {
    says: 'a list in an object',
    in: { owner: [] },
    out: { owner: null, ...rest({ owner: [] }) },
    misfits: ['owner'],
  },
  {
    says: 'a day in a time',
    in: { at: '2024-05-01' },
    out: { at: null, ...rest({ at: '2024-05-01' }) },
    misfits: ['at'],
  },
  {
    says: 'a unix time in a time',
    in: { at: 1714564800 },
    out: { at: null, ...rest({ at: 1714564800 }) },
    misfits: ['at'],
  },
  {
    says: 'a switch where text or number may be',
    in: { either: true },
    out: { either: null, ...rest({ either: true }) },
    misfits: ['either'],
  },
  {
    says: 'fields are added to a rest that was there',
    in: { additional_fields: { old: 1 }, new: 2 },
    out: rest({ old: 1, new: 2 }),
    misfits: [],
  },
  {
    says: 'a rest that is no object goes into the rest',
    in: { additional_fields: 'x' },
    out: rest({ additional_fields: 'x' }),
    misfits: ['additional_fields'],
  },
]

for (const row of rows) {
  test(`${row.says}${row.misfits.length > 0 ? ' is a misfit, kept in the rest' : ''}`, () => {
    assert.deepEqual(shape(row.in), { data: row.out, misfits: row.misfits })
  })
}

const times = [
  '2024-05-01T12:00:00Z',
  '2024-05-01T12:00:00.123456Z',
  '2024-05-01T12:00Z',
  '2024-05-01 12:00:00+02:00',
  '2024-05-01T12:00:00+0200',
]
for (const at of times)
  test(`${at} fits a column of times`, () => assert.deepEqual(shape({ at }).misfits, []))

test('a field called __proto__ is a field like any other', () => {
  const record = JSON.parse('{"id":"a","__proto__":{"x":1}}')
  assert.equal(JSON.stringify(shape(record).data), '{"id":"a","additional_fields":{"__proto__":{"x":1}}}')
})

test('no value is ever lost, and a shaped record fits', () => {
  const names = fc.constantFrom(...Object.keys(schema.properties).slice(0, -1), 'new', 'other')
  fc.assert(
    fc.property(fc.dictionary(names, fc.jsonValue()), record => {
      const before = record as JsonObject
      const { data, misfits } = shape(before)
      const { additional_fields = {} } = data
      for (const [name, value] of Object.entries(before)) {
        const isKept = data[name] !== undefined && !misfits.includes(name)
        assert.deepEqual(isKept ? data[name] : (additional_fields as JsonObject)[name], value)
      }
      assert.equal(shape(data).data, data)
    }),
  )
})
