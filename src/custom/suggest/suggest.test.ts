import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonObject } from '../../json.ts'
import { compileJsonPath } from '../response/json-path.ts'
import { parseXml } from '../response/xml.ts'
import { compileXPath } from '../response/xpath.ts'
import { suggestPaths, suggestXPaths } from './suggest.ts'

const records = (count: number, more: JsonObject = {}) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${index}`, name: 'n', ...more }))

const success = true
const pagination = { pages: 1, total: 2, current: 1, maxResults: 100, max: 100, next: null }
const _metadata = { page: 1, per_page: 100, page_count: 1, total_count: 2 }
/** An agent has more tags and groups than a list has agents. */
const agent = { tags: ['a', 'b', 'c'], groups: records(7), features: ['x'], presence: { name: 'p' } }

/** The container shapes of the vendor's documents, of the templates' seeds, and of other APIs. */
const SHAPES: readonly { says: string; in: Json; best: string; count: number; metadata?: string[] }[] = [
  // Lists of the vendor's version 2.
  {
    says: 'a paged list',
    in: { items: records(2), pagination },
    best: '$.items[*]',
    count: 2,
    metadata: ['$.pagination'],
  },
  {
    says: 'a paged list without records',
    in: { items: [], pagination },
    best: '$.items[*]',
    count: 0,
    metadata: ['$.pagination'],
  },
  {
    says: 'a paged list whose records hold lists',
    in: { items: records(2, agent), pagination },
    best: '$.items[*]',
    count: 2,
  },
  {
    says: 'one record that holds lists',
    in: { items: records(1, agent), pagination },
    best: '$.items[*]',
    count: 1,
  },
  {
    says: 'a list with pagination and success',
    in: { items: records(2), pagination, success },
    best: '$.items[*]',
    count: 2,
  },
  {
    says: 'a list without pages',
    in: { items: records(2), success },
    best: '$.items[*]',
    count: 2,
    metadata: ['$.success'],
  },
  {
    says: 'the same, empty',
    in: { items: [], success },
    best: '$.items[*]',
    count: 0,
    metadata: ['$.success'],
  },
  { says: 'a list of names', in: { items: ['a', 'b'], success }, best: '$.items[*]', count: 2 },
  { says: 'a list of names alone', in: { items: ['a', 'b'] }, best: '$.items[*]', count: 2 },
  {
    says: 'a list of free-form objects',
    in: { items: [{ a: { b: 1 } }, {}], success },
    best: '$.items[*]',
    count: 2,
  },
  {
    says: 'a list with null among its records',
    in: { items: [null, { id: 1 }], pagination },
    best: '$.items[*]',
    count: 2,
  },
  {
    says: 'a list beside the queue that it is of',
    in: { items: records(2), pagination, queue: { id: 'q', name: 'q', tags: records(5) }, success },
    best: '$.items[*]',
    count: 2,
    metadata: ['$.pagination', '$.queue', '$.success'],
  },
  {
    says: 'a list under a name of its own',
    in: { message: 'm', success, uses: records(2) },
    best: '$.uses[*]',
    count: 2,
  },
  // Single objects of version 2.
  {
    says: 'a single record',
    in: { item: { id: '1', name: 'n' }, success },
    best: '$.item',
    count: 1,
    metadata: ['$.success'],
  },
  {
    says: 'a single record that holds lists',
    in: { item: { id: '1', ...agent }, success },
    best: '$.item',
    count: 1,
  },
  { says: 'a single record that is a list', in: { item: records(1), success }, best: '$.item[*]', count: 1 },
  {
    says: 'a single record without an id',
    in: { item: { available: true, label: 'l' }, success },
    best: '$.item',
    count: 1,
  },
  {
    says: 'a single record of objects',
    in: { item: { user: { id: 1 }, customer: { id: 2 } }, success },
    best: '$.item',
    count: 1,
  },
  {
    says: 'a single record of lists and settings',
    in: { item: { features: ['a', 'b'], settings: {} }, success },
    best: '$.item',
    count: 1,
  },
  {
    says: 'a single record of statistics',
    in: { item: { order: 'x', statuses: ['a'], time: 1, stats: {} }, success },
    best: '$.item',
    count: 1,
  },
  {
    says: 'a single setting',
    in: { item: { scope: 's', key: 'k', data: { a: 1 } } },
    best: '$.item',
    count: 1,
  },
  { says: 'a single record that is empty', in: { item: {}, success }, best: '$.item', count: 0 },
  {
    says: 'a metric',
    in: { id: 'm', type: 't', metric: { value: 1 }, request: { id: 'x', timeRange: { from: 1 } }, success },
    best: '$',
    count: 1,
  },
  {
    says: 'the response to an action',
    in: { action: 'a', context: {}, data: { success, message: 'm', response: {} }, params: {} },
    best: '$',
    count: 1,
  },
  { says: 'a bare message', in: { message: 'm', success }, best: '$', count: 1 },
  // Version 3.
  {
    says: 'a list of version 3',
    in: { _metadata, records: records(2) },
    best: '$.records[*]',
    count: 2,
    metadata: ['$._metadata'],
  },
  {
    says: 'the same, empty',
    in: { _metadata, records: [] },
    best: '$.records[*]',
    count: 0,
    metadata: ['$._metadata'],
  },
  {
    says: 'the same with lists in its records',
    in: { _metadata, records: records(1, { actions: { on_failed: records(5) } }) },
    best: '$.records[*]',
    count: 1,
  },
  { says: 'names, bare', in: ['a', 'b'], best: '$[*]', count: 2, metadata: [] },
  {
    says: 'a task',
    in: { id: 't', state: 's', actions: { on_failed: records(3), settings: [] }, body: { items: [1] } },
    best: '$',
    count: 1,
  },
  {
    says: 'a schedule',
    in: { cron: '* * * * *', name: 'n', task: { id: 1 }, timezone: 'UTC' },
    best: '$',
    count: 1,
  },
  { says: 'a script', in: { file: 'f', metadata: { name: 'n', id: 1 } }, best: '$', count: 1 },
  { says: 'settings', in: { accept_timeout: 1, expire_in: 2, selection_engine: 's' }, best: '$', count: 1 },
  {
    says: 'a journal',
    in: { id: 't', created_at: 1, total_duration: 2, journal: [{ a: 1 }, { a: 2 }] },
    best: '$',
    count: 1,
  },
  {
    says: "an agent's journal",
    in: { id: 'a', interaction_frequency: {}, journal: [{ a: 1 }] },
    best: '$',
    count: 1,
  },
  {
    says: 'durations',
    in: { agent_id: 'a', items: [{ durations: [1, 2] }], meta: records(2) },
    best: '$.items[*]',
    count: 1,
    metadata: ['$.agent_id'],
  },
  {
    says: 'a series',
    in: { type: 't', start: 's', end: 'e', rate: '1h', timeseries: [{ at: 1 }] },
    best: '$.timeseries[*]',
    count: 1,
  },
  // SCIM.
  {
    says: 'users of SCIM',
    in: {
      schemas: ['urn:list'],
      totalResults: 2,
      startIndex: 1,
      itemsPerPage: 2,
      Resources: records(2, { emails: records(4) }),
    },
    best: '$.Resources[*]',
    count: 2,
    metadata: ['$.totalResults', '$.startIndex', '$.itemsPerPage'],
  },
  {
    says: 'no users of SCIM',
    in: { schemas: ['urn:list'], totalResults: 0, Resources: [] },
    best: '$.Resources[*]',
    count: 0,
  },
  {
    says: 'a user of SCIM',
    in: { schemas: ['urn:user'], id: 'u', emails: records(3), meta: { resourceType: 'User' } },
    best: '$',
    count: 1,
  },
  // The names of the templates' seeds.
  ...['calls', 'agents', 'applications', 'leads', 'data'].flatMap(name => [
    {
      says: `seeds' ${name}`,
      in: { [name]: records(2, agent) },
      best: `$.${name}[*]`,
      count: 2,
      metadata: [],
    },
    { says: `seeds' ${name}, empty`, in: { [name]: [] }, best: `$.${name}[*]`, count: 0, metadata: [] },
  ]),
  { says: 'a bare list', in: records(2), best: '$[*]', count: 2, metadata: [] },
  { says: 'a bare list that is empty', in: [], best: '$[*]', count: 0, metadata: [] },
  { says: 'a bare record', in: { id: 1, name: 'n' }, best: '$', count: 1, metadata: [] },
  // Of other makes.
  {
    says: 'a list deep down, beside longer and shorter ones',
    in: {
      response: {
        payload: {
          places: Array.from({ length: 70 }, (_, n) => n),
          entries: records(60),
          columns: records(2),
        },
      },
    },
    best: '$.response.payload.entries[*]',
    count: 60,
    metadata: [],
  },
  {
    says: 'what is beside each object on the way',
    in: { took: 1, hits: { total: { value: 2 }, hits: records(2) } },
    best: '$.hits.hits[*]',
    count: 2,
    metadata: ['$.hits.total', '$.took'],
  },
  {
    says: 'an empty list deep down',
    in: { data: { calls: [], total: 0 } },
    best: '$.data.calls[*]',
    count: 0,
    metadata: ['$.data.total'],
  },
  {
    says: 'a record in a wrapper',
    in: { data: { id: 1, legs: records(4) }, code: 0 },
    best: '$.data',
    count: 1,
    metadata: ['$.code'],
  },
  {
    says: 'two records of different kinds',
    in: { agent: { id: 1, name: 'a' }, customer: { id: 2, name: 'b' } },
    best: '$',
    count: 1,
  },
  {
    says: 'a record under its own name',
    in: { agent: { id: 1, groups: records(3) }, success },
    best: '$.agent',
    count: 1,
  },
  {
    says: 'an envelope with an id of the request',
    in: { id: 'req-1', data: records(2) },
    best: '$.data[*]',
    count: 2,
    metadata: ['$.id'],
  },
  {
    says: 'links to pages',
    in: { count: 2, next: null, previous: null, results: records(2) },
    best: '$.results[*]',
    count: 2,
    metadata: ['$.count', '$.next', '$.previous'],
  },
  {
    says: 'embedded lists',
    in: { _embedded: { calls: records(2) }, _links: { self: { href: 'x' } } },
    best: '$._embedded.calls[*]',
    count: 2,
    metadata: ['$._links'],
  },
  {
    says: 'rows of cells',
    in: { columns: ['a', 'b', 'c'], rows: [[1, 2, 3]], total: 1 },
    best: '$.rows[*]',
    count: 1,
    metadata: ['$.total'],
  },
  {
    says: 'more errors than records',
    in: { items: records(1), errors: records(9), included: records(20) },
    best: '$.items[*]',
    count: 1,
  },
  { says: 'null for an empty list', in: { items: null, pagination }, best: '$.items[*]', count: 0 },
  {
    says: 'more errors than records under a name of their own',
    in: { calls: records(1), errors: records(9) },
    best: '$.calls[*]',
    count: 1,
  },
  {
    says: 'lists in what is beside',
    in: { meta: { sources: records(9) }, calls: records(2) },
    best: '$.calls[*]',
    count: 2,
  },
  {
    says: 'pages of something that has an id',
    in: { id: 'x', pagination, calls: records(2) },
    best: '$.calls[*]',
    count: 2,
  },
  {
    says: 'a single record that holds items',
    in: { item: { items: records(3) }, success },
    best: '$.item',
    count: 1,
  },
  // Keys that are not plain names.
  { says: 'a key with a space', in: { 'my key': records(1) }, best: "$['my key'][*]", count: 1 },
  {
    says: 'a key with quotes and a backslash',
    in: { 'it\'s "x" \\': records(1) },
    best: `$['it\\'s "x" \\\\'][*]`,
    count: 1,
  },
  {
    says: 'keys with a dash, a point and a line break',
    in: { 'a-b': { 'c.d': { 'e\nf': records(1) } } },
    best: "$['a-b']['c.d']['e\\nf'][*]",
    count: 1,
  },
  { says: 'a key that begins with a digit', in: { '2024': records(1) }, best: "$['2024'][*]", count: 1 },
  { says: 'an empty key', in: { '': records(1) }, best: "$[''][*]", count: 1 },
  { says: 'letters of other alphabets', in: { größe: records(1) }, best: '$.größe[*]', count: 1 },
  {
    says: 'a key called __proto__',
    in: JSON.parse('{"__proto__": [{"id": 1}], "constructor": 1}'),
    best: '$.__proto__[*]',
    count: 1,
    metadata: ['$.constructor'],
  },
]

