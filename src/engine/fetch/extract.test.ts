import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import { BadBody, type Reply, type Request } from '../../http/types.ts'
import type { Json, JsonObject } from '../../json.ts'
import { jsonIn } from '../bytes/raw-record.ts'
import { compileScan, type Scan } from '../bytes/scan.ts'
import { listAt, oneAt, type RecordsAt } from '../stream/definition.ts'
import { extractPage, isEmptyEnvelope, isNoContainer } from './extract.ts'

const GET: Request = { method: 'GET', path: '/api/v2/things?secret=1' }
const [list, one, body]: RecordsAt[] = [listAt('items'), oneAt('item'), { kind: 'body' }]
const [a, b] = [{ id: 'a' }, { id: 'b' }]

const extract = (answer: Reply, at: RecordsAt, scan?: Scan) =>
  extractPage(answer, { request: GET, at, scan, service: 'Babelforce' })

const rows: { says: string; at: RecordsAt | undefined; in: unknown; out: Json[] | { keys: string[] } }[] = [
  { says: 'a list under its key', at: list, in: { items: [a, b] }, out: [a, b] },
  { says: 'a bare array in place of the envelope', at: list, in: [a, b], out: [a, b] },
  { says: 'a list that is empty', at: list, in: { items: [] }, out: [] },
  { says: 'a list that is null', at: list, in: { items: null }, out: [] },
  { says: 'an envelope with pagination and no array at all', at: list, in: { pagination: {} }, out: [] },
  { says: 'an envelope with success and no array at all', at: list, in: { success: true }, out: [] },
  {
    says: 'an envelope with another array',
    at: list,
    in: { pagination: {}, calls: [a] },
    out: { keys: ['pagination', 'calls'] },
  },
  {
    says: 'an object without the key',
    at: list,
    in: { calls: [a], total: 1 },
    out: { keys: ['calls', 'total'] },
  },
  { says: 'an empty object', at: list, in: {}, out: { keys: [] } },
  { says: 'one record under its key', at: one, in: { item: a }, out: [a] },
  { says: 'one record that is the body', at: one, in: a, out: [a] },
  { says: 'a list where one record was expected', at: one, in: { item: [a, b] }, out: [a, b] },
  { says: 'a body that is the record', at: body, in: a, out: [a] },
  { says: 'a body that is a list of records', at: body, in: [a, b], out: [a, b] },
]

for (const row of rows) {
  test(`${row.says} gives ${Array.isArray(row.out) ? `${row.out.length} records` : 'the keys that were there'}`, () => {
    const page = extract(reply(200, row.in), row.at ?? list ?? oneAt(''))
    assert.deepEqual(
      isNoContainer(page) ? page : page.rows.map(found => 'json' in found && found.json),
      row.out,
    )
  })
}

const noRecords: { says: string; at: RecordsAt | undefined; in: Json }[] = [
  { says: 'null in place of a record', at: one, in: { item: null, success: true } },
  { says: 'an empty list in place of a record', at: one, in: { item: [] } },
  { says: 'an object without any field', at: one, in: {} },
  { says: 'an object that says no more than that all is well', at: one, in: { success: true } },
  { says: 'a status that is an error', at: one, in: { status: 'error', data: null } },
  { says: 'a message of an error', at: one, in: { error_message: 'boom' } },
  { says: 'a list of nothing', at: one, in: [] },
  { says: 'texts where records should be', at: one, in: { item: ['a'] } },
  { says: 'a body that is null', at: body, in: null },
  { says: 'a body that is a number', at: body, in: 7 },
  { says: 'a body that is an empty list', at: body, in: [] },
]
for (const row of noRecords)
  test(`${row.says} is no record, and no word that there is none`, () => {
    assert.throws(() => extract(reply(200, row.in === null ? 'null' : row.in), row.at ?? oneAt('')), BadBody)
  })

