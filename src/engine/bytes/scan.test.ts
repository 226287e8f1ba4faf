import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isObject, type Json, type JsonObject } from '../../json.ts'
import { compileFit } from '../records/fit-schema.ts'
import { compileScan, type Scanned } from './scan.ts'

const schema: JsonObject = {
  properties: {
    id: { type: ['null', 'string'] },
    count: { type: ['null', 'integer'] },
    rate: { type: ['null', 'number'] },
    on: { type: ['null', 'boolean'] },
    tags: { type: ['null', 'array'] },
    owner: { type: ['null', 'object'] },
    at: { type: ['null', 'string'], format: 'date-time' },
    either: { type: ['null', 'string', 'integer'] },
    any: {},
  },
}
const fit = compileFit(schema)
const NOON = Date.parse('2024-05-01T12:00:00Z')
const scan = compileScan(schema, { key: ['id', 'count'], time: 'at', parent: 'either' })
const scanText = (text: string) => scan(Buffer.from(text), 'items')
const scanned = (value: Json) => scanText(JSON.stringify(value))

/** A row as JSON, and whether it passed as bytes. */
const rowsOf = ({ rows }: Scanned): [Json, boolean][] =>
  rows.map(row =>
    'text' in row
      ? [JSON.parse(row.text), false]
      : [JSON.parse(row.bytes.toString('utf8', row.start, row.end)), true],
  )

const passing = [
  {
    id: 'a',
    count: 1,
    rate: 1.5,
    on: true,
    tags: [1],
    owner: { b: [] },
    at: '2024-05-01T12:00:00Z',
    either: 7,
    any: 'x',
  },
  { id: null, rate: 1e21, either: 'ä€😀' },
]
for (const row of passing) {
  test(`${JSON.stringify(row)} fits, and stays bytes`, () => {
    assert.deepEqual(rowsOf(scanned({ items: [row] }) ?? assert.fail()), [[row, true]])
  })
}

const parsed: JsonObject[] = [
  { new: 1 },
  { id: 1 },
  { count: 1.5 },
  { on: 'yes' },
  { tags: {} },
  { at: '2024-05-01' },
  { at: '2024-13-01T00:00:00Z' },
  { at: '2024-02-30T00:00:00Z' },
  { at: '0000-01-01T00:00:00Z' },
  { at: '2024-05-01T24:00:00Z' },
  { at: '2024-05-01T23:60:00Z' },
  { at: '2024-05-01T23:59:60Z' },
  { at: '2024-05-01T00:00:00.Z' },
  { at: '2024-05-01T00:00:00+24:00' },
  { at: '2024-05-01T00:00:00+00:60' },
  { at: '2024-05-01T00:00:00+0x:00' },
  { at: '2024-05-01T00:00:00+00:0x' },
  { at: '2024-05-01T00:00:00' },
  { either: true },
]
for (const row of parsed) {
  test(`${JSON.stringify(row)} does not fit, and comes as text to be parsed`, () => {
    assert.deepEqual(rowsOf(scanned({ items: [row] }) ?? assert.fail()), [[row, false]])
  })
}

test('every record comes as it was, and bytes only where its schema is content with it', () => {
  const names = fc.constantFrom(...Object.keys(schema['properties'] ?? {}), 'new', 'ümlaut')
  const ordinary = fc.jsonValue().filter(one => !/e[+-]?\d{3}/i.test(JSON.stringify(one)))
  const value = fc.oneof(ordinary, fc.constant('2024-05-01T12:00:00.000Z'), fc.integer(), fc.string())
  const record = fc.dictionary(names, value, { noNullPrototype: true, minKeys: 1 })
  fc.assert(
    fc.property(fc.array(record, { maxLength: 4 }), ordinary, (items, other) => {
      const answer = JSON.parse(JSON.stringify({ other, items, pagination: { total: items.length } }))
      const found = scanned(answer) ?? assert.fail()
      assert.deepEqual(found.envelope, { ...answer, items: [] })
      const rows = rowsOf(found)
      assert.deepEqual(
        rows.map(([json]) => json),
        answer.items,
      )
      for (const [json, isLine] of rows) if (isLine) assert.equal(fit(isObject(json) ? json : {}).data, json)
    }),
    { numRuns: 500 },
  )
})

