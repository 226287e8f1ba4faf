import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseXml } from './xml.ts'
import { compileXPath } from './xpath.ts'

const RESPONSE = `<response>
  <meta><total>3</total></meta>
  <data><item id="a"><n>1</n></item><item id="b"><n>2</n></item><item id="c"><n>2</n></item></data>
  <none/>
</response>`

const find = (path: string, xml = RESPONSE) => compileXPath(path)(parseXml(Buffer.from(xml)))
const items = [
  { '@id': 'a', n: '1' },
  { '@id': 'b', n: '2' },
  { '@id': 'c', n: '2' },
]

const found = [
  ['/response/data/item', { values: items, isMissing: false, listed: 3 }],
  ['//item', { values: items, isMissing: false, listed: 3 }],
  ["/response/data/item[n='2']", { values: items.slice(1), isMissing: false, listed: 3 }],
  ["/response/data/item[n='9']", { values: [], isMissing: false, listed: 3 }],
  ["/response/data/item[n[.='2']]/@id", { values: ['b', 'c'], isMissing: false, listed: 2 }],
  ['/response/data/item/@id', { values: ['a', 'b', 'c'], isMissing: false, listed: 3 }],
  ['/response/data/item/n/text()', { values: ['1', '2', '2'], isMissing: false, listed: 3 }],
  ['/response/meta', { values: [{ total: '3' }], isMissing: false, listed: 1 }],
  ['number(/response/meta/total)', { values: [3], isMissing: false, listed: 1 }],
  ['count(//item) = 3', { values: [true], isMissing: false, listed: 1 }],
  ['/response/none/item', { values: [], isMissing: false, listed: 0 }],
  ['/response/nowhere/item', { values: [], isMissing: true, listed: 0 }],
  ["/response/none/item[@id='a']", { values: [], isMissing: false, listed: 0 }],
  ["/response/data[1]/thing[@id='a']", { values: [], isMissing: true, listed: 0 }],
  ['/response/none//item', { values: [], isMissing: false, listed: 0 }],
  ['/response/data//thing', { values: [], isMissing: true, listed: 0 }],
  ["/response/data/item[n='2'][1]", { values: items.slice(1, 2), isMissing: false, listed: 3 }],
  ['/other', { values: [], isMissing: true, listed: 0 }],
  ['/response/none/item/@id', { values: [], isMissing: false, listed: 0 }],
  ['//nobody', { values: [], isMissing: true, listed: 0 }],
  ['(/response/none/item)[1]', { values: [], isMissing: true, listed: 0 }],
  ['/response/none/item | /response/other', { values: [], isMissing: true, listed: 0 }],
  [
    '/',
    { values: [{ data: { item: items }, meta: { total: '3' }, none: null }], isMissing: false, listed: 1 },
  ],
  ["number('x')", { values: [null], isMissing: false, listed: 1 }],
] as const
for (const [path, expected] of found) {
  test(`${path} finds ${expected.values.length}${expected.isMissing ? ', since its place is missing' : ''}`, () => {
    const { fields: _, ...rest } = find(path)
    assert.deepEqual(rest, { ...expected, nodes: expected.values })
  })
}

const SOME = '<r now="1"><d><i kind="a"><id>1</id><tags><t><n>x</n></t></tags></i><i><end/></i></d></r>'
const fields = [
  ['/r/d/i[id=9]', { id: 'seen' }],
  ['/r/d/i[end="9"]', { end: 'seen' }],
  ["/r/d/i[iid='1']", { iid: 'unseen' }],
  ['/r/d/i[@kidn=1]', { '@kidn': 'unseen' }],
  ['/r/d/i[@kind="1" and (iid=1 or id=9)]', { '@kind': 'seen', iid: 'unseen', id: 'seen' }],
  ['//i[tags/t/m=1]', { 'tags/t/m': 'unseen' }],
  ['//i[iid=1]/tags/t', { iid: 'unseen' }],
  ['//i[id=1]/tags/t[m=1]', { id: 'seen', m: 'unseen' }],
  ['//i[tags/t[m=1]]', { 'tags/t': 'seen, may be absent', m: 'unseen' }],
  ['//i[not(gone) and bye]', { gone: 'unseen, may be absent', bye: 'unseen, may be absent' }],
  ["//i[contains(nme, 'a')]", { nme: 'unseen' }],
  ['//i[id=/r/@nw]', { id: 'seen', 'r/@nw': 'unseen' }],
  ['(//i[iid=1])[1]', { iid: 'unseen' }],
  ['//i[iid=1] | //nobody[x=1]', { iid: 'unseen' }],
  ['//i[3]', {}],
  ["//i[.='q']", {}],
] as const
for (const [path, expected] of fields) {
  test(`the fields that filters name are told with whether anything has them: ${path}`, () => {
    const words = find(path, SOME).fields?.map(({ text, isSeen, isOptional }) => [
      text,
      `${isSeen ? 'seen' : 'unseen'}${isOptional ? ', may be absent' : ''}`,
    ])
    assert.deepEqual(Object.fromEntries(words ?? []), expected)
  })
}

