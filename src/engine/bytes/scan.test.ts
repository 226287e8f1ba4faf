import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isObject, type Json, type JsonObject } from '../../json.ts'
import { compileShape } from '../records/fit-schema.ts'
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
const shape = compileShape(schema)
const scan = compileScan(schema, ['id', 'at', 'count'])
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
  { either: true },
]
for (const row of parsed) {
  test(`${JSON.stringify(row)} does not fit, and comes as text to be parsed`, () => {
    assert.deepEqual(rowsOf(scanned({ items: [row] }) ?? assert.fail()), [[row, false]])
  })
}

test('every record comes as it was, and bytes only where its schema is content with it', () => {
  const names = fc.constantFrom(...Object.keys(schema['properties'] ?? {}), 'new', 'ümlaut')
  const value = fc.oneof(fc.jsonValue(), fc.constant('2024-05-01T12:00:00.000Z'), fc.integer(), fc.string())
  const record = fc.dictionary(names, value, { noNullPrototype: true, minKeys: 1 })
  fc.assert(
    fc.property(fc.array(record, { maxLength: 4 }), fc.jsonValue(), (items, other) => {
      const answer = JSON.parse(JSON.stringify({ other, items, pagination: { total: items.length } }))
      const found = scanned(answer) ?? assert.fail()
      assert.deepEqual(found.envelope, { ...answer, items: [] })
      const rows = rowsOf(found)
      assert.deepEqual(
        rows.map(([json]) => json),
        answer.items,
      )
      for (const [json, isLine] of rows)
        if (isLine) assert.equal(shape(isObject(json) ? json : {}).data, json)
    }),
    { numRuns: 500 },
  )
})

test('the values of watched fields are told as text, null as null, the absent as undefined', () => {
  const found = scanText('{"items":[{"count":12,"id":"a"},{"id":null}]}') ?? assert.fail()
  assert.deepEqual(
    found.rows.map(row => 'watched' in row && [...row.watched]),
    [
      ['a', undefined, '12'],
      [null, undefined, undefined],
    ],
  )
})

test('a watched text with an escape must be parsed to be known', () => {
  assert.deepEqual(rowsOf(scanText('{"items":[{"id":"\\u0061"}]}') ?? assert.fail()), [[{ id: 'a' }, false]])
  assert.deepEqual(rowsOf(scanText('{"items":[{"any":"\\u0061"}]}') ?? assert.fail()), [[{ any: 'a' }, true]])
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
  { says: 'nothing', in: '' },
]
for (const row of left)
  test(`${row.says} is left to the real parser`, () => assert.equal(scanText(row.in), undefined))

test('bytes that are no UTF-8 are left to the real parser', () => {
  const bytes = Buffer.concat([Buffer.from('{"items":[{"id":"'), Buffer.from([0xff]), Buffer.from('"}]}')])
  assert.equal(scan(bytes, 'items'), undefined)
})