for (const { says, in: body, best, count, metadata } of SHAPES) {
  test(`${says}: ${best}`, () => {
    const suggested = suggestPaths(body)
    const [first] = suggested.data
    assert.deepEqual([first?.path, first?.count], [best, count], JSON.stringify(suggested.data))
    const found = compileJsonPath(best)(body)
    assert.equal(found.isMissing, false)
    assert.deepEqual(found.values.slice(0, 1), first?.first === undefined || count === 0 ? [] : [first.first])
    if (metadata !== undefined) assert.deepEqual(suggested.metadata, metadata)
  })
}

test('all paths lead to as many values as they say', () => {
  for (const { in: body } of SHAPES) {
    for (const { path, count } of suggestPaths(body).data) {
      const { values } = compileJsonPath(path)(body)
      assert.equal(values.filter(value => value !== null).length, suggestedCount(body, path, count), path)
    }
    for (const path of suggestPaths(body).metadata) assert.equal(compileJsonPath(path)(body).isMissing, false)
  }
})

/** Null among the elements of a list is counted as an element. */
function suggestedCount(body: Json, path: string, count: number): number {
  const { values } = compileJsonPath(path)(body)
  return count - values.filter(value => value === null).length
}

test('null suggests nothing, and a bare value itself', () => {
  assert.deepEqual(suggestPaths(null), { data: [], metadata: [] })
  assert.deepEqual(suggestPaths('text').data, [{ path: '$', count: 1, first: 'text' }])
})

