import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../json.ts'
import { compileJsonPath } from './json-path.ts'

const find = (path: string, body: Json) => compileJsonPath(path)(body)

const FINDS: readonly { says: string; path: string; in: Json; values: Json[]; listed?: number }[] = [
  { says: 'a list is its elements', path: '$.calls', in: { calls: [1, 2] }, values: [1, 2] },
  { says: 'and so are its elements', path: '$.calls[*]', in: { calls: [1, 2] }, values: [1, 2] },
  { says: 'a list at the top', path: '$', in: [1, 2], values: [1, 2] },
  { says: 'the elements of a list at the top', path: '$[*]', in: [1, 2], values: [1, 2] },
  { says: 'a single object is one record', path: '$.item', in: { item: { id: 1 } }, values: [{ id: 1 }] },
  { says: 'the whole response is one record', path: '$', in: { id: 1 }, values: [{ id: 1 }] },
  {
    says: 'rows that are lists stay rows, also when there is one',
    path: '$.r[*]',
    in: { r: [[1]] },
    values: [[1]],
  },
  { says: 'the same by a filter', path: '$.r[?@[0]==1]', in: { r: [[1], [2]] }, values: [[1]], listed: 2 },
  {
    says: 'several lists stay lists',
    path: '$..c',
    in: { a: { c: [1] }, b: { c: [2] } },
    values: [[1], [2]],
  },
  { says: 'a list anywhere', path: '$..calls', in: { a: { calls: [1, 2] } }, values: [1, 2] },
  { says: 'null among others stays', path: '$[*]', in: [1, null], values: [1, null] },
  { says: 'a key in quotes', path: "$['my key'][*]", in: { 'my key': [1] }, values: [1] },
  { says: 'spaces around the path are ignored', path: ' $.a\n', in: { a: [1] }, values: [1] },
  {
    says: 'a filter keeps count of what was there before it',
    path: '$.items[?@.a==1]',
    in: { items: [{ a: 1 }, { a: 2 }, { a: 3 }] },
    values: [{ a: 1 }],
    listed: 3,
  },
  {
    says: 'also when it lets nothing through',
    path: '$.items[?@.a==9]',
    in: { items: [{ a: 1 }, { a: 2 }] },
    values: [],
    listed: 2,
  },
  {
    says: 'a number does too',
    path: '$.rows[1]',
    in: { rows: [{ a: 1 }, { a: 2 }] },
    values: [{ a: 2 }],
    listed: 2,
  },
  {
    says: 'a number that leads to a list opens it',
    path: '$.rows[0]',
    in: { rows: [[1, 2], []] },
    values: [1, 2],
  },
  { says: 'a slice does too', path: '$.rows[1:]', in: { rows: [1, 2, 3] }, values: [2, 3], listed: 3 },
  {
    says: 'and a filter on the way',
    path: '$.items[?@.ok].calls[*]',
    in: { items: [{ ok: true, calls: [1, 2, 3] }, { calls: [4] }] },
    values: [1, 2, 3],
    listed: 2,
  },
  { says: 'a filter anywhere', path: '$..[?@.id]', in: { a: { id: 1 } }, values: [{ id: 1 }], listed: 2 },
  {
    says: 'match() matches the whole text, and nothing but text',
    path: "$[?match(@, '[0-9]+')]",
    in: ['12', '1a', 12, null],
    values: ['12'],
    listed: 4,
  },
  {
    says: 'search() matches a part',
    path: "$[?search(@.state, 'bus|ring')]",
    in: [{ state: 'busy' }, { state: 'idle' }],
    values: [{ state: 'busy' }],
    listed: 2,
  },
]

for (const { says, path, in: body, values, listed = values.length } of FINDS) {
  test(`${says}: ${path}`, () => {
    const { nodes: _, fields: __, ...found } = find(path, body)
    assert.deepEqual(found, { values, isMissing: false, listed })
  })
}

