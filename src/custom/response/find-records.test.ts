import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { Json } from '../../json.ts'
import { compileFind, type Found, type JsonResponse, type RecordSearch, readJson } from './find-records.ts'

const found = (...values: Json[]): Found => ({ values, isMissing: false, listed: values.length })
const NOTHING: Found = { values: [], isMissing: false, listed: 0 }
const MISSING: Found = { values: [], isMissing: true, listed: 0 }

function find(body: unknown, search: Partial<RecordSearch<JsonResponse>>) {
  const all = {
    stream: 'mine',
    read: readJson,
    data: undefined,
    metadata: undefined,
    nextPage: undefined,
    ...search,
  }
  return compileFind(all)(reply(200, body))
}

const dataOf = (at: Found, isPlain = true) => ({ find: () => at, text: '$.items', isPlain })
const bare = { pages: undefined, total: undefined, max: undefined }

test('without a path the whole response is taken: the elements of a list, or the one object', () => {
  assert.deepEqual(find([{ a: 1 }, { a: 2 }], {}).records, [{ a: 1 }, { a: 2 }])
  assert.deepEqual(find({ a: 1 }, {}).records, [{ a: 1 }])
})

test('what is not an object becomes { value }, and null is nothing', () => {
  assert.deepEqual(find({}, { data: dataOf(found(1, 'x', null, [2], { a: 1 })) }).records, [
    { value: 1 },
    { value: 'x' },
    { value: [2] },
    { a: 1 },
  ])
})

test('counts beside a plain list are believed, beside another they are not', () => {
  const body = { items: [], total: 9, pages: 3, max: 5 }
  const data = (isPlain: boolean) => dataOf(found({ a: 1 }), isPlain)
  assert.deepEqual(find(body, { data: data(true) }).facts, { rows: 1, pages: 3, total: 9, max: 5 })
  assert.deepEqual(find(body, { data: data(false) }).facts, { rows: 1, ...bare })
})

test('rows that a filter left out count for paging', () => {
  assert.equal(find({}, { data: dataOf({ ...NOTHING, listed: 50 }) }).facts.rows, 50)
})

test('metadata is added to each record; a field of its own by that name is kept', () => {
  const data = dataOf(found({ a: 1 }, { metadata: 'own' }))
  const metadata = () => found({ total: 2 })
  assert.deepEqual(find({}, { data, metadata }).records, [
    { a: 1, metadata: { total: 2 } },
    { metadata: { total: 2 }, record_metadata: 'own' },
  ])
  assert.deepEqual(find({}, { data, metadata: () => found(1, 2) }).records[0], { a: 1, metadata: [1, 2] })
  assert.deepEqual(find({}, { data, metadata: () => MISSING }).records[0], { a: 1, metadata: null })
})

test('a field called __proto__ stays a field beside metadata', () => {
  const record = JSON.parse('{"__proto__": {"x": 1}}')
  const [first] = find({}, { data: dataOf(found(record)), metadata: () => found(1) }).records
  assert.equal(JSON.stringify(first), '{"__proto__":{"x":1},"metadata":1}')
})

for (const [named, next] of [
  ['b', 'b'],
  [7, '7'],
  [null, undefined],
  [undefined, undefined],
] as const) {
  test(`a next page named ${named} is ${next ?? 'none'}`, () => {
    assert.equal(find([], { nextPage: () => named }).facts.next, next)
  })
}

const empty = [{ pagination: { total: 0 } }, { success: true }, {}, null, []]
for (const body of empty) {
  test(`${JSON.stringify(body)} without the place of the data is an empty list`, () => {
    assert.deepEqual(find(body, { data: dataOf(MISSING) }).records, [])
  })
}

const elsewhere = [
  [{ calls: [{ id: 1 }], pagination: {} }, /the response has the keys calls, pagination/],
  [{ pagination: { total: 5 } }, /the keys pagination/],
  [{ error: 'no' }, /the keys error/],
  [[{ id: 1 }, 2], /no keys at its top level/],
] as const
for (const [body, says] of elsewhere) {
  test(`${JSON.stringify(body)} without the place of the data is an error that names what was there`, () => {
    assert.throws(() => find(body, { data: dataOf(MISSING) }), {
      failure: 'config_error',
      message: says,
    })
  })
}

test('a place that is there and empty is an empty list', () => {
  assert.deepEqual(find({ items: [], other: [1] }, { data: dataOf(NOTHING) }).records, [])
})