test('an empty object at the top may be a record; below it is none', () => {
  assert.deepEqual(suggestPaths({}).data, [{ path: '$', count: 1, first: {} }])
  assert.equal(suggestPaths({ data: {} }).data[0]?.count, 0)
})

test('lists of lists are likelier than lists of words, and lists of objects than both', () => {
  const paths = (body: Json) => suggestPaths(body).data.map(({ path }) => path)
  const lists = { words: ['a', 'b', 'c'], cells: [[1]], calls: [{ a: 1 }], none: [] }
  assert.deepEqual(paths(lists).slice(0, 4), ['$.calls[*]', '$.none[*]', '$.cells[*]', '$.words[*]'])
})

test('the first twenty elements of a list tell what it holds', () => {
  const mixed = (at: number) => Array.from({ length: 25 }, (_, index) => (index === at ? { a: 1 } : 'a'))
  const best = (at: number) => suggestPaths({ words: mixed(at), calls: [] }).data[0]?.path
  assert.deepEqual([best(19), best(20)], ['$.words[*]', '$.calls[*]'])
})

const RANKS: readonly { says: string; in: Json; paths: string[] }[] = [
  {
    says: 'a list of objects, then of none, of lists, of words',
    in: { words: ['a'], cells: [[1]], none: [], calls: [{ a: 1 }] },
    paths: ['$.calls[*]', '$.none[*]', '$.cells[*]', '$.words[*]'],
  },
  {
    says: 'the name of a list goes before an object of any other',
    in: { data: [{ a: 1 }], calls: [{ a: 1 }, { a: 2 }] },
    paths: ['$.data[*]', '$.calls[*]'],
  },
  {
    says: 'what is called like something beside the data comes after an empty list',
    in: { words: ['a', 'b', 'c'], errors: [{ a: 1 }, { a: 2 }], calls: [{ a: 1 }], none: [] },
    paths: ['$.calls[*]', '$.none[*]', '$.errors[*]', '$.words[*]'],
  },
  {
    says: 'a record at the top goes before an empty list in it',
    in: { id: 1, tasks: [] },
    paths: ['$', '$.tasks[*]'],
  },
  {
    says: 'an empty list goes before an object at the top that is no record',
    in: { total: 0, tasks: [] },
    paths: ['$.tasks[*]', '$'],
  },
  {
    says: 'a wrapper without a list goes before an empty list of another name',
    in: { tasks: [], data: { x: { y: 1 } } },
    paths: ['$.data', '$.tasks[*]'],
  },
  {
    says: 'a single record goes before a list of words',
    in: { items: ['a', 'b'], record: { a: 1 } },
    paths: ['$.record', '$.items[*]'],
  },
  {
    says: 'an empty list by its name goes before a single record',
    in: { record: { a: 1 }, records: [] },
    paths: ['$.records[*]', '$.record'],
  },
  {
    says: 'a list of words by its name goes before a wrapper without a list',
    in: { data: { x: { y: 1 } }, items: ['a'] },
    paths: ['$.items[*]', '$.data'],
  },
  {
    says: 'words in a wrapper go before it, and it before the whole',
    in: { data: { words: ['a'] } },
    paths: ['$.data.words[*]', '$.data', '$'],
  },
  {
    says: 'two lists in a single record go before the whole, after the record',
    in: { item: { id: 1, legs: [{ a: 1 }, { a: 2 }] }, other: { x: {} } },
    paths: ['$.item', '$.item.legs[*]', '$'],
  },
  {
    says: 'a list of one record by its name goes before the object with an id that it is in',
    in: { id: 'request', data: [{ a: 1 }] },
    paths: ['$.data[*]', '$'],
  },
  {
    says: 'of two lists by their names the longer goes first, in a record too',
    in: { list: { id: 1, items: [{ a: 1 }, { a: 2 }] }, items: [{ a: 1 }] },
    paths: ['$.list.items[*]', '$.items[*]'],
  },
  {
    says: 'of two lists of the same kind the longer goes first',
    in: { a: [{ x: 1 }], b: [{ x: 1 }, { x: 2 }] },
    paths: ['$.b[*]', '$.a[*]'],
  },
]
for (const { says, in: body, paths } of RANKS) {
  test(`of what may be the data, ${says}`, () => {
    const found = suggestPaths(body).data.map(({ path }) => path)
    assert.deepEqual(
      found.filter(path => paths.includes(path)),
      paths,
    )
  })
}

