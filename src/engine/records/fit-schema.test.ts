import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { momentOf } from '../time/timestamps.ts'
import { compileFit, compileFitKey } from './fit-schema.ts'

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
  const times = { at: '2024-02-29T12:00:00Z', day: '2024-02-29' }
  const record = {
    id: 'a',
    count: 1,
    rate: 1.5,
    on: false,
    tags: [],
    owner: {},
    either: 'x',
    any: [1],
    ...times,
  }
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
    says: 'a fraction in a whole number',
    in: { count: 1.5 },
    out: { count: null, ...rest({ count: 1.5 }) },
    misfits: ['count'],
  },
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

/** Values as they come, in JSON, and as their column holds them. */
const SPELLED: ReadonlyArray<{ says: string; column: string; in: string; out: string }> = [
  { says: 'a number as text', column: 'id', in: '42', out: '"42"' },
  { says: 'a fraction as text', column: 'id', in: '4.5', out: '"4.5"' },
  {
    says: 'a number beyond 2^53 as text, with all its digits',
    column: 'id',
    in: '9007199254740993',
    out: '"9007199254740993"',
  },
  {
    says: 'a phone number of many digits',
    column: 'id',
    in: '100000000000000000000000',
    out: '"100000000000000000000000"',
  },
  { says: 'digits as a whole number', column: 'count', in: '"42"', out: '42' },
  { says: 'digits below zero', column: 'count', in: '"-42"', out: '-42' },
  { says: 'digits beyond 2^53', column: 'count', in: '"9007199254740993"', out: '9007199254740993' },
  { says: 'a whole number beyond 2^53', column: 'count', in: '-9007199254740993', out: '-9007199254740993' },
  { says: 'a whole number with a zero fraction', column: 'count', in: '5.0', out: '5' },
  { says: 'a fraction as text in a number', column: 'rate', in: '"0.25"', out: '0.25' },
  {
    says: 'a fraction of many digits',
    column: 'rate',
    in: '0.1234567890123456789',
    out: '0.1234567890123456789',
  },
  {
    says: 'a fraction of many digits as text',
    column: 'rate',
    in: '"0.1234567890123456789"',
    out: '0.1234567890123456789',
  },
  { says: 'an exponent as text', column: 'rate', in: '"1e5"', out: '100000' },
  { says: 'true as text', column: 'on', in: '"true"', out: 'true' },
  { says: 'false as text', column: 'on', in: '"false"', out: 'false' },
  { says: 'seconds in a time', column: 'at', in: '1714564800', out: '"2024-05-01T12:00:00.000Z"' },
  {
    says: 'milliseconds as text in a time',
    column: 'at',
    in: '"1714564800000"',
    out: '"2024-05-01T12:00:00.000Z"',
  },
  {
    says: 'nanoseconds in a time',
    column: 'at',
    in: '1714564800000000001',
    out: '"2024-05-01T12:00:00.000000001Z"',
  },
  { says: 'a time without a zone', column: 'at', in: '"2024-05-01 12:00:00"', out: '"2024-05-01T12:00:00Z"' },
  { says: 'a time without seconds', column: 'at', in: '"2024-05-01T12:00Z"', out: '"2024-05-01T12:00:00Z"' },
  {
    says: 'a time with an offset stays as it is',
    column: 'at',
    in: '"2024-05-01T14:00:00.5+02:00"',
    out: '"2024-05-01T14:00:00.5+02:00"',
  },
  { says: 'a day in a time', column: 'at', in: '"2024-05-01"', out: '"2024-05-01T00:00:00Z"' },
  { says: 'a number where a number or text may be', column: 'either', in: '42', out: '42' },
  {
    says: 'many digits where anything may be',
    column: 'any',
    in: '[9007199254740993]',
    out: '[9007199254740993]',
  },
]

for (const { says, column, in: from, out } of SPELLED) {
  test(`${says} is brought into its column`, () => {
    const { data, misfits } = shape(parseJson(`{"${column}":${from}}`) as JsonObject)
    assert.deepEqual([JSON.stringify(data), misfits], [`{"${column}":${out}}`, []])
  })
}

