import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadBody } from '../../http/types.ts'
import { outlineOf, parseXml, rootOf, toJson } from './xml.ts'

const jsonOf = (text: string | Buffer) => toJson(rootOf(parseXml(Buffer.from(text))))

const elements = [
  ['<a>text</a>', 'text'],
  ['<a/>', null],
  ['<a> \n </a>', ''],
  ['<a>x &amp; &lt;y&gt; &#65;</a>', 'x & <y> A'],
  ['<a><![CDATA[<b>]]></a>', '<b>'],
  ['<a><b>1</b><c/></a>', { b: '1', c: null }],
  ['<a><b>1</b><b>2</b></a>', { b: ['1', '2'] }],
  ['<a x="1">text</a>', { '@x': '1', '#text': 'text' }],
  ['<a>one<b>2</b></a>', { b: '2', '#text': 'one' }],
  ['<a xmlns="urn:x" xmlns:p="urn:p" p:y="1"><p:b>1</p:b></a>', { '@p:y': '1', b: '1' }],
  ['<a p:x="1" x="2" xmlns:p="urn:p"/>', { '@p:x': '1', '@x': '2' }],
  ['<?xml version="1.0"?>\n<!-- c --><a><!-- d -->x</a>', 'x'],
  ['\ufeff<a>ä</a>', 'ä'],
] as const
for (const [xml, json] of elements) {
  test(`${JSON.stringify(xml)} is ${JSON.stringify(json)}`, () => {
    assert.deepEqual(jsonOf(xml), json)
  })
}

test('an element called __proto__ is a field like any other', () => {
  assert.equal(JSON.stringify(jsonOf('<a><__proto__><x>1</x></__proto__></a>')), '{"__proto__":{"x":"1"}}')
})

test('text is UTF-8, whatever encoding its declaration named before', () => {
  assert.equal(jsonOf(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ä</a>')), 'ä')
})

const broken = [
  ['', /it is empty/],
  ['{"a": 1}', /it is not XML \(it begins "\{"a": 1\}"\)/],
  ['<html><body>no</body></html>', /it is an HTML page/],
  ['<!doctype html><html></html>', /it is an HTML page/],
  ['<a><b></a>', /not well-formed XML/],
  ['<a>', /not well-formed XML/],
  ['<a>&nope;</a>', /not well-formed XML/],
  ['<a/><b/>', /not well-formed XML/],
] as const
for (const [xml, says] of broken) {
  test(`${JSON.stringify(xml)} is requested again: ${says.source}`, () => {
    assert.throws(
      () => jsonOf(xml),
      (error: Error) => error instanceof BadBody && says.test(error.message),
    )
  })
}

const BOMB = `<!DOCTYPE lolz [<!ENTITY a0 "lol">${Array.from({ length: 10 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`).join('')}]><a>&a10;</a>`
const hostile = [
  ['a billion laughs', BOMB, /document type/],
  ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', /document type/],
  ['a DTD elsewhere', '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', /document type/],
  [
    'a hundred thousand levels',
    '<a>'.repeat(100_000) + '</a>'.repeat(100_000),
    /nested more than 1000 levels/,
  ],
  ['a million tags', `<a>${'<b/>'.repeat(1_000_000)}</a>`, /more than 1000000 tags/],
  ['seventeen megabytes', `<a>${'x'.repeat(17 * 2 ** 20)}</a>`, /at most 16/],
] as const
for (const [says, xml, message] of hostile) {
  test(`${says} is refused with a sentence`, () => {
    assert.throws(() => jsonOf(xml), { name: 'ConnectorError', message })
  })
}

test('a single record of ten megabytes is read', () => {
  assert.equal(String(jsonOf(`<a>${'x'.repeat(10_000_000)}</a>`)).length, 10_000_000)
})

test('a document is outlined by its root and its children', () => {
  const document = parseXml(Buffer.from('<response><meta/><data/><data/></response>'))
  assert.equal(outlineOf(document), 'the root response with meta, data in it')
  assert.equal(outlineOf(parseXml(Buffer.from('<response/>'))), 'the root response')
})