test('a list eight levels deep is found, and none that is deeper', () => {
  const deep = (levels: number): Json => (levels === 0 ? [{ x: 1 }] : { a: deep(levels - 1) })
  assert.equal(suggestPaths(deep(8)).data[0]?.path, `$${'.a'.repeat(8)}[*]`)
  assert.ok(suggestPaths(deep(9)).data.every(({ path }) => !path.endsWith('[*]')))
})

test('lists inside of records are not suggested before the record, nor lists in lists at all', () => {
  const { data } = suggestPaths({ items: records(1, { legs: records(9) }), pagination })
  assert.deepEqual(
    data.map(({ path }) => path),
    ['$.items[*]', '$'],
  )
  const record = suggestPaths({ id: 1, legs: records(9) }).data.map(({ path }) => path)
  assert.deepEqual(record, ['$', '$.legs[*]'])
})

test('at most ten paths of each kind are suggested, and no large object as metadata', () => {
  const lists = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`l${n}`, records(n)]))
  const facts = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`total_${n}`, n]))
  const { data, metadata } = suggestPaths({ ...lists, large: facts, ...facts })
  assert.deepEqual([data.length, data[0]?.path, metadata.length], [10, '$.l29[*]', 10])
  assert.ok(!metadata.includes('$.large'))
})