test('a 204 is an empty page, and marked', () => {
  assert.deepEqual(extract(reply(204, ''), listAt('items')), {
    rows: [],
    facts: { rows: 0, pages: undefined, total: undefined, max: undefined },
    isBlank: true,
  })
})

test('what stands around a list tells of its pages; what stands around one record does not', () => {
  const pagination = { total: 9, pages: 9, max: 1 }
  const factsOf = (at: RecordsAt) => {
    const page = extract(reply(200, { items: [a], item: a, pagination }), at)
    return isNoContainer(page) ? undefined : page.facts
  }
  assert.deepEqual(factsOf(listAt('items')), { rows: 1, ...pagination })
  assert.deepEqual(factsOf(oneAt('item')), { rows: 1, pages: undefined, total: undefined, max: undefined })
})

const KEYLESS = { key: [], time: undefined, parent: undefined }

const broken = [
  {
    says: 'an HTML page',
    in: '<!DOCTYPE html><html>down',
    out: 'it is an HTML page, not JSON (it begins "<!DOCTYPE html><html>down")',
  },
  { says: 'JSON that is cut off', in: '{"items":[{"id":"a"', out: 'its JSON is cut off or broken' },
  { says: 'an empty body', in: ' \n', out: 'it is empty' },
  { says: 'plain text', in: 'Service down', out: 'it is not JSON (it begins "Service down")' },
]

for (const row of broken) {
  test(`${row.says} is no answer, and asked for again`, () => {
    const scan = compileScan({}, KEYLESS)
    for (const one of [undefined, scan]) {
      assert.throws(() => extract(reply(200, row.in), listAt('items'), one), {
        constructor: BadBody,
        message: row.out,
      })
    }
  })
}

const changed = [
  { says: 'an object where the list should be', in: { items: {} }, out: 'an object in "items"' },
  { says: 'text where the list should be', in: { items: 'none' }, out: 'text in "items"' },
  { says: 'a number for an answer', in: 7, out: 'a number in the answer' },
]

for (const row of changed) {
  test(`${row.says} is an error that tells so, without the query`, () => {
    assert.throws(() => extract(reply(200, row.in), listAt('items')), {
      constructor: ConnectorError,
      failure: 'system_error',
      message: `Babelforce answered GET /api/v2/things with ${row.out}, where a list of records was expected. The API may have changed; please report this.`,
    })
  })
}

for (const [says, scan, out] of [
  ['parsed is released at once', undefined, 1],
  [
    'bytes still is released with its page',
    compileScan({ properties: { id: { type: 'string' } } }, KEYLESS),
    0,
  ],
] as const) {
  test(`an answer that is ${says}`, () => {
    let released = 0
    const answer = { ...reply(200, { items: [a] }), release: () => released++ }
    const page = extract(answer, listAt('items'), scan)
    assert.equal(released, out)
    assert.ok(!isNoContainer(page))
    page.release?.()
    assert.equal(released, 1)
  })
}

test('with a scan, records that fit stay bytes, the others are parsed, and the envelope tells the same', () => {
  const scan = compileScan({ properties: { id: { type: 'string' } } }, { ...KEYLESS, key: ['id'] })
  const page = extract(reply(200, { items: [a, { id: 7 }], pagination: { total: 2 } }), listAt('items'), scan)
  assert.ok(!isNoContainer(page))
  assert.deepEqual(
    page.rows.map(row => 'bytes' in row),
    [true, false],
  )
  assert.deepEqual(page.rows.map(jsonIn), [a, { id: 7 }])
  assert.deepEqual(page.facts, { rows: 2, pages: undefined, total: 2, max: undefined })
})

test('a page tells when the API dated it, where it did', () => {
  const dated = (headers: Record<string, string>) => {
    const page = extract({ ...reply(200, { items: [a] }), headers }, listAt('items'))
    return isNoContainer(page) ? assert.fail() : page.dateMs
  }
  assert.equal(dated({ date: 'Thu, 01 Jan 1970 00:00:07 GMT' }), 7000)
  assert.deepEqual([dated({}), dated({ date: 'today' })], [undefined, undefined])
})

