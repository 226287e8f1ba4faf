import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exactNumber, type JsonObject } from '../json.ts'
import type { CustomStreamConfig } from './config.ts'
import { describe } from './description.ts'
import type { FilterField, SeenPage } from './response/find-records.ts'

const PAGE: SeenPage = {
  records: [],
  outline: 'the keys a',
  paths: {},
  next: null,
  listed: 0,
  total: undefined,
  pageAfter: () => undefined,
}

/** What a page shows of a stream: each part that is right, or the words of its mistake. */
function judged(
  stream: Partial<CustomStreamConfig>,
  page: Partial<SeenPage>,
  added: readonly string[] = [],
): Record<string, string> {
  const { judge } = describe({ name: 'mine', url: '/x/{parent.id}', ...stream }, added)
  const signs = judge({ ...PAGE, ...page })
  for (const { mistake } of signs) assert.equal(mistake?.failure ?? 'config_error', 'config_error')
  return Object.fromEntries(signs.map(({ of, mistake }) => [of, mistake?.message ?? 'right']))
}

test('an empty page shows nothing', () => {
  const stream = { data_path: '$.a', primary_key: ['id'], cursor_field: 't' }
  assert.deepEqual(judged(stream, {}), {})
})

test('a path that leads nowhere is shown with what there is', () => {
  const { data_path } = judged(
    { data_path: '$.calls' },
    { paths: { data_path: false }, outline: 'the keys items' },
  )
  assert.equal(
    data_path,
    'Custom stream mine has the data_path $.calls, which finds nothing in any response: there are the keys items. Fix it; the command "sample" with --suggest lists likely paths.',
  )
  assert.deepEqual(judged({ data_path: '$.calls' }, { paths: { data_path: true } }), { data_path: 'right' })
})

const FIELD: FilterField = { text: '@.kind', isSeen: false, isOptional: false, known: ['id', 'status'] }
const SEEN: FilterField = { ...FIELD, text: '@.id', isSeen: true }
const LOOKED_FOR: FilterField = { ...FIELD, isOptional: true }

const FILTERS: readonly {
  says: string
  fields?: FilterField[] | undefined
  records?: JsonObject[]
  filter: RegExp | undefined
}[] = [
  { says: 'a path without a filter tells nothing', filter: undefined },
  { says: 'nor does a filter that nothing was asked of', fields: [], filter: undefined },
  { says: 'a field that something has is right', fields: [SEEN], filter: /^right$/ },
  {
    says: 'one that nothing has is a mistake, told with what there is',
    fields: [SEEN, FIELD],
    filter:
      /^Custom stream mine has the data_path \$\.a\[\?\], whose filter finds nothing: no record has @\.kind; they have id, status\. Fix it; if records may lack the field, let the filter ask whether it is there, too\.$/,
  },
  {
    says: 'and what was probably meant',
    fields: [{ ...FIELD, text: '@.statu' }],
    filter: /no record has @\.statu; did you mean status\? they have/,
  },
  {
    says: 'also for a name in brackets',
    fields: [{ ...FIELD, text: "@['statu']" }],
    filter: /did you mean status\?/,
  },
  {
    says: 'also for an attribute',
    fields: [{ ...FIELD, text: '@knd', known: ['@kind'] }],
    filter: /no record has @knd; did you mean @kind\?/,
  },
  { says: 'where a record passed, the filter is right', fields: [FIELD], records: [{}], filter: /^right$/ },
  { says: 'one that the filter looks for may be absent', fields: [LOOKED_FOR], filter: /^right$/ },
  { says: 'also where it is compared too', fields: [LOOKED_FOR, FIELD], filter: /^right$/ },
  {
    says: 'unless another is called much like it',
    fields: [{ ...LOOKED_FOR, text: '@.Status' }],
    filter: /no record has @\.Status; did you mean status\?/,
  },
  {
    says: 'at most thirty names are told',
    fields: [{ ...FIELD, known: Array.from({ length: 40 }, (_, index) => `f${index + 1}`) }],
    filter: /, f29, f30\. Fix/,
  },
]
for (const { says, fields, records = [], filter } of FILTERS) {
  test(`of the fields that a filter names, ${says}`, () => {
    const said = judged({ data_path: '$.a[?]' }, { fields, records })['filter']
    if (filter === undefined) assert.equal(said, undefined)
    else assert.match(said ?? '', filter)
  })
}