const told = [
  {
    says: 'all of them',
    in: '{"count":12,"either":7,"at":"2024-05-01T12:00:00Z","id":"a"}',
    out: { key: '["a",12]', moment: NOON, parent: '7' },
  },
  {
    says: 'null as null, which is no moment',
    in: '{"id":"a","count":1,"at":null,"either":null}',
    out: { key: '["a",1]', moment: undefined, parent: null },
  },
  {
    says: 'the absent as undefined, and no key where a part is absent',
    in: '{"id":"a"}',
    out: { key: undefined, moment: undefined, parent: undefined },
  },
]
for (const row of told) {
  test(`a line tells its key, moment and parent by name: ${row.says}`, () => {
    const [line] = scanText(`{"items":[${row.in}]}`)?.rows ?? []
    assert.ok(line !== undefined && 'bytes' in line)
    assert.deepEqual({ key: line.key, moment: line.moment, parent: line.parent }, row.out)
  })
}

test('a field that is both part of the key and the time is told as both', () => {
  const both = compileScan(schema, { key: ['id', 'at'], time: 'at', parent: undefined })
  const [line] = both(Buffer.from('{"items":[{"at":"2024-05-01T12:00:00Z","id":"a"}]}'), 'items')?.rows ?? []
  assert.ok(line !== undefined && 'bytes' in line)
  assert.deepEqual([line.key, line.moment], ['["a","2024-05-01T12:00:00Z"]', NOON])
})

for (const [json, out] of [
  ['"2024-05-01T12:00:00Z"', NOON],
  ['"2024-05-01 12:00"', NOON],
  ['"2024-05-01T14:00:00+0200"', NOON],
  [String(NOON / 1000), NOON],
  [`"${NOON}"`, NOON],
  ['"soon"', undefined],
  ['true', undefined],
  ['7', undefined],
  ['"2024-05-01T12:0\\u0030:00Z"', 'parsed'],
  ['1.5', 'parsed'],
] as const) {
  test(`of a column of any type, ${json} is ${out === NOON ? 'noon' : (out ?? 'no moment')}`, () => {
    const byAny = compileScan(schema, { key: ['id'], time: 'any', parent: undefined })
    const [line] = byAny(Buffer.from(`{"items":[{"id":"a","any":${json}}]}`), 'items')?.rows ?? []
    assert.equal(line !== undefined && 'bytes' in line ? line.moment : 'parsed', out)
  })
}

test('the moment of a record is not that of the one before', () => {
  const found = scanText('{"items":[{"id":"a","at":"2024-05-01T12:00:00Z"},{"id":"b"}]}')
  assert.deepEqual(
    found?.rows.map(row => 'bytes' in row && row.moment),
    [NOON, undefined],
  )
})

test('a judged text with an escape must be parsed to be known', () => {
  assert.deepEqual(rowsOf(scanText('{"items":[{"id":"\\u0061"}]}') ?? assert.fail()), [[{ id: 'a' }, false]])
  assert.deepEqual(rowsOf(scanText('{"items":[{"any":"\\u0061"}]}') ?? assert.fail()), [[{ any: 'a' }, true]])
})

for (const [says, record] of [
  ['a number with a fraction', '{"rate":5.0}'],
  ['a number with an exponent', '{"rate":1e2}'],
  ['zero below zero', '{"rate":-0}'],
]) {
  test(`in a key, ${says} must be parsed to be known as it is written`, () => {
    const byRate = compileScan(schema, { key: ['rate'], time: undefined, parent: undefined })
    assert.ok('text' in (byRate(Buffer.from(`{"items":[${record}]}`), 'items')?.rows[0] ?? {}))
    assert.ok('bytes' in (scanText(`{"items":[${record}]}`)?.rows[0] ?? {}))
  })
}

