import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DONE, NOT_JSON, skipBlanks, skipColon, skipComma, skipString, skipValue } from './json-walker.ts'

const CLOSE_LIST = 0x5d
const endOf = (text: string) => skipValue(Buffer.from(text), 0)

/** Whether a text is JSON of whole letters and ordinary numbers, by the real parser. Line breaks are no blanks here, so
 *  texts hold none. */
function isPlainJson(text: string): boolean {
  let isPlain = true
  try {
    JSON.parse(text, (key: string, value: unknown, { source = '' }: { source?: string } = {}) => {
      const isWhole = key.isWellFormed() && (typeof value !== 'string' || value.isWellFormed())
      const isOrdinary = typeof value !== 'number' || (source.length < 200 && !/e[+-]?\d{3}/i.test(source))
      isPlain &&= isWhole && isOrdinary
      return value
    })
    return isPlain
  } catch {
    return false
  }
}

test('a value of any kind is skipped to its very end', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('', ' ', ',', ']', '}'), (text, after) => {
      assert.equal(endOf(text + after), isPlainJson(text) ? Buffer.byteLength(text) : NOT_JSON)
    }),
  )
})

test('what the real parser refuses is refused, and what it takes is taken', () => {
  const signs = ['\\ud83d', '\\udE00', ...'{}[]:,"\\tfn0-1.eE+ ux9a\u0001']
  const anyText = fc
    .array(fc.constantFrom(...signs), { minLength: 1, maxLength: 8 })
    .map(some => some.join(''))
  const spoilt = fc
    .tuple(fc.json({ maxDepth: 2 }), fc.nat(), fc.constantFrom('', ...signs))
    .map(
      ([text, at, sign]) =>
        text.slice(0, at % (text.length + 1)) + sign + text.slice((at % (text.length + 1)) + 1),
    )
  fc.assert(
    fc.property(fc.oneof(anyText, spoilt), text => {
      const bytes = Buffer.from(text)
      const start = skipBlanks(bytes, 0)
      const end = skipValue(bytes, start)
      assert.equal(end !== NOT_JSON && skipBlanks(bytes, end) === bytes.length, isPlainJson(text), text)
    }),
    { numRuns: 5000 },
  )
})

const words = [
  'true',
  'false',
  'null',
  '0',
  '-0',
  '1.5e-7',
  '-12E+3',
  '""',
  '"\\u00e4\\n"',
  '"\\ud7ff\\ue000"',
  '"\\ud83d\\ude00"',
  '"\\uD83D\\uDE00"',
  '"\\udbff\\udfff"',
  '"\\ud800\\udc00\\ud800\\udc00"',
  '"\\u0d83"',
  '1e99',
  '1e-99',
  '[ 1 , 2 ]',
  '{ "a" : 1 }',
  '[]',
  '{}',
]
for (const word of words) test(`${word} is a value`, () => assert.equal(endOf(word), word.length))

const wrong = [
  '',
  'tru',
  'nul',
  '-',
  '01x'.slice(2),
  '1.',
  '1e',
  '.5',
  '+1',
  '"',
  '"\\x"',
  '"\\u12"',
  '"\\u123g"',
  '"\\ud800"',
  '"\\udbff"',
  '"\\udc00"',
  '"\\udfff"',
  '"\\ud800x"',
  '"\\ud800\\n"',
  '"\\ud800\\u0041"',
  '"\\ud800\\ud800"',
  '"\\ud800\\udc0g"',
  '"\\ud800/udc00"',
  '"\\ud800\\xdc00"',
  '"\\udc00\\ud800"',
  '1e100',
  '1e-100',
  `${'1'.repeat(201)}`,
  '"\t"',
  '[1',
  '[1,]',
  '{"a"}',
  '{a:1}',
  '{"a":1,}',
]
for (const word of wrong)
  test(`${word === '' ? 'nothing' : word} is none`, () => assert.equal(endOf(word), NOT_JSON))

test('what began nowhere ends nowhere', () => {
  const bytes = Buffer.from('[1]')
  assert.deepEqual(
    [
      skipValue(bytes, NOT_JSON),
      skipString(bytes, NOT_JSON),
      skipColon(bytes, NOT_JSON),
      skipComma(bytes, NOT_JSON, CLOSE_LIST),
    ],
    [NOT_JSON, NOT_JSON, NOT_JSON, NOT_JSON],
  )
})

test('after a value comes a comma, or the end', () => {
  assert.equal(skipComma(Buffer.from(' , 2'), 0, CLOSE_LIST), 3)
  assert.equal(skipComma(Buffer.from(' ]'), 0, CLOSE_LIST), DONE)
  assert.equal(skipComma(Buffer.from(' }'), 0, CLOSE_LIST), NOT_JSON)
})

test('nesting deeper than a hundred is left to the real parser', () => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ]) {
    const nested = (depth: number) => `${open?.repeat(depth)}1${close?.repeat(depth)}`
    assert.equal(endOf(nested(100)), nested(100).length)
    assert.equal(endOf(nested(101)), NOT_JSON)
    assert.equal(endOf(nested(100_000)), NOT_JSON)
  }
})