const NOTHING: readonly { path: string; in: Json; isMissing: boolean }[] = [
  { path: '$.calls', in: { calls: [] }, isMissing: false },
  { path: '$.calls[*]', in: { calls: [] }, isMissing: false },
  { path: '$.calls', in: { calls: null }, isMissing: false },
  { path: '$.calls[*]', in: { calls: null }, isMissing: false },
  { path: '$.calls[*]', in: { calls: 'none' }, isMissing: true },
  { path: '$.calls[*]', in: { calls: 3 }, isMissing: true },
  { path: '$.calls', in: {}, isMissing: false },
  { path: '$.calls', in: { Calls: [] }, isMissing: true },
  { path: '$.calls', in: { calls: '' }, isMissing: false },
  { path: '$.calls', in: { calls: {} }, isMissing: false },
  { path: '$.calls', in: { calls: false }, isMissing: false },
  { path: '$.calls[*]', in: { calls: {} }, isMissing: false },
  { path: '$.calls[*]', in: { other: 1 }, isMissing: true },
  { path: '$.calls[*]', in: [], isMissing: false },
  { path: '$.calls[*]', in: [1], isMissing: true },
  { path: '$.calls[?@.id]', in: { other: 1 }, isMissing: true },
  { path: '$.calls[?@.id]', in: { calls: [{}] }, isMissing: false },
  { path: '$.calls[0:5]', in: { calls: [] }, isMissing: false },
  { path: '$.calls[*][*]', in: { calls: [] }, isMissing: false },
  { path: '$.calls[*].call', in: { calls: [] }, isMissing: false },
  { path: '$.calls[*].call', in: { calls: [{ id: 1 }] }, isMissing: true },
  { path: '$.data.calls[*]', in: { data: {} }, isMissing: false },
  { path: '$.data.calls[*]', in: { data: { Calls: [1] } }, isMissing: true },
  { path: '$..calls[*]', in: { data: {} }, isMissing: true },
  { path: '$..calls[*]', in: { data: { calls: [] } }, isMissing: false },
  { path: '$', in: null, isMissing: false },
  { path: '$[*]', in: [], isMissing: false },
  { path: '$.constructor', in: { a: 1 }, isMissing: true },
  { path: '$.length', in: [1], isMissing: true },
]

test('one object in the place of a list is one record, never its values', () => {
  for (const path of ['$.calls', '$.calls[*]'])
    assert.deepEqual(find(path, { calls: { id: 'c', n: 3 } }).values, [{ id: 'c', n: 3 }])
  assert.deepEqual(
    find('$.groups[*].calls[*]', { groups: [{ calls: { id: 1 } }, { calls: [{ id: 2 }] }] }).values,
    [{ id: 1 }, { id: 2 }],
  )
  assert.deepEqual(find('$.calls.*', { calls: { a: 1, b: 2 } }).values, [1, 2])
  assert.deepEqual(find('$..[*]', { a: [1] }).values, [[1], 1])
})

test('what is at the end of a path is told as it is, lists too', () => {
  assert.deepEqual(find('$.w', { w: ['a'] }).nodes, [['a']])
  assert.deepEqual(find('$.w[*]', { w: ['a'] }).nodes, [['a']])
  assert.deepEqual(find('$.w', { w: '' }).nodes, [''])
  assert.deepEqual(find('$.v', { w: '' }).nodes, [])
})