test('an envelope where a record should be is refused at once where there are pages, which would have no end', () => {
  const page = { isLone: true, records: [{ page: 1, items: [{ id: 1 }] }] }
  const paged: Partial<CustomStreamConfig> = { pagination: { type: 'page' } }
  assert.throws(() => judged(paged, page), {
    failure: 'config_error',
    message:
      'Custom stream mine takes the whole response for a record, though its items is a list. Set data_path to the list.',
  })
  assert.throws(() => judged({ ...paged, data_path: '$.data' }, page), /takes \$\.data for a record/)
  const fine: readonly (readonly [Partial<CustomStreamConfig>, Partial<SeenPage>])[] = [
    [{}, page],
    [{ pagination: { type: 'none' } }, page],
    [paged, { ...page, isLone: false }],
    [paged, { ...page, records: [{ items: ['a'], tags: [] }] }],
    [paged, { ...page, records: [] }],
    [{ ...paged, primary_key: ['page'] }, page],
  ]
  for (const [stream, other] of fine) assert.doesNotThrow(() => judged(stream, other))
})

test('a path that ends with a number is a mistake where there are more records than one', () => {
  const said = (data_path: string | undefined, listed: number, records: JsonObject[] = [{ a: 1 }]) =>
    judged({ ...(data_path !== undefined && { data_path }) }, { listed, records })['number']
  assert.equal(
    said('$.calls[0]', 3),
    'Custom stream mine has the data_path $.calls[0], which takes one of 3 records. Write $.calls for all of them; for one only, end it with a slice such as [0:1].',
  )
  assert.match(said('$.calls[-1]', 2) ?? '', /one of 2 records\. Write \$\.calls for/)
  assert.match(
    said('/r/i[10]', 12) ?? '',
    /Write \/r\/i for all of them; .* end it with \[position\(\) = 1\]\./,
  )
  assert.equal(said('$.calls[0]', 1), undefined)
  assert.equal(said('$.pair[0]', 2, [{ value: 1 }, { value: 2 }]), undefined)
  assert.equal(said('$.calls[0].legs', 3), undefined)
  assert.equal(said(undefined, 3), undefined)
})

test('a schema is a mistake where no record has any of its columns', () => {
  const said = (properties: object, records: JsonObject[], added: string[] = []) =>
    judged({ json_schema: JSON.stringify({ properties }) }, { records }, added)['json_schema']
  assert.equal(
    said({ Id: {}, nme: {} }, [{ id: 1 }, { name: 'a' }]),
    'Custom stream mine has a json_schema, but no record has any of its columns (Id, nme); did you mean id? they have id. Fix it, or leave it out.',
  )
  assert.equal(said({ Id: {}, name: {} }, [{ id: 1 }, { name: null }]), 'right')
  assert.equal(said({ Id: {} }, []), undefined)
  assert.equal(said({}, [{ id: 1 }]), undefined)
  assert.equal(said({ parent_id: {} }, [{ id: 1 }], ['parent_id']), undefined)
  assert.deepEqual(judged({}, { records: [{ id: 1 }] }), {})
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`F${index + 1}`, {}]))
  assert.match(said(many, [{ id: 1 }]) ?? '', /F29, F30\);/)
})

test('so are paths beside the records', () => {
  const stream = { total_path: '$.totl', metadata_path: '$.met' }
  const { total_path = '', metadata_path = '' } = judged(stream, {
    paths: { total_path: false, metadata_path: false },
  })
  assert.match(total_path, /total_path \$\.totl, which finds no number of all records in any/)
  assert.match(metadata_path, /metadata_path \$\.met, which finds nothing in any/)
})

const token = { type: 'next_token', token_path: '$.nxt', token_parameter: 't' } as const
const full: readonly (readonly [
  says: string,
  more: Partial<CustomStreamConfig>,
  full: number[],
  short: number[],
])[] = [
  [
    'without a size in the request, at lengths that pages often have',
    {},
    [10, 100, 250],
    [9, 11, 35, 99, 101],
  ],
  ['by the size in the address', { url: '/x?page_size=35' }, [35, 36], [10, 34]],
  ['by the limit in the address', { url: '/x?a=1&limit=7' }, [7], [6]],
  ['by the size in the body', { method: 'POST', body: '{"size": 40}' }, [40], [10, 39]],
  ['not by another number', { url: '/x?age=35&resize=9' }, [10], [35, 9]],
]
const rowsOf = (count: number): JsonObject[] => Array.from({ length: count }, () => ({}))

for (const [says, more, fulls, shorts] of full) {
  test(`a page is full ${says}`, () => {
    const said = (rows: number) =>
      judged({ pagination: token, ...more }, { records: rowsOf(rows), next: undefined })['pagination']
    for (const rows of fulls) assert.match(said(rows) ?? '', /a full page/, `${rows}`)
    for (const rows of shorts) assert.equal(said(rows), undefined, `${rows}`)
  })
}

