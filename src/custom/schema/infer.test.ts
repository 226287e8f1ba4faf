import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { compileFit } from '../../engine/records/fit-schema.ts'
import { momentOf } from '../../engine/time/timestamps.ts'
import { isObject, type Json, type JsonObject } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { inferSchema, withLists } from './infer.ts'

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
  [[1, 1e300], { type: ['null', 'number'] }],
  [[2 ** 62], { type: ['null', 'integer'] }],
  [[2 ** 63], { type: ['null', 'number'] }],
  [[-(2 ** 63)], { type: ['null', 'number'] }],
  [[true], { type: ['null', 'boolean'] }],
  [[true, 1], { type: ['null', 'integer'] }],
  [[true, 'a', 'b', {}, {}], { type: ['null', 'string'] }],
  [[[], [], {}, {}], { type: ['null', 'object'], additionalProperties: true }],
  [[1, 2, 3, 4.5, 'a', 'b', 'c'], { type: ['null', 'number'] }],
  [[1, 'a', 'b'], { type: ['null', 'string'] }],
  [[1, 2, 'b'], { type: ['null', 'integer'] }],
  [[1, 'b'], { type: ['null', 'string'] }],
  [[1, 2.5, 'a', 'b'], { type: ['null', 'string'] }],
  [['2026-01-31'], { type: ['null', 'string'], format: 'date' }],
  [['2026-02-30'], { type: ['null', 'string'] }],
  [['2026-13-01'], { type: ['null', 'string'] }],
  [['0006-17-15'], { type: ['null', 'string'] }],
  [['0000-00-00'], { type: ['null', 'string'] }],
  [['0000-01-01'], { type: ['null', 'string'] }],
  [['0000-01-01T00:00:00Z'], { type: ['null', 'string'] }],
  [['2024-02-29'], { type: ['null', 'string'], format: 'date' }],
  [['2026-01-31', '2026-01-31T10:00:00Z'], { type: ['null', 'string'] }],
  [['2026-13-45T10:00:00Z'], { type: ['null', 'string'] }],
  [['2026-01-31T24:00:00Z'], { type: ['null', 'string'] }],
  [['2026-01-31T10:61:00Z'], { type: ['null', 'string'] }],
  [['2026-01-31T10:00:00+99:00'], { type: ['null', 'string'] }],
  [['2026-01-31T10:00:00Z', ''], { type: ['null', 'string'] }],
  [['2026-01-31', 'soon'], { type: ['null', 'string'] }],
  [['2026-01-31T10:00:00'], { type: ['null', 'string'] }],
  [
    ['2026-01-31T10:00:00Z', '2026-01-31T10:00:00.5+01:00', null],
    { type: ['null', 'string'], format: 'date-time', airbyte_type: 'timestamp_with_timezone' },
  ],
  [[[1], []], { type: ['null', 'array'], items: { type: ['null', 'integer'] } }],
  [[[1], ['a', 'b']], { type: ['null', 'array'], items: { type: ['null', 'string'] } }],
  [[[null]], { type: ['null', 'array'], items: {} }],
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
  const fields = Array.from({ length: 101 }, (_, index) => ({ [`k${index}`]: 1 }))
  assert.deepEqual(columnOf(fields), { type: ['null', 'object'], additionalProperties: true })
  assert.match(JSON.stringify(columnOf(fields.slice(1))), /"k100"/)
})

test('lists count as a level too', () => {
  const deep = JSON.stringify(inferSchema([{ a: [[[[[1]]]]] }]))
  assert.equal(deep.match(/"array"/g)?.length, 4)
  assert.match(deep, /"items":\{\}/)
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

test('the same records give the same schema, byte for byte, whatever their order and that of their fields', () => {
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.jsonValue({ maxDepth: 3 }))
  const both = fc
    .array(record, { maxLength: 8 })
    .chain(records =>
      fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
    )
  fc.assert(
    fc.property(both, ([records, shuffled]) => {
      const turned = shuffled.map(one => Object.fromEntries(Object.entries(one).reverse()))
      const [one, other] = [records, turned].map(some => inferSchema(some as JsonObject[]))
      assert.deepEqual(one, other)
      assert.equal(JSON.stringify(one), JSON.stringify(other))
    }),
  )
})

test('whatever was sampled, the schema is one of draft 7, and a column that had one value takes it', () => {
  const ajv = new Ajv({ strict: false })
  const text = fc.stringMatching(
    /^\d{4}-[01]\d-[0-3]\d(T[0-2]\d:[0-6]\d(:[0-6]\d)?(Z|[+-][0-2]\d:?[0-6]\d))?$/,
  )
  fc.assert(
    fc.property(fc.oneof(text, fc.jsonValue()), value => {
      const record = { x: value } as JsonObject
      const schema = inferSchema([record])
      assert.equal(ajv.validateSchema(schema), true)
      const { data, misfits } = compileFit(schema)(record)
      assert.deepEqual(misfits, [])
      // Times are spelled as RFC 3339 has them.
      const isTime = JSON.stringify(schema).includes('date-time')
      assert.deepEqual(isTime ? momentOf(data['x']) : data, isTime ? momentOf(record['x']) : record)
    }),
  )
})

test('a fraction in the text makes a number, also where it is zero', () => {
  const records = parseJson('[{"v": 1}, {"v": 5.0}, {"v": 2}]', { keepsFractions: true }) as JsonObject[]
  const typeOf = (some: readonly JsonObject[]) =>
    (inferSchema(some)['properties'] as Record<string, JsonObject>)['v']?.['type']
  assert.deepEqual(typeOf(records), ['null', 'number'])
  assert.deepEqual(typeOf(records.slice(0, 1)), ['null', 'integer'])
})

test('in XML, what is a list once is always one, at any depth', () => {
  const records = [
    { a: 'x', o: { i: { n: '1' } } },
    { a: ['y', 'z'], o: { i: [{ n: '2' }, { n: ['3', '4'] }] } },
  ]
  const schema = inferSchema(records, { isXml: true })
  const shape = withLists(schema)
  assert.deepEqual(records.map(shape), [
    { a: ['x'], o: { i: [{ n: ['1'] }] } },
    { a: ['y', 'z'], o: { i: [{ n: ['2'] }, { n: ['3', '4'] }] } },
  ])
  assert.deepEqual(shape({ a: null, other: 'b' }), { a: null, other: 'b' })
  const json = (inferSchema(records)['properties'] as Record<string, JsonObject>)['a']
  assert.deepEqual(json?.['type'], ['null', 'string'])
})