const RECORDS = {
  now: 'b',
  items: [
    { id: 1, who: { name: 'a' }, tags: [{ name: 'x' }] },
    { id: 2, end: 3 },
  ],
}
const FIELDS: readonly { says: string; path: string; fields: Record<string, string>; known?: string[] }[] = [
  { says: 'one that is there', path: '$.items[?@.id==9]', fields: { '@.id': 'seen' } },
  { says: 'one that a later record has', path: '$.items[?@.end==9]', fields: { '@.end': 'seen' } },
  { says: 'one that nothing has', path: '$.items[?@.iid==1]', fields: { '@.iid': 'unseen' } },
  {
    says: 'each of several',
    path: '$.items[?@.id==9 && (@.iid==1 || @.end==1)]',
    fields: { '@.id': 'seen', '@.iid': 'unseen', '@.end': 'seen' },
  },
  {
    says: 'fields within fields',
    path: '$.items[?@.who.name==1 || @.who.nme==1]',
    fields: { '@.who.name': 'seen', '@.who.nme': 'unseen' },
  },
  {
    says: 'those of a filter on the way',
    path: '$.items[?@.iid==1].tags[*]',
    fields: { '@.iid': 'unseen' },
  },
  {
    says: 'those of a filter after another',
    path: '$.items[?@.id==1].tags[?@.nme==1]',
    fields: { '@.id': 'seen', '@.nme': 'unseen' },
    known: ['name'],
  },
  {
    says: 'none where nothing is asked',
    path: '$.items[?@.id==9].tags[?@.nme==1]',
    fields: { '@.id': 'seen' },
  },
  {
    says: 'those of a filter within a filter',
    path: '$.items[?@.tags[?@.nme==1]]',
    fields: { '@.tags[?@.nme == 1]': 'seen, may be absent', '@.nme': 'unseen' },
    known: ['name'],
  },
  {
    says: 'one that is looked for',
    path: '$.items[?!@.gone && (@.bye || @.id==9)]',
    fields: { '@.gone': 'unseen, may be absent', '@.bye': 'unseen, may be absent', '@.id': 'seen' },
  },
  {
    says: 'one that a function is about',
    path: "$.items[?match(@.nme, 'a') || count(@.tgs[*]) > 1]",
    fields: { '@.nme': 'unseen', '@.tgs[*]': 'unseen' },
  },
  {
    says: 'one of the whole response',
    path: '$.items[?@.id==$.nw || @.id==$.now]',
    fields: { '@.id': 'seen', '$.nw': 'unseen', '$.now': 'seen' },
    known: ['now', 'items'],
  },
  {
    says: 'one anywhere',
    path: '$..[?@.iid==1]',
    fields: { '@.iid': 'unseen' },
    known: ['id', 'who', 'tags'],
  },
  { says: 'the value itself', path: '$.items[?@==1]', fields: { '@': 'seen' } },
  { says: 'none of a slice', path: '$.items[5:]', fields: {} },
]

for (const { says, path, fields, known = ['id', 'who', 'tags'] } of FIELDS) {
  test(`the fields that filters name are told with whether anything has them: ${says}, ${path}`, () => {
    const compiled = compileJsonPath(path)
    assert.deepEqual(
      compiled({ items: [] }).fields?.filter(({ text }) => text !== '$.nw'),
      [],
    )
    const seen = compiled(RECORDS).fields ?? []
    const words = seen.map(({ text, isSeen, isOptional }) => [
      text,
      `${isSeen ? 'seen' : 'unseen'}${isOptional ? ', may be absent' : ''}`,
    ])
    assert.deepEqual(Object.fromEntries(words), fields)
    for (const one of seen) if (!one.isSeen) assert.deepEqual(one.known, known)
  })
}

test('a field is not missing where it, or what it is in, is empty', () => {
  for (const items of [[{ who: null }], [{ who: {} }]])
    assert.equal(find('$.items[?@.who.name==1]', { items }).fields?.[0]?.isSeen, true)
  assert.deepEqual(find('$.items[?@.who.name==1]', { items: [{}, null, []] }).fields, [])
})

for (const { path, in: body, isMissing } of NOTHING) {
  test(`${path} in ${JSON.stringify(body)} is ${isMissing ? 'missing' : 'there, and empty'}`, () => {
    const found = find(path, body)
    assert.deepEqual([found.values, found.isMissing], [[], isMissing])
  })
}

test('a key called __proto__ is a key like any other', () => {
  const body: Json = JSON.parse('{"__proto__": [{"__proto__": 1}], "b": 2}')
  assert.deepEqual(find('$.__proto__[*]', body).values, [JSON.parse('{"__proto__": 1}')])
  assert.deepEqual(find('$[*].__proto__', { b: { c: 1 } }).values, [])
})