const envelopes: readonly { says: string; in: JsonObject; out: boolean }[] = [
  { says: 'an envelope without any list or count', in: { success: true }, out: true },
  { says: 'one that counts nothing', in: { pagination: { total: 0 } }, out: true },
  { says: 'one that counts something', in: { pagination: { total: 3 } }, out: false },
  { says: 'one with a list', in: { success: true, calls: [] }, out: false },
  { says: 'what is no envelope', in: { id: 'a' }, out: false },
]

for (const { says, in: body, out } of envelopes)
  test(`${says} ${out ? 'stands' : 'does not stand'} for an empty list`, () =>
    assert.equal(isEmptyEnvelope(body), out))

test('records may be wherever a function finds them', () => {
  const facts = { rows: 1, pages: undefined, total: 7, max: undefined }
  const page = extract(reply(200, { deep: { down: [a] } }), {
    kind: 'found',
    find: ({ bytes }) => ({ records: JSON.parse(bytes.toString()).deep.down, facts }),
  })
  assert.ok(!isNoContainer(page))
  assert.deepEqual([page.rows.map(jsonIn), page.facts], [[a], facts])
})

test('an answer without a byte is an empty page where a function finds the records, and is not given to it', () => {
  const found: RecordsAt = {
    kind: 'found',
    find: ({ bytes }) => ({ records: [bytes.length], facts: { rows: 1, total: 1, pages: 1, max: 1 } }),
  }
  const answer = (text: string) => {
    const page = extract({ ...reply(200), bytes: Buffer.from(text) }, found)
    return isNoContainer(page)
      ? assert.fail()
      : [page.rows.map(jsonIn), page.isBlank, page.isImplied, page.signs]
  }
  assert.deepEqual(answer(''), [[], true, undefined, undefined])
  assert.deepEqual(answer(' '), [[1], undefined, undefined, []])
})

test('an empty list that was only accepted (202) is as an answer without content, and no other is', () => {
  const blank = (status: number, items: readonly Json[]) => {
    const page = extract(reply(status, { items }), listAt('items'))
    return isNoContainer(page) ? assert.fail() : page.isBlank
  }
  assert.deepEqual(
    [blank(202, []), blank(202, [a]), blank(200, []), blank(201, [])],
    [true, undefined, undefined, undefined],
  )
})

test('a list that is bytes still is refused where it says that it is not whole', () => {
  const scan = compileScan({ properties: { id: { type: 'string' } } }, { ...KEYLESS, key: ['id'] })
  assert.throws(() => extract(reply(200, { items: [a], timed_out: true }), listAt('items'), scan), BadBody)
})

test('a part of an answer (206) is none, unless a person described how its records are found', () => {
  const facts = { rows: 1, total: 1, pages: 1, max: 1 }
  for (const at of [listAt('items'), oneAt('item'), { kind: 'body' }] as const)
    assert.throws(() => extract(reply(206, { items: [a], item: a }), at), BadBody)
  const found = extract(reply(206, {}), { kind: 'found', find: () => ({ records: [a], facts }) })
  assert.ok(!isNoContainer(found) && found.rows.length === 1)
})

test('a list that is bytes still is refused where it did not succeed', () => {
  const scan = compileScan({ properties: { id: { type: 'string' } } }, { ...KEYLESS, key: ['id'] })
  for (const success of [false, 'false'])
    for (const one of [scan, undefined])
      assert.throws(() => extract(reply(200, { items: [], success }), listAt('items'), one), BadBody)
  const page = extract(reply(200, { items: [a], success: true }), listAt('items'), scan)
  assert.ok(!isNoContainer(page) && page.rows.every(row => 'bytes' in row))
})
