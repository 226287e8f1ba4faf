import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isObject, type Json, type JsonObject } from '../json.ts'
import { inferSchema } from './infer.ts'

/** The schema of a column that has these values. */
function columnOf(values: readonly Json[]): Json | undefined {
  const { properties } = inferSchema(values.map(x => ({ x })))
  return isObject(properties) ? properties['x'] : undefined
}

const columns: readonly (readonly [values: readonly Json[], schema: JsonObject])[] = [
  [['a', null], { type: ['null', 'string'] }],
  [[null], { type: ['null', 'string'] }],
  [[1, 2], { type: ['null', 'integer'] }],
  [[1, 2.5], { type: ['null', 'number'] }],
  [[true], { type: ['null', 'boolean'] }],
  [[1, 'a', 'b'], { type: ['null', 'string'] }],
  [[1, 2, 'b'], { type: ['null', 'integer'] }],
  [[1, 'b'], { type: ['null', 'string'] }],
  [[1, 2.5, 'a', 'b'], { type: ['null', 'string'] }],
  [['2026-01-31'], { type: ['null', 'string'], format: 'date' }],
  [['2026-02-30'], { type: ['null', 'string'] }],
  [['2026-13-01'], { type: ['null', 'string'] }],
  [['2026-01-31', 'soon'], { type: ['null', 'string'] }],
  [['2026-01-31T10:00:00'], { type: ['null', 'string'] }],
  [
    ['2026-01-31T10:00:00Z', '2026-01-31T10:00:00.5+01:00', null],
    { type: ['null', 'string'], format: 'date-time', airbyte_type: 'timestamp_with_timezone' },
  ],
  [[[1], []], { type: ['null', 'array'], items: { type: ['null', 'integer'] } }],
  [[[]], { type: ['null', 'array'], items: {} }],
  [[{}], { type: ['null', 'object'], additionalProperties: true }],
  [
    [{ a: 1 }, { b: 'x' }],
    {
      type: ['null', 'object'],
      additionalProperties: true,
      properties: { a: { type: ['null', 'integer'] }, b: { type: ['null', 'string'] } },
    },
  ],
]
for (const [values, schema] of columns) {
  test(`${JSON.stringify(values)} gives ${JSON.stringify(schema)}`, () => {
    assert.deepEqual(columnOf(values), schema)
  })
}

test('what is nested deep is free, and so is an object that is a map', () => {
  const deep = JSON.stringify(inferSchema([{ a: { b: { c: { d: { e: 1 } } } } }]))
  assert.ok(deep.includes('"d"') && !deep.includes('"e"'))
  const map = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, 1]))
  assert.deepEqual(columnOf([map]), { type: ['null', 'object'], additionalProperties: true })
})

test('columns are at most five hundred, in alphabetical order', () => {
  const record = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`k${1000 + index}`, 1]))
  const { properties = {} } = inferSchema([record])
  assert.deepEqual(
    [Object.keys(Object(properties)).length, Object.keys(Object(properties))[0]],
    [500, 'k1000'],
  )
})

test('a field called __proto__ is a column like any other', () => {
  const record: JsonObject = JSON.parse('{"__proto__": {"x": 1}, "a": 1}')
  assert.match(JSON.stringify(inferSchema([record])), /"__proto__":\{"type":\["null","object"\]/)
})

test('the same records give the same schema, byte for byte, whatever their order', () => {
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.jsonValue({ maxDepth: 3 }))
  const both = fc
    .array(record, { maxLength: 8 })
    .chain(records =>
      fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
    )
  fc.assert(
    fc.property(both, ([records, shuffled]) => {
      const [one, other] = [records, shuffled].map(some => JSON.stringify(inferSchema(some as JsonObject[])))
      assert.equal(one, other)
    }),
  )
})