test('an object of at most thirty values, itself counted, is small, however deep they are', () => {
  const facts = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, n]))
  const list = (length: number) => Array.from({ length }, (_, n) => n)
  const isSmall = (one: Json) => suggestPaths({ calls: [{ a: 1 }], one }).metadata.includes('$.one')
  assert.deepEqual([isSmall(facts(29)), isSmall(facts(30))], [true, false])
  assert.deepEqual([isSmall({ inner: facts(28) }), isSmall({ inner: facts(29) })], [true, false])
  assert.deepEqual([isSmall({ inner: list(28) }), isSmall({ inner: list(29) })], [true, false])
  assert.equal(isSmall([]), false)
})

const HOSTILE: readonly { says: string; make: () => Json }[] = [
  {
    says: 'many keys',
    make: () => Object.fromEntries(Array.from({ length: 2e5 }, (_, n) => [`k${n}`, { n }])),
  },
  { says: 'a million records', make: () => ({ items: Array.from({ length: 1e6 }, () => ({})) }) },
  { says: 'a million levels', make: () => JSON.parse(`${'{"a":'.repeat(1e6)}1${'}'.repeat(1e6)}`) },
  { says: 'objects that fan out', make: () => fan(7) },
  { says: 'a record of 10 MB', make: () => ({ items: [{ text: 'x'.repeat(1e7) }] }) },
]