test('with those that there are instead', () => {
  assert.deepEqual(find('//i[@kidn=1]', SOME).fields?.[0]?.known, ['@kind', 'id', 'tags'])
  assert.deepEqual(find('//t[m=1]', SOME).fields?.[0]?.known, ['n'])
  assert.deepEqual(find('//n[m=1]', SOME).fields?.[0]?.known, [])
})

test('a place that holds something else is no empty list', () => {
  assert.equal(find('/r/d/item', '<r><d><Item/></d></r>').isMissing, true)
  assert.equal(find('/r/d/item', '<r><d/></r>').isMissing, false)
  assert.equal(find("/r/d/item[n='1']", '<r><d><Item/></d></r>').isMissing, true)
})

test('names match in any namespace, with their prefix or without', () => {
  const xml = '<s:r xmlns:s="urn:s" xmlns:p="urn:p"><p:i>1</p:i><j xmlns="urn:j">2</j></s:r>'
  assert.deepEqual(find('/r/j', xml).values, ['2'])
  assert.deepEqual(find('/s:r/p:i', xml).values, ['1'])
  assert.deepEqual(find('/r/i', xml).values, ['1'])
  assert.deepEqual(find('/r/*:i', xml).values, ['1'])
  assert.deepEqual(find('/r[j]/i', xml).values, ['1'])
})

test('an attribute with a prefix is another one than that without', () => {
  const xml = '<r xmlns:p="urn:p" p:x="1" x="2"/>'
  assert.deepEqual(find('/r/@x', xml).values, ['2'])
  assert.deepEqual(find('/r/@q:x', xml).values, ['1', '2'])
  assert.deepEqual(find('/r', xml).values, [{ '@p:x': '1', '@x': '2' }])
})

const INVALID = [
  ['/a[', /is not an XPath from character 3 on; write one such as \/response\/data\/item/],
  ['1 to 100000000', /creates values instead of finding them/],
  ['for $x in //a return //b', /creates values instead of finding them/],
  ['//a[$y]', /names something that does not exist/],
  ['$.items[*]', /JSONPath, for response_format json/],
  ['nope(/a)', /names something that does not exist/],
  ["doc('file:///etc/passwd')", /names something that does not exist/],
  ["unparsed-text('http://127.0.0.1/')", /names something that does not exist/],
] as const
for (const [path, says] of INVALID) {
  test(`${JSON.stringify(path)} is refused: ${says.source}`, () => {
    assert.throws(() => compileXPath(path), { message: says })
  })
}

test('a path that cannot be followed is an error that says why', () => {
  assert.throws(() => find('/response/data/item + 1'), {
    failure: 'config_error',
    message: /item \+ 1 cannot be followed/,
  })
})

test('a path that would take forever is stopped', () => {
  const wide = `<r>${'<a><b/><b/><b/><b/></a>'.repeat(3000)}</r>`
  const document = parseXml(Buffer.from(wide))
  const path = compileXPath('//*[count(//*[count(//*) > 1]) > 1]', 300)
  assert.throws(() => path(document), { failure: 'config_error', message: /stopped after 0\.3 seconds/ })
})

test('ten thousand records are found within the time of a path', () => {
  const many = `<r><d>${'<i><id>1</id><b><c>x</c></b></i>'.repeat(10_000)}</d></r>`
  assert.equal(find('/r/d/i', many).values.length, 10_000)
})
