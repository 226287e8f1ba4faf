import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadBody } from '../../http/types.ts'
import { xmlText } from './xml-text.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')
const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`

const READ: readonly { says: string; bytes: Buffer; text: string }[] = [
  { says: 'UTF-8', bytes: Buffer.from('<a>é</a>'), text: '<a>é</a>' },
  {
    says: 'a declaration of another encoding, which was undone already',
    bytes: Buffer.from(`${declared('UTF-16')}<a>é</a>`),
    text: `${declared('UTF-16')}<a>é</a>`,
  },
  {
    says: 'line ends of all kinds',
    bytes: Buffer.from('<a>1\r\n2\r3\n4\u2028</a>'),
    text: '<a>1\n2\n3\n4\u2028</a>',
  },
  {
    says: 'a document type in a text',
    bytes: Buffer.from('<a><![CDATA[<!DOCTYPE html>]]></a>'),
    text: '<a><![CDATA[<!DOCTYPE html>]]></a>',
  },
]

for (const { says, bytes, text } of READ) {
  test(`${says} is read`, () => assert.equal(xmlText(bytes), text))
}

const BROKEN: readonly (readonly [bytes: string | Buffer, says: RegExp])[] = [
  ['', /^it is empty$/],
  [' \n', /^it is empty$/],
  [`{"a": "${'x'.repeat(80)}"}`, /^it is not XML \(it begins "\{"a": "x{53}…"\)$/],
  ['{"a": 1}', /^it is not XML \(it begins "\{"a": 1\}"\)$/],
  ['<!-- c -->text', /^it is not XML/],
  ['<html lang="en"><body>down</body></html>', /^it is an HTML page, not XML \(it begins "<html/],
  ['\n<!-- c -->\n<!doctype html><p>', /^it is an HTML page, not XML/],
  [latin('<a>\xe9</a>'), /^it is not text in UTF-8$/],
]

for (const [bytes, says] of BROKEN) {
  test(`${JSON.stringify(String(bytes).slice(0, 30))} is requested again: ${says.source}`, () => {
    assert.throws(
      () => xmlText(Buffer.from(bytes as string)),
      (error: Error) => error instanceof BadBody && says.test(error.message),
    )
  })
}

const REFUSED: readonly (readonly [says: string, xml: string, failure: string, message: RegExp])[] = [
  ['a document type', '<!DOCTYPE a><a/>', 'system_error', /document type \(<!DOCTYPE\).*JSON\.$/],
  [
    'one behind other things',
    `${declared('utf-8')}\n<!-- > -->\n<?p <!-- ?>\n<!DOCTYPE a []><a/>`,
    'system_error',
    /document type/,
  ],
  [
    'too much',
    `<a>${'x'.repeat(17 * 2 ** 20)}</a>`,
    'config_error',
    /of 18 MiB, .* at most 16\. Ask for smaller pages/,
  ],
]

for (const [says, xml, failure, message] of REFUSED) {
  test(`${says} is refused, with what to do`, () => {
    assert.throws(() => xmlText(Buffer.from(xml)), { name: 'ConnectorError', failure, message })
  })
}

for (const before of [' '.repeat(5e6), '<?a?>'.repeat(9e5), '<!---->'.repeat(9e5), '<!-- '.repeat(9e5)]) {
  test(`the root is found however far it is, after hundreds of thousands of "${before.slice(0, 5)}"`, () => {
    const text = `${before}<a/>`
    assert.equal(xmlText(Buffer.from(text)), text)
  })
}