test('values are the very ones of the body, not copies', () => {
  const record = { id: 1 }
  assert.equal(find('$.items[*]', { items: [record] }).values[0], record)
})

const INVALID: readonly (readonly [path: string, says: string | RegExp])[] = [
  ['', 'is not a JSONPath: it is empty; write a path such as $.items[*]'],
  ['calls', 'is not a JSONPath: it must begin with "$"; write $.calls'],
  ['calls[*]', 'is not a JSONPath: it must begin with "$"; write $.calls[*]'],
  ['.calls', 'is not a JSONPath: it must begin with "$"; write $.calls'],
  ['..calls', 'is not a JSONPath: it must begin with "$"; write $..calls'],
  ['[*]', 'is not a JSONPath: it must begin with "$"; write $[*]'],
  ['@.calls', 'is not a JSONPath: it must begin with "$"; write $.calls'],
  ['my key[*]', 'is not a JSONPath: it must begin with "$"; write $[\'my key\'][*]'],
  ['items.[*]', 'is not a JSONPath: it must begin with "$"; write $.items[*]'],
  ['/response/data/item', 'is not a JSONPath: it must begin with "$"; write $.response.data.item'],
  ['%', 'is not a JSONPath: it must begin with "$"; write $[\'%\']'],
  ["'", 'is not a JSONPath: it must begin with "$"; write a path such as $.items[*]'],
  ['$.', /expected a name or "\*" .*, but the path ends$/],
  ['$..', /expected a name or "\*" .*, but the path ends$/],
  ['$.1', /expected a name or "\*" .*, but found "1" at character 3$/],
  ['$.my key', 'is not a JSONPath: expected "." or "[", but found "k" at character 6'],
  ['$calls', 'is not a JSONPath: expected "." or "[", but found "c" at character 2'],
  ['$.a[', 'is not a JSONPath: expected "]", but the path ends'],
  ['$.a[]', /expected a name in quotes, a number, "\*", a slice .* at character 4$/],
  ['$.a[b]', /expected a name in quotes, a number, "\*", a slice .* but found "b" at character 5$/],
  ["$['a", 'is not a JSONPath: expected a closing quote, but the path ends'],
  ["$['\\x']", /expected a character, or an escape .* found "x" at character 5$/],
  ['$[01]', /expected a whole number without leading zeros, but found "0" at character 3$/],
  ['$[1,]', /expected "," between selectors, or "\]", but found "\]" at character 5$/],
  ['$[?]', /expected a test such as @\.id, .* but found "\]" at character 4$/],
  ['$[?@.a=1]', 'is not a JSONPath: expected "==", but found "=" at character 7'],
  ['$[?@.a==1 and @.b]', /expected a test such as .* joined by && or \|\|/],
  ['$[?(@.a==1]', /expected a closing "\]" or "\)" for each that opens/],
  ['$[?@..a==1]', /expected a single value to compare/],
  ['$[?length(@.a)]', /expected a comparison such as == "x"/],
  ['$[?lower(@.a)]', /expected length\(\), count\(\), value\(\), match\(\) or search\(\), but found "l"/],
  ["$[?match(@.a, '\\\\d+')]", /match\(\) does not support the pattern "\\d\+"; write \[0-9\] for \\d/],
  [
    `$[?${'('.repeat(50_000)}@${')'.repeat(50_000)}]`,
    /is not a JSONPath that can be used: it is nested too deeply/,
  ],
]

