import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { exactNumber, excerpt, isList, isNothing, isObject, kindOf, wholeNumber } from './json.ts'

const kinds = [
  { says: 'an absent value is nothing', in: undefined, out: 'nothing', object: false, list: false },
  { says: 'null is null, and no object', in: null, out: 'null', object: false, list: false },
  { says: 'an array is a list, and no object', in: [], out: 'a list', object: false, list: true },
  { says: 'an object is an object', in: {}, out: 'an object', object: true, list: false },
  { says: 'a string is text', in: '', out: 'text', object: false, list: false },
  { says: 'a number is a number', in: 0, out: 'a number', object: false, list: false },
  { says: 'a boolean is a boolean', in: false, out: 'a boolean', object: false, list: false },
]

for (const row of kinds) {
  test(row.says, () => {
    assert.equal(kindOf(row.in), row.out)
    assert.equal(isObject(row.in), row.object)
    assert.equal(isList(row.in), row.list)
  })
}

const numbers = [
  { says: 'a whole number stands for itself', in: 42, out: 42 },
  { says: 'text that holds a whole number stands for it', in: '42', out: 42 },
  { says: 'zero as text is a number', in: '0', out: 0 },
  { says: 'space around the digits does not matter', in: ' 7 ', out: 7 },
  { says: 'empty text is no number', in: '', out: undefined },
  { says: 'blank text is no number', in: '  ', out: undefined },
  { says: 'a fraction is no whole number', in: 1.5, out: undefined },
  { says: 'a number beyond the safe integers is none', in: 2 ** 53, out: undefined },
  { says: 'words are no number', in: '42 calls', out: undefined },
  { says: 'true is no number', in: true, out: undefined },
  { says: 'null is no number', in: null, out: undefined },
  { says: 'a list with one number is no number', in: [42], out: undefined },
  { says: 'an absent value is no number', in: undefined, out: undefined },
]

for (const row of numbers) test(row.says, () => assert.equal(wholeNumber(row.in), row.out))

test('every safe integer is the same as number and as text', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), number => {
      assert.equal(wholeNumber(number), number)
      assert.equal(wholeNumber(String(number)), number)
    }),
  )
})

test('an excerpt puts the text on one line', () => {
  assert.equal(excerpt('  no\n such\t\tagent '), 'no such agent')
})

test('an excerpt of a text that fits has no ellipsis', () => {
  assert.equal(excerpt('abcd', 4), 'abcd')
})

test('an excerpt says with an ellipsis that something was cut', () => {
  assert.equal(excerpt('abcde', 4), 'abcd…')
  assert.equal(excerpt('x'.repeat(121)), `${'x'.repeat(120)}…`)
})

for (const value of [null, undefined, false, '', [], {}])
  test(`${JSON.stringify(value)} stands for nothing`, () => {
    assert.equal(isNothing(value), true)
  })

for (const value of [0, true, ' ', [null], { a: null }, exactNumber('12345678901234567890')])
  test(`${JSON.stringify(value)} is something`, () => {
    assert.equal(isNothing(value), false)
  })
