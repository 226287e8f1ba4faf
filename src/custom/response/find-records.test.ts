import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import { exactNumber, type Json, type JsonObject } from '../../json.ts'
import { compileFind, type Found, type RecordSearch, type SeenPage } from './find-records.ts'
import { parseJsonResponse } from './json-format.ts'

const found = (...values: Json[]): Found => ({
  values,
  nodes: values,
  isMissing: false,
  listed: values.length,
})
const NOTHING: Found = { values: [], nodes: [], isMissing: false, listed: 0 }
const MISSING: Found = { ...NOTHING, isMissing: true }

function find(body: unknown, search: Partial<RecordSearch<Json>>, headers: Record<string, string> = {}) {
  const pages: SeenPage[] = []
  const all = {
    parse: parseJsonResponse,
    total: undefined,
    isOwn: true,
    prepare: (record: JsonObject) => record,
    judge: (page: SeenPage) => {
      pages.push(page)
      return []
    },
    data: undefined,
    isPlain: true,
    metadata: undefined,
    nextPage: undefined,
    ...search,
  }
  return { ...compileFind(all)({ ...reply(200, body), headers }, '/x'), seen: pages[0] }
}

const dataOf = (at: Found, isPlain = true) => ({ data: () => at, isPlain })
const bare = { pages: undefined, total: undefined, max: undefined }

test('without a path the whole response is taken: the elements of a list, or the one object', () => {
  assert.deepEqual(find([{ a: 1 }, { a: 2 }], {}).records, [{ a: 1 }, { a: 2 }])
  assert.deepEqual(find({ a: 1 }, {}).records, [{ a: 1 }])
})

test('what is not an object becomes { value }, and null is nothing', () => {
  assert.deepEqual(find({}, { ...dataOf(found(1, 'x', null, [2], { a: 1 })) }).records, [
    { value: 1 },
    { value: 'x' },
    { value: [2] },
    { a: 1 },
  ])
})

test("counts in Babelforce's own envelope count for a list at its top level, and no others", () => {
  const body = { items: [], pagination: { total: 9, pages: 3, max: 5 } }
  const data = (isPlain: boolean) => dataOf(found({ a: 1 }), isPlain)
  assert.deepEqual(find(body, { ...data(true) }).facts, { rows: 1, pages: 3, total: 9, max: 5 })
  assert.deepEqual(find(body, { ...data(false) }).facts, { rows: 1, ...bare })
  assert.deepEqual(find(body, { ...data(true), isOwn: false }).facts, { rows: 1, ...bare })
  const others = { items: [], total: 9, pages: 3, max: 5, limit: 7, totalResults: 9 }
  assert.deepEqual(find(others, { ...data(true) }).facts, { rows: 1, ...bare })
  assert.equal(find({ ...others, schemas: [] }, { ...data(true) }).facts.total, 9)
  const v3 = { items: [], _metadata: { total_count: 8 } }
  assert.equal(find(v3, { ...data(true) }).facts.total, 8)
})

test('a list of nothing but null is no answer, with a path or without', () => {
  const message = 'its list holds nothing but null'
  const list = { values: [null, null], nodes: [[null, null]], isMissing: false, listed: 2 }
  assert.throws(() => find({}, { ...dataOf(list) }), { name: 'BadBody', message })
  assert.throws(() => find([null], {}), { name: 'BadBody', message })
  assert.deepEqual(find([null, 1], {}).records, [{ value: 1 }])
  assert.deepEqual(find(null, {}).records, [])
  assert.deepEqual(find({}, { ...dataOf(found(null, null)) }).records, [], 'fields of records may be null')
  const lists = { ...list, nodes: [[null], [null]] }
  assert.deepEqual(find({}, { ...dataOf(lists) }).records, [], 'and so may lists of records')
})

test('the page that follows by the words of a response is seen', () => {
  const after = (
    body: unknown,
    headers: Record<string, string> = {},
    more: Partial<RecordSearch<Json>> = {},
  ) => find(body, { ...dataOf(found({ a: 1 })), isOwn: false, ...more }, headers).seen?.pageAfter()
  assert.deepEqual(after({ items: [1], next: '/x' }), { said: 'next: "/x"', isSure: true })
  assert.deepEqual(after({ items: [1] }, { link: '</y>; rel="next"' }), { said: 'Link: /y', isSure: true })
  assert.equal(after({ items: [1] }, { link: '</y>; rel="prev"' }), undefined)
})

test('rows that a filter left out count for paging', () => {
  assert.equal(find({}, { ...dataOf({ ...NOTHING, listed: 50 }) }).facts.rows, 50)
})

test('metadata is added to each record; a field of its own by that name is kept', () => {
  const data = dataOf(found({ a: 1 }, { metadata: 'own' }))
  const metadata = () => found({ total: 2 })
  assert.deepEqual(find({}, { ...data, metadata }).records, [
    { a: 1, metadata: { total: 2 } },
    { metadata: { total: 2 }, record_metadata: 'own' },
  ])
  assert.deepEqual(find({}, { ...data, metadata: () => found(1, 2) }).records[0], { a: 1, metadata: [1, 2] })
  assert.deepEqual(find({}, { ...data, metadata: () => MISSING }).records[0], { a: 1, metadata: null })
})