test('a key of one part is its value in JSON, and an empty text is none', () => {
  const keyIn = (json: string) => {
    const byEither = compileScan(schema, { key: ['either'], time: undefined, parent: undefined })
    const [line] = byEither(Buffer.from(`{"items":[{"either":${json}}]}`), 'items')?.rows ?? []
    return line !== undefined && 'bytes' in line ? line.key : 'parsed'
  }
  const rows = ['"a"', '7', '-9007199254740993', '"a|b"', '"true"', '""', 'null', '"\\u0061"']
  assert.deepEqual(rows.map(keyIn), [
    '"a"',
    '7',
    '-9007199254740993',
    '"a|b"',
    '"true"',
    undefined,
    undefined,
    'parsed',
  ])
})

test('of a field that is there twice the last value counts, so the record is parsed', () => {
  const found = scanText('{"items":[{"id":"a","id":"b"},{"id":"c"}]}') ?? assert.fail()
  assert.deepEqual(rowsOf(found), [
    [{ id: 'b' }, false],
    [{ id: 'c' }, true],
  ])
})

test('a field without a name is one like any other, and no time and no parent', () => {
  const plain = compileScan(
    { properties: { '': {}, id: {} } },
    { key: ['id'], time: undefined, parent: undefined },
  )
  const [line] = plain(Buffer.from('{"items":[{"":5,"id":"a"}]}'), 'items')?.rows ?? []
  assert.ok(line !== undefined && 'bytes' in line)
  assert.deepEqual([line.moment, line.parent], [undefined, undefined])
})

test('blanks are no matter', () => {
  const found = scanText('{ "items" : [ { "id" : "a" } , {"id":"b"} ] , "total" : 2 } ') ?? assert.fail()
  assert.deepEqual(rowsOf(found), [
    [{ id: 'a' }, true],
    [{ id: 'b' }, true],
  ])
  assert.deepEqual(found.envelope, { items: [], total: 2 })
})

const left = [
  { says: 'an answer over several lines', in: '{"items":[\n{"id":"a"}]}' },
  { says: 'a bare list', in: '[{"id":"a"}]' },
  { says: 'a list that holds something else than objects', in: '{"items":[1]}' },
  { says: 'an answer without the key', in: '{"calls":[{"id":"a"}]}' },
  { says: 'a key that holds no list', in: '{"items":{"id":"a"}}' },
  { says: 'an answer that is cut off', in: '{"items":[{"id":"a"},{"id"' },
  { says: 'an answer with something after it', in: '{"items":[{"id":"a"}]}x' },
  { says: 'the key deeper down', in: '{"data":{"items":[{"id":"a"}]}}' },
  { says: 'an empty record', in: '{"items":[{}]}' },
  { says: 'a second list under the key', in: '{"items":[{"id":"a"}],"items":[]}' },
  { says: 'a text under the key that looks like a list', in: '{"items":"{\\"id\\":1}]"}' },
  { says: 'something else under the key before the list', in: '{"items":null,"items":[{"id":"a"}]}' },
  { says: 'a key that is written otherwise', in: '{"items":[{"id":"a"}],"it\\u0065ms":[]}' },
  { says: 'half a letter', in: '{"items":[{"any":"\\ud800"}]}' },
  { says: 'a number beyond any double', in: '{"items":[{"any":1e400}]}' },
  { says: 'digits beyond any double', in: `{"items":[{"any":${'9'.repeat(400)}}]}` },
  { says: 'nothing', in: '' },
]
for (const row of left)
  test(`${row.says} is left to the real parser`, () => assert.equal(scanText(row.in), undefined))

test('bytes that are no UTF-8 are left to the real parser', () => {
  const bytes = Buffer.concat([Buffer.from('{"items":[{"id":"'), Buffer.from([0xff]), Buffer.from('"}]}')])
  assert.equal(scan(bytes, 'items'), undefined)
})
