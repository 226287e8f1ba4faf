import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isExactNumber, isObject, kindOf, wholeNumber } from './json.ts'
import { parseJson } from './json-text.ts'

/** Numbers as they come, and as they go out again; exact where a double would not do. */
const NUMBERS: ReadonlyArray<{ says: string; in: string; out: string; exact: boolean }> = [
  {
    says: 'the largest whole number that every double holds',
    in: '9007199254740992',
    out: '9007199254740992',
    exact: false,
  },
  { says: 'one more', in: '9007199254740993', out: '9007199254740993', exact: true },
  { says: 'one more below zero', in: '-9007199254740993', out: '-9007199254740993', exact: true },
  { says: 'more than 64 bits', in: '18446744073709551617', out: '18446744073709551617', exact: true },
  {
    says: 'digits that a double would write with an exponent',
    in: '1000000000000000000000',
    out: '1000000000000000000000',
    exact: true,
  },
  {
    says: 'a fraction of many digits',
    in: '0.1234567890123456789',
    out: '0.1234567890123456789',
    exact: true,
  },
  {
    says: 'a fraction that a double holds',
    in: '0.12345678901234568',
    out: '0.12345678901234568',
    exact: false,
  },
  { says: 'many zeros before a digit', in: '0.00000000000000000012', out: '1.2e-19', exact: false },
  { says: 'many zeros after a fraction', in: '1.5000000000000000000', out: '1.5', exact: false },
  { says: 'an exponent that a double holds', in: '1e300', out: '1e+300', exact: false },
  { says: 'nothing to a large power', in: '0e999', out: '0', exact: false },
  { says: 'a number too small for a double', in: '1e-400', out: '1e-400', exact: true },
  { says: 'a number too large for a double is text', in: '1e400', out: '"1e400"', exact: true },
  { says: 'one in capitals, with a sign', in: '-1E+400', out: '"-1E+400"', exact: true },
  {
    says: 'four hundred digits are too large as well',
    in: '9'.repeat(400),
    out: `"${'9'.repeat(400)}"`,
    exact: true,
  },
]

for (const row of NUMBERS) {
  for (const [where, before, after] of [
    ['alone', '', ''],
    ['in a list', '[1,', ']'],
    ['in an object', '{"a": ', '}'],
    ['before a line break', '[', '\n]'],
  ] as const) {
    test(`${row.says}, ${where}`, () => {
      assert.equal(
        JSON.stringify(parseJson(before + row.in + after)),
        before.replace(' ', '') + row.out + after.trim(),
      )
    })
  }
  test(`${row.says}: ${row.exact ? 'exact' : 'a plain number'}`, () => {
    assert.equal(isExactNumber(parseJson(row.in)), row.exact)
  })
}

test('an exact number is a number, no object, and its digits as text', () => {
  const number = parseJson('9007199254740993')
  assert.deepEqual(
    [kindOf(number), isObject(number), String(number), `${number}`, Number(number), wholeNumber(number)],
    ['a number', false, '9007199254740993', '9007199254740993', 9007199254740992, undefined],
  )
})

test('digits in texts and keys stay as they are', () => {
  const text = '{"9007199254740993":"9007199254740993, 1e400, 12345678901234567890"}'
  assert.equal(JSON.stringify(parseJson(text)), text)
})

const TEXTS = [
  { says: 'a letter of two escaped halves', in: '"\\ud83d\\ude00"', out: '😀' },
  { says: 'a first half alone', in: '"a\\ud800b"', out: 'a\ufffdb' },
  { says: 'a second half alone', in: '"\\uDC00"', out: '\ufffd' },
  { says: 'halves in the wrong order', in: '"\\ude00\\ud83d"', out: '\ufffd\ufffd' },
  { says: 'two first halves and a second', in: '"\\ud83d\\ud83d\\ude00"', out: '\ufffd😀' },
  { says: 'a first half before a whole letter', in: '"\\ud83d😀"', out: '\ufffd😀' },
  { says: 'an escaped backslash before what looks like a half', in: '"\\\\ud800"', out: '\\ud800' },
  { says: 'a half behind an escaped backslash', in: '"\\\\\\ud800"', out: '\\\ufffd' },
  { says: 'other escapes', in: '"\\n\\u0041\\"\\u0000"', out: '\nA"\u0000' },
]

for (const row of TEXTS) test(`${row.says} is read`, () => assert.equal(parseJson(row.in), row.out))

test('half a letter in a key is replaced too', () => {
  assert.equal(JSON.stringify(parseJson('{"\\udbff":1}')), '{"\ufffd":1}')
})

test('of a key that is there twice the last value counts', () => {
  assert.equal(
    JSON.stringify(parseJson('{"a":1,"b":2,"a":9007199254740993}')),
    '{"a":9007199254740993,"b":2}',
  )
})

for (const text of ['{"a":NaN}', '[Infinity]', '{"a":1', '', '[01]', '[1.]', '\ufeff1']) {
  test(`${JSON.stringify(text)} is not JSON`, () => assert.throws(() => parseJson(text), SyntaxError))
}

test('whatever JSON.stringify writes of whole letters is read as JSON.parse reads it', () => {
  const value = fc.jsonValue({ stringUnit: 'binary' })
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1, '\t'), (one, space) => {
      const text = JSON.stringify(one, undefined, space)
      assert.deepEqual(parseJson(text), JSON.parse(text))
    }),
  )
})

test('digits of any length come out as they went in', () => {
  const digits = fc.stringMatching(/^-?[1-9]\d{15,40}$/)
  fc.assert(
    fc.property(digits, fc.nat(20), (number, spaces) => {
      assert.equal(JSON.stringify(parseJson(`${' '.repeat(spaces)}{"a":[${number}]}`)), `{"a":[${number}]}`)
    }),
  )
})