for (const [path, says] of INVALID) {
  test(`what is wrong with ${JSON.stringify(path.slice(0, 30))} is explained in words of its own`, () => {
    assert.throws(
      () => compileJsonPath(path),
      (error: Error) => {
        if (typeof says === 'string') assert.equal(error.message, says)
        else assert.match(error.message, says)
        assert.doesNotMatch(error.message, /TOKEN|selector '|descend|Lexer/)
        return true
      },
    )
  })
}

/** Lists in lists, `depth` deep, of `width` elements each. */
function lists(depth: number, width: number): Json {
  return depth === 0 ? 1 : Array.from({ length: width }, () => lists(depth - 1, width))
}

const nested = (levels: number): Json => JSON.parse('['.repeat(levels) + ']'.repeat(levels))

/** More time than any of these takes, so that what ends them is not their time. */
const AMPLE_MS = 600_000

const HOSTILE: readonly { says: string; path: string; in: Json; error: RegExp; ms?: number }[] = [
  {
    says: 'too many values',
    path: '$..*..*..*..*',
    in: lists(6, 8),
    error: /finds more than 1000000 values\. Write a narrower/,
  },
  {
    says: 'too long on the way to none',
    path: '$..*..*..*..*..x',
    in: lists(6, 8),
    error: /takes too long/,
    ms: 100,
  },
  {
    says: 'too many in a filter',
    path: '$[?count($..*..*..*)>0]',
    in: lists(6, 8),
    error: /A filter .* finds more than 100000/,
  },
  {
    says: 'a pattern that never ends',
    path: "$[?match(@.a, '(a+)+b')]",
    in: [{ a: 'a'.repeat(60) }],
    error: /takes too long/,
    ms: 100,
  },
  {
    says: 'the same, searched',
    path: "$[?search(@.a, '(a+)+b')]",
    in: [{ a: 'a'.repeat(60) }],
    error: /takes too long/,
    ms: 100,
  },
  {
    says: 'a pattern from the data',
    path: '$[?match(@.a, @.p)]',
    in: [{ a: 'a'.repeat(60), p: '(a+)+b' }],
    error: /takes too long/,
    ms: 100,
  },
  {
    says: 'too deep for ".."',
    path: '$..x',
    in: nested(1_000_000),
    error: /nested more than 500 levels deep/,
  },
  {
    says: 'too deep to compare',
    path: '$.a[?@==$.b]',
    in: { a: [nested(1e6)], b: nested(1e6) },
    error: /nested more than 500/,
  },
]

for (const { says, path, in: body, error, ms = AMPLE_MS } of HOSTILE) {
  test(`${says} is an error for the user: ${path}`, () => {
    assert.throws(() => compileJsonPath(path, ms)(body), { failure: 'config_error', message: error })
  })
}

const LAZY = [
  { path: '$[*][*]', most: 1_000_000 },
  { path: '$[?count($[*][*])>0]', most: 100_000 },
]

for (const { path, most } of LAZY) {
  test(`what comes after the first ${most} values is never looked at: ${path}`, () => {
    const row = Array.from({ length: 1000 }, () => 1)
    const unseen = new Proxy(row, { get: () => assert.fail('looked too far') })
    const body = [...Array.from({ length: most / 1000 + 1 }, () => row), unseen]
    assert.throws(() => compileJsonPath(path, AMPLE_MS)(body), { message: /finds more than/ })
  })
}

test('a path that names its way goes through data of any depth', () => {
  const body = { items: [nested(1_000_000)] }
  assert.equal(find('$.items[*]', body).values.length, 1)
})

test('".." goes 400 levels deep', () => {
  const levels = 400
  const body: Json = JSON.parse(`${'{"a":'.repeat(levels)}{"x":1}${'}'.repeat(levels)}`)
  assert.deepEqual(find('$..x', body).values, [1])
})

test('a record of 10 MB is found like any other', () => {
  const record = { text: 'x'.repeat(10_000_000) }
  assert.deepEqual(find('$.items[?@.text]', { items: [record] }).values, [record])
})

test('only a path that may take long, by a filter or "..", is put under a time limit, which costs', () => {
  const body = { items: [{ id: 1 }] }
  const noTime = (path: string) => () => compileJsonPath(path, 0)(body)
  for (const path of ['$', '$.items', '$.items[*].id', '$.items[0:1]']) assert.doesNotThrow(noTime(path))
  for (const path of ['$..id', '$.items[?@.id]']) assert.throws(noTime(path), { code: 'ERR_OUT_OF_RANGE' })
})

test('a long list is found without a limit where the path names it', () => {
  const items = Array.from({ length: 1_500_000 }, () => 1)
  assert.equal(find('$.items', { items }).values, items)
})