test('a field called __proto__ stays a field beside metadata', () => {
  const record = JSON.parse('{"__proto__": {"x": 1}}')
  const [first] = find({}, { ...dataOf(found(record)), metadata: () => found(1) }).records
  assert.equal(JSON.stringify(first), '{"__proto__":{"x":1},"metadata":1}')
})

for (const [named, next] of [
  ['b', 'b'],
  [7, '\u00007'],
  [exactNumber('12345678901234567890'), '\u000012345678901234567890'],
  [null, undefined],
  [false, undefined],
  [true, undefined],
  ['', undefined],
  [[], undefined],
  [{}, undefined],
  [undefined, undefined],
] as const) {
  test(`a next page named ${JSON.stringify(named)} is ${JSON.stringify(next) ?? 'none'}`, () => {
    assert.equal(find([], { nextPage: () => named }).facts.next, next)
  })
}

const empty = [{ pagination: { total: 0 } }, { success: true }, {}, null, []]
for (const body of empty) {
  test(`${JSON.stringify(body)} without the place of the data is an empty list`, () => {
    assert.deepEqual(find(body, { ...dataOf(MISSING) }).records, [])
  })
}

const elsewhere = [
  [{ calls: [{ id: 1 }], pagination: {} }, /the keys calls, pagination/],
  [{ total: 5 }, /the keys total/],
  [{ rows: [1], pagination: { total: 5 } }, /the keys rows, pagination/],
  [[{ id: 1 }, 2], /no keys at its top level/],
] as const
for (const [body, says] of elsewhere) {
  test(`${JSON.stringify(body)} without the place of the data may be a mistake, which names what was there`, () => {
    const { records, seen } = find(body, { ...dataOf(MISSING) })
    assert.deepEqual([records, seen?.paths], [[], { data_path: false }])
    assert.match(seen?.outline ?? '', says)
  })
}

const errors = [
  { code: 7, message: 'busy' },
  { code: 'QUOTA', message: 'too much', success: null },
  { message: 'too much', success: true },
  { message: 'busy' },
]
for (const body of errors) {
  test(`${JSON.stringify(body)} without the place of the data is an error, also where the path was right before`, () => {
    assert.throws(() => find(body, { ...dataOf(MISSING) }), /speaks of an error: (busy|too much)/)
  })
}

for (const body of [
  { a: [], message: 'Access denied for this user' },
  { a: [], detail: 'You are not allowed to list calls' },
  { a: [], code: 403 },
  { a: [], status: '500' },
]) {
  test(`${JSON.stringify(body)} is an error, and the same beside a record is none`, () => {
    assert.throws(
      () => find(body, dataOf(NOTHING)),
      /speaks of an error: (Access denied|You are not|403|500)/,
    )
    assert.equal(find({ ...body, id: 1 }, {}).records.length, 1)
  })
}

for (const body of [
  { a: [], message: 'No records' },
  { a: [], code: 404 },
  { a: [], code: 200 },
  { a: [], code: 4031 },
]) {
  test(`${JSON.stringify(body)} is an empty list`, () => {
    assert.deepEqual(find(body, dataOf(NOTHING)).records, [])
  })
}

for (const code of [0, 200, 'OK']) {
  test(`a message beside the code ${JSON.stringify(code)} is no error`, () => {
    assert.deepEqual(find({ code, message: 'No data' }, { ...dataOf(MISSING) }).records, [])
  })
}

test('an answer that holds the data shows that the path is right; an empty one shows nothing', () => {
  const paths = (at: Found, body: unknown = {}) => find(body, { ...dataOf(at) }).seen?.paths
  assert.deepEqual(paths(found({ a: 1 })), { data_path: true })
  assert.deepEqual(paths({ ...NOTHING, listed: 3 }), { data_path: true })
  assert.deepEqual(paths(NOTHING, { items: [] }), {})
  assert.deepEqual(paths(MISSING, {}), {})
  assert.deepEqual(find([{ a: 1 }], {}).seen?.paths, {})
})

for (const body of [
  { success: false },
  { error: 'no' },
  { error: { code: 7 } },
  { errors: [{ message: 'no' }], data: { items: null } },
  { status: 'error', items: [] },
  { status: 'FAILED' },
  { pagination: { total: 5 }, success: true },
]) {
  test(`${JSON.stringify(body)} is an error, not an empty list`, () => {
    assert.throws(() => find(body, { ...dataOf(MISSING) }), { name: 'BadBody' })
  })
}

test('a record of its own that speaks of an error is a record where the path finds it', () => {
  const body = { calls: [{ id: 1 }], error: 'partly' }
  assert.equal(find(body, { ...dataOf(found({ id: 1 })) }).records.length, 1)
})