test('a full page without a next one names the place where it should be', () => {
  const said = (pagination: NonNullable<CustomStreamConfig['pagination']>) =>
    judged({ pagination }, { records: rowsOf(10), next: undefined })['pagination'] ?? ''
  assert.match(said(token), /full page of 10 records, but no response has anything at \$\.nxt,/)
  assert.match(said({ type: 'next_url', url_path: '$.u' }), /anything at \$\.u,/)
  assert.match(said({ type: 'link_header' }), /no response has a Link header, .* choose paging none\.$/)
  assert.equal(said({ type: 'page' }), '')
  assert.equal(said({ type: 'none' }), '')
})

test('a next page that is named shows that its place is right; null is the end, and true is no name', () => {
  const said = (next: SeenPage['next']) => judged({ pagination: token }, { records: rowsOf(10), next })
  assert.deepEqual(said('b'), { pagination: 'right' })
  assert.deepEqual(said(7), { pagination: 'right' })
  assert.deepEqual(said(null), {})
  assert.match(said(true)['pagination'] ?? '', /finds true at \$\.nxt, which does not name the next page/)
})

test('an object or a list names no next page in an address, though it may in a body', () => {
  const said = (next: SeenPage['next'], more: Partial<CustomStreamConfig> = {}) =>
    judged({ pagination: token, ...more }, { records: rowsOf(10), next })['pagination']
  assert.match(
    said({ token: 10 }) ?? '',
    /finds \{"token":10\} at \$\.nxt, which does not name the next page/,
  )
  assert.match(said(['10']) ?? '', /finds \["10"\] at/)
  assert.equal(said([]), undefined)
  assert.equal(said({}), undefined)
  assert.equal(said(exactNumber('12345678901234567890')), 'right')
  assert.equal(said(['10'], { method: 'POST' }), 'right')
  const byUrl = { method: 'POST', pagination: { type: 'next_url', url_path: '$.nxt' } } as const
  assert.match(said({ href: '/x' }, byUrl) ?? '', /finds \{"href":"\/x"\} at/)
})

test('a key that no record of a page has may be a mistake; one that some have is none', () => {
  const said = (primary_key: string[], records: JsonObject[], added: string[] = []) =>
    judged({ primary_key }, { records }, added)
  assert.match(
    said(['idd'], [{ id: 1, n: 2 }])['primary_key idd'] ?? '',
    /the primary_key idd, which no record has; did you mean id\? they have id, n\. Fix it\./,
  )
  assert.deepEqual(said(['id'], [{}, { id: 1 }]), { 'primary_key id': 'right' })
  assert.match(said(['id'], [{ id: null }])['primary_key id'] ?? '', /no record has/)
  assert.deepEqual(said(['a.b'], [{ a: { b: 0 } }]), { 'primary_key a.b': 'right' })
  assert.deepEqual(said(['parent_id'], [{}], ['parent_id']), {})
  assert.deepEqual(said([], [{ id: 1 }]), {})
})

const ofCursor = (records: JsonObject[], more: Partial<CustomStreamConfig> = {}) =>
  judged({ cursor_field: 't', ...more }, { records })['cursor_field']

test('a cursor that no record has, or whose values are no times, may be a mistake; null tells nothing', () => {
  assert.match(ofCursor([{ a: 1 }]) ?? '', /the cursor_field t, which no record has; they have a\. Fix/)
  assert.match(ofCursor([{ t: 5 }]) ?? '', /its value 5 is not a time in ISO 8601\. Set cursor_format/)
  assert.match(
    ofCursor([{}, { t: 'x' }], { cursor_format: 'epoch_millis' }) ?? '',
    /its value "x" is not a time of the cursor_format epoch_millis/,
  )
  assert.equal(ofCursor([{ t: 'x' }, { t: '2026-01-01' }]), 'right')
  assert.equal(ofCursor([{ t: null }, {}]), undefined)
  assert.equal(ofCursor([{ t: '' }]), undefined)
  assert.deepEqual(judged({}, { records: [{ t: 5 }] }), {})
})