/** 8^depth objects. */
function fan(depth: number): Json {
  return depth === 0 ? 1 : Object.fromEntries([...'abcdefgh'].map(key => [key, fan(depth - 1)]))
}

/** The value, with a count of the members that are read of it, at any depth. */
function counting(value: Json): { readonly value: Json; reads(): number } {
  let reads = 0
  const watched = (inner: unknown): unknown =>
    typeof inner !== 'object' || inner === null
      ? inner
      : new Proxy(inner, {
          get(target, key) {
            reads++
            return watched(Reflect.get(target, key))
          },
        })
  return { value: watched(value) as Json, reads: () => reads }
}

for (const { says, make } of HOSTILE) {
  test(`of ${says} only a part is looked at`, () => {
    const { value, reads } = counting(make())
    assert.ok(suggestPaths(value).data.length <= 10)
    assert.ok(reads() < 100_000, `${reads()} members are read`)
  })
}

const XML: readonly { says: string; xml: string; best: string; count: number; metadata?: string[] }[] = [
  {
    says: 'records beside metadata',
    xml: '<response><meta><total>2</total></meta><data><item><id>1</id></item><item/></data></response>',
    best: '/response/data/item',
    count: 2,
    metadata: ['/response/meta'],
  },
  {
    says: 'a single record in a list',
    xml: '<response><meta><total>1</total></meta><data><item><id>1</id><tag>a</tag><tag>b</tag></item></data></response>',
    best: '/response/data/item',
    count: 1,
    metadata: ['/response/meta'],
  },
  {
    says: 'an empty list',
    xml: '<response><meta><total>0</total></meta><data/></response>',
    best: '/response/data/*',
    count: 0,
    metadata: ['/response/meta'],
  },
  {
    says: 'an empty list of two tags',
    xml: '<response><data></data></response>',
    best: '/response/data/*',
    count: 0,
  },
  {
    says: 'a root that is the list',
    xml: '<calls><call id="1"/><call id="2"/></calls>',
    best: '/calls/call',
    count: 2,
  },
  {
    says: 'the same with a single record',
    xml: '<calls><call><id>1</id></call></calls>',
    best: '/calls/call',
    count: 1,
  },
  { says: 'the same, empty', xml: '<calls/>', best: '/calls/*', count: 0 },
  {
    says: 'a root that is the record',
    xml: '<agent><id>1</id><tags><tag>a</tag><tag>b</tag></tags></agent>',
    best: '/agent',
    count: 1,
    metadata: [],
  },
  {
    says: 'attributes beside the records',
    xml: '<calls total="2"><call/><call/></calls>',
    best: '/calls/call',
    count: 2,
    metadata: ['/calls/@total'],
  },
  {
    says: 'a default namespace',
    xml: '<feed xmlns="urn:f"><title>t</title><entry><id>1</id></entry><entry/></feed>',
    best: '/feed/entry',
    count: 2,
    metadata: ['/feed/title'],
  },
  {
    says: 'prefixes',
    xml: '<s:Envelope xmlns:s="urn:s"><s:Header/><s:Body><list xmlns="urn:l"><call id="1"/><call id="2"/></list></s:Body></s:Envelope>',
    best: '/Envelope/Body/list/call',
    count: 2,
    metadata: ['/Envelope/Header'],
  },
  {
    says: 'a text beside the records',
    xml: '<list>as of today<item>1</item><item>2</item></list>',
    best: '/list/item',
    count: 2,
    metadata: ['/list/text()'],
  },
  {
    says: 'a channel with a single item',
    xml: '<rss><channel><title>t</title><item><title>i</title></item></channel></rss>',
    best: '/rss/channel/item',
    count: 1,
  },
]

for (const { says, xml, best, count, metadata } of XML) {
  test(`${says}: ${best}`, () => {
    const document = parseXml(Buffer.from(xml))
    const suggested = suggestXPaths(document)
    const [first] = suggested.data
    assert.deepEqual([first?.path, first?.count], [best, count], JSON.stringify(suggested.data))
    const found = compileXPath(best)(document)
    assert.deepEqual([found.values.length, found.isMissing], [count, false])
    if (metadata !== undefined) assert.deepEqual(suggested.metadata, metadata)
    for (const path of suggested.metadata) assert.equal(compileXPath(path)(document).values.length, 1)
  })
}