test('an error is no record where the path finds the whole response', () => {
  for (const body of [{ error: 'no' }, { errors: ['no'] }, { success: false, id: 1 }, { status: 'fail' }]) {
    const search = { parse: () => ({ ...parseJsonResponse(reply(200, body)), envelope: body }) }
    assert.throws(() => find(body, { ...search, ...dataOf(found(body)) }), { name: 'BadBody' })
  }
  for (const body of [{ error: null, id: 1 }, { errors: [], id: 1 }, { status: 'failing' }, { message: 'x' }])
    assert.deepEqual(find(body, { ...dataOf(found(body)) }).records, [body])
})

test('a path beside the records tells something only where there are records', () => {
  const paths = (search: object, body: Json = { a: 1 }) => find(body, search).seen?.paths
  assert.deepEqual(paths({ metadata: () => MISSING }), { metadata_path: false })
  assert.deepEqual(paths({ metadata: () => found(null) }), { metadata_path: true })
  assert.deepEqual(paths({ total: () => found('many') }), { total_path: false })
  assert.deepEqual(paths({ total: () => found(0) }), { total_path: true })
  assert.deepEqual(paths({ total: () => MISSING, metadata: () => MISSING }, []), {})
})

test('a total that is less than the records of one page is none', () => {
  const data = dataOf(found(1, 2, 3))
  for (const [said, total] of [
    [2, undefined],
    [3, 3],
    [0, 0],
  ] as const) {
    const { facts, seen } = find({}, { ...data, total: () => found(said) })
    assert.deepEqual([facts.total, seen?.paths.total_path], [total, total !== undefined])
  }
})

test('an object in the place of a list is told from a list of one', () => {
  const isLone = (body: Json, search: object = {}) => find(body, search).seen?.isLone
  assert.equal(isLone({ a: 1 }), true)
  assert.equal(isLone([{ a: 1 }]), false)
  assert.equal(isLone(3), false)
  const place = { values: [{ a: 1 }], isMissing: false, listed: 1 }
  assert.equal(isLone({ a: 1 }, dataOf({ ...place, nodes: [{ a: 1 }] })), true)
  assert.equal(isLone({ a: 1 }, dataOf({ ...place, nodes: [{ a: 1 }] }, false)), false)
  assert.equal(isLone({ a: 1 }, dataOf({ ...place, nodes: [[{ a: 1 }]] })), false)
  assert.equal(isLone({ a: 1 }, dataOf({ ...place, values: [1, 2], nodes: [{ a: 1 }] })), false)
})

test('a page is told from others by what the description takes from its records', () => {
  const print = (records: readonly JsonObject[]) => JSON.stringify(records)
  assert.equal(find([{ a: 1 }], { print }).print, '[{"a":1}]')
  assert.equal(find([{ a: 1 }], {}).print, undefined)
})

for (const body of [{ total: 0 }, { meta: { count: 0 } }, { a: { b: { totalRecords: '0' } } }]) {
  test(`${JSON.stringify(body)} counts nothing, and so is an empty list`, () => {
    assert.deepEqual(find(body, { ...dataOf(MISSING) }).seen?.paths, {})
  })
}

test('a count that lies deeper, or has another name, does not say that there is nothing', () => {
  for (const body of [{ a: { b: { c: { total: 0 } } } }, { discount: 0 }, { total: '' }])
    assert.deepEqual(find(body, { ...dataOf(MISSING) }).seen?.paths, { data_path: false })
})

test('the total counts where the config says that it stands', () => {
  const total = () => found('12')
  assert.deepEqual(find({ pages: 7 }, { ...dataOf(found({ a: 1 })), total }).facts, {
    ...bare,
    rows: 1,
    total: 12,
  })
})

test('records are judged as they came, and prepared then', () => {
  const prepare = (record: JsonObject) => ({ ...record, b: 2 })
  const { records, seen, signs } = find({ a: 1 }, { prepare })
  assert.deepEqual([records, seen?.records, signs], [[{ a: 1, b: 2 }], [{ a: 1 }], []])
  const judge = () => [{ of: 'b' }]
  assert.deepEqual(find([], { judge }).signs, [{ of: 'b' }])
})

test('what is in the place of the next page is judged as it came', () => {
  const next = (named: Json | undefined) => find([1, 2], { nextPage: () => named }).seen?.next
  for (const named of [undefined, null, true, 'b', 7]) assert.equal(next(named), named)
})

test('a place that is there and empty is an empty list', () => {
  assert.deepEqual(find({ items: [], other: [1] }, { ...dataOf(NOTHING) }).records, [])
})

test('a response is outlined by its keys, twenty at most, and by what it says', () => {
  const outline = (body: unknown) => parseJsonResponse(reply(200, body)).outline
  assert.equal(outline({ calls: [], total: 1 }), 'the keys calls, total')
  assert.equal(outline([1]), 'no keys at its top level')
  assert.equal(outline({ message: 'Choose a range' }), 'the keys message; it says "Choose a range"')
  assert.equal(outline({ message: 7, detail: 'no' }), 'the keys message, detail; it says "no"')
  const wide = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`f${index + 1}`, 1]))
  assert.match(outline(wide), /, f19, f20$/)
})