test('of long values and of many fields only the beginning is told', () => {
  const [begin, long] = ['x'.repeat(50), 'x'.repeat(200)]
  assert.match(ofCursor([{ t: long }]) ?? '', new RegExp(`its value "${begin}x{9}… is not a time`))
  const next = judged({ pagination: token }, { next: { token: long } })['pagination']
  assert.match(next ?? '', new RegExp(`finds \\{"token":"${begin}… at`))
  const wide = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index + 1}`, 1]))
  const keyed = judged({ primary_key: ['idd'] }, { records: [wide] })['primary_key idd']
  assert.match(keyed ?? '', /they have f1, .*, f29, f30\. Fix it\.$/)
  assert.match(ofCursor([wide]) ?? '', /f30\. Fix it\.$/)
})

test('a time of 1970 or of a far future is in another unit than was said, and shown as it came', () => {
  const by = (cursor_format: string, t: number) => ofCursor([{ t }], { cursor_format }) ?? ''
  assert.match(by('epoch_millis', 1_795_132_800), /its value 1795132800 is not a time of the cursor_format/)
  assert.match(by('epoch_seconds', 1_795_132_800_000), /is not a time of the cursor_format epoch_seconds/)
  assert.equal(by('epoch_seconds', 1_795_132_800), 'right')
})

test('only a time in another format than ISO 8601 is written anew', () => {
  const prepared = (t: string, cursor_format?: string) =>
    describe(
      { name: 'mine', url: '/x', cursor_field: 't', ...(cursor_format !== undefined && { cursor_format }) },
      [],
    ).prepare({ t })
  assert.deepEqual(prepared('2026-01-01'), { t: '2026-01-01' })
  assert.deepEqual(prepared('2026-01-01', 'iso8601'), { t: '2026-01-01' })
  assert.deepEqual(prepared('01/02/2026', 'dd/MM/yyyy'), { t: '2026-02-01T00:00:00.000Z' })
})

test('times that are days are a mistake where windows are asked for more finely, unless the format says so', () => {
  const by = (stepMs: number | undefined, records: JsonObject[], cursor_format?: string) => {
    const stream = { name: 'mine', url: '/x', cursor_field: 't', ...(cursor_format && { cursor_format }) }
    return describe(stream, [], stepMs).judge({ ...PAGE, records })[0]?.mistake?.message
  }
  const days = [{ t: '2026-01-01' }, { t: null }, { t: '2026-01-02' }]
  assert.match(
    by(1000, days) ?? '',
    /cursor_field t, whose values are days such as 2026-01-01, while its window asks for moments: .* Set cursor_format to yyyy-MM-dd\./,
  )
  assert.equal(by(86_400_000, days), undefined)
  assert.equal(by(undefined, days), undefined)
  assert.equal(by(1000, days, 'yyyy-MM-dd'), undefined)
  assert.equal(by(1000, [...days, { t: '2026-01-02T01:00:00Z' }]), undefined)
  assert.equal(by(1000, [{ t: null }]), undefined)
})

const typed = (...types: string[]) => types.map((type, id) => ({ id, type }))

test('a key that many different records share may not be the key', () => {
  const said = (primary_key: string[], records: JsonObject[], added: string[] = []) =>
    judged({ primary_key }, { records }, added)['key']
  assert.match(
    said(['type'], typed('a', 'a', 'b', 'a')) ?? '',
    /primary_key type, which is the same in many records: a response has 4 different ones with 2 different keys/,
  )
  assert.equal(said(['type'], typed('a', 'b', 'c', 'a')), undefined)
  assert.equal(said(['type', 'id'], typed('a', 'a', 'a')), undefined)
  assert.equal(said(['type'], typed('a', 'a')), undefined)
  assert.match(said(['type'], typed('a', 'a', 'a')) ?? '', /3 different ones with 1 different keys/)
  const twice = typed('a', 'a', 'a', 'b').flatMap(one => [one, one])
  assert.match(said(['type'], twice) ?? '', /4 different ones with 2 different keys/)
  assert.equal(said(['type'], [...twice, { id: 9, type: 'c' }, { id: 9, type: 'c' }]), undefined)
  assert.equal(said(['id'], [{ id: 1 }, { id: 1 }, { id: 1 }]), undefined)
  assert.equal(said(['parent_id'], typed('a', 'a', 'a'), ['parent_id']), undefined)
})

test('a page is known again by its keys, in any order and whatever else is in its records', () => {
  const described = (primary_key: string[], added: string[] = []) =>
    describe({ name: 'mine', url: '/x', primary_key }, added)
  const { print } = described(['id', 'parent_id'], ['parent_id'])
  const printed = print?.([{ id: 1 }, { id: 2 }])
  assert.ok(printed !== undefined)
  assert.equal(print?.([{ id: 2, asked: 5 }, { id: 1 }]), printed)
  assert.notEqual(print?.([{ id: 1 }, { id: 3 }]), printed)
  assert.equal(print?.([{ id: 1 }, {}]), undefined)
  assert.equal(described([]).print?.([{ id: 1 }]), undefined)
})