/** Values that have no right meaning in their column: it is null then, and they are kept beside. */
const KEPT: ReadonlyArray<{ says: string; column: string; in: string; kept?: string }> = [
  { says: 'a switch in a text', column: 'id', in: 'true' },
  { says: 'an object in a text', column: 'id', in: '{"a":1}' },
  { says: 'a list in a text', column: 'id', in: '["a"]' },
  { says: 'a word in a whole number', column: 'count', in: '"many"' },
  { says: 'nothing in a whole number', column: 'count', in: '""' },
  { says: 'digits behind zeros in a whole number', column: 'count', in: '"007"' },
  { says: 'digits behind a plus in a whole number', column: 'count', in: '"+49301234567"' },
  { says: 'a fraction as text in a whole number', column: 'count', in: '"1.5"' },
  { says: 'a fraction of many digits in a whole number', column: 'count', in: '0.1234567890123456789' },
  { says: 'a number beyond any double in a whole number', column: 'count', in: '1e400', kept: '"1e400"' },
  { says: 'a number beyond any double', column: 'rate', in: '1e400', kept: '"1e400"' },
  { says: 'a number beyond any double, as text', column: 'rate', in: '"-1e400"' },
  {
    says: 'digits beyond any double in a whole number',
    column: 'count',
    in: '9'.repeat(400),
    kept: `"${'9'.repeat(400)}"`,
  },
  { says: 'a word in a number', column: 'rate', in: '"NaN"' },
  { says: 'a number in hex', column: 'rate', in: '"0x10"' },
  { says: 'one in a switch', column: 'on', in: '1' },
  { says: 'a word in a switch', column: 'on', in: '"yes"' },
  { says: 'month 13 in a time', column: 'at', in: '"2024-13-45T99:99:99Z"' },
  { says: 'the year 0 in a time', column: 'at', in: '"0000-00-00T00:00:00Z"' },
  { says: 'February 30th in a time', column: 'at', in: '"2024-02-30T00:00:00Z"' },
  { says: 'a small number in a time', column: 'at', in: '42' },
  { says: 'a switch in a time', column: 'at', in: 'true' },
  { says: 'February 30th in a day', column: 'day', in: '"2024-02-30"' },
  { says: 'the year 0 in a day', column: 'day', in: '"0000-01-01"' },
  { says: 'a time in a day', column: 'day', in: '"2024-05-01T12:00:00Z"' },
  { says: 'a number in a list', column: 'tags', in: '9007199254740993' },
  { says: 'a number in an object', column: 'owner', in: '9007199254740993' },
]

for (const { says, column, in: from, kept = from } of KEPT) {
  test(`${says} is a misfit, kept in the rest`, () => {
    const { data, misfits } = shape(parseJson(`{"${column}":${from}}`) as JsonObject)
    assert.equal(JSON.stringify(data), `{"${column}":null,"additional_fields":{"${column}":${kept}}}`)
    assert.deepEqual(misfits, [column])
  })
}

test('a number beyond any double is kept as text in an undeclared field too', () => {
  const { data } = shape(parseJson('{"new":1e400}') as JsonObject)
  assert.equal(JSON.stringify(data), '{"additional_fields":{"new":"1e400"}}')
})

for (const [says, depth, isKept] of [
  ['of a hundred containers stays', 100, false],
  ['of more is kept as text', 101, true],
] as const) {
  const text = `${'['.repeat(depth)}1${']'.repeat(depth)}`
  test(`a value ${says}, in a column and in an undeclared field`, () => {
    const deep = parseJson(text)
    const { data, misfits } = shape({ tags: deep, new: deep })
    const rest = isKept ? { tags: text, new: text } : { new: deep }
    assert.deepEqual(data, { tags: isKept ? null : deep, additional_fields: rest })
    assert.deepEqual(misfits, isKept ? ['tags'] : [])
  })
}

const fitKey = compileFitKey(schema, ['id', 'count', 'undeclared'])
const KEYS: ReadonlyArray<{ says: string; in: JsonObject; out: JsonObject | undefined }> = [
  { says: 'a number in a text becomes text', in: { id: 1, count: 2 }, out: { id: '1', count: 2 } },
  { says: 'digits in a whole number become one', in: { id: 'a', count: '2' }, out: { id: 'a', count: 2 } },
  { says: 'other columns are left', in: { id: 1, rate: '1' }, out: { id: '1', rate: '1' } },
  { says: 'a part without a column is left', in: { undeclared: {} }, out: { undeclared: {} } },
  { says: 'null is left', in: { id: null }, out: { id: null } },
  { says: 'an object in a text has no place', in: { id: { a: 1 } }, out: undefined },
  { says: 'a switch in a text has no place', in: { id: true }, out: undefined },
  { says: 'a word in a whole number has no place', in: { id: 'a', count: 'b' }, out: undefined },
]
for (const { says, in: record, out } of KEYS) {
  test(`in a key, ${says}`, () => assert.deepEqual(fitKey(record), out))
}

test('a record whose key fits is not copied', () => {
  const record = { id: 'a', count: 1, rate: 'x' }
  assert.equal(fitKey(record), record)
})

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
        const after = isKept ? data[name] : (additional_fields as JsonObject)[name]
        if (isSpelled(after) && isSpelled(value)) assert.equal(Number(after), Number(value))
        else if (isSpelled(value) && typeof after === 'string')
          assert.equal(momentOf(after), momentOf(value as Json))
        else assert.deepEqual(after, value)
      }
      assert.equal(shape(data).data, data)
    }),
  )
})

/** Whether a value may come in another spelling than it came. */
function isSpelled(value: unknown): boolean {
  return (
    typeof value === 'number' || (typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)))
  )
}
