import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHeaders, secretsIn } from './headers.ts'

test('pairs are split at commas and at their first colon, spaces around them are ignored', () => {
  assert.deepEqual(parseHeaders(' X-A : 1, X-B:http://x , ', false), { 'X-A': '1', 'X-B': 'http://x' })
  assert.deepEqual(parseHeaders('', false), {})
})

const refused = [
  ['Accept', /without a colon/],
  ['Accept:a, b', /without a colon/],
  [':x', /a name that is not valid for a header/],
  ['a b:x', /a name that is not valid for a header/],
  ['X:a\nHost', /a value for X/],
  ['X:€', /a value for X/],
  ['Host:x', /sets Host/],
  ['content-length:3', /sets content-length/],
  ['Authorization:Bearer x', /sets Authorization, which the sign-in/],
  ['x-auth-access-token:x', /which the sign-in/],
] as const
for (const [text, says] of refused) {
  test(`${JSON.stringify(text)} is refused: ${says.source}`, () => {
    assert.throws(() => parseHeaders(text, false), { message: says })
  })
}

test('a request to another host may have its own sign-in', () => {
  assert.deepEqual(parseHeaders('Authorization:Bearer abc', true), { Authorization: 'Bearer abc' })
})

test('what signs a request in is secret, with its scheme and without; other values are not', () => {
  const headers = { Authorization: 'Bearer abc', 'X-Api-Key': 'k1', Accept: 'text/plain' }
  assert.deepEqual(secretsIn(headers), ['Bearer abc', 'abc', 'k1', 'k1'])
})

test('a long value is one that must not be shown, unless its header only says what is wanted', () => {
  const headers = {
    'X-Tenant': 'x7Qp2mZk9L',
    'X-Report': 'daily',
    'X-Seven': 'seven77',
    'X-Eight': 'eight888',
    Accept: 'application/json',
    'Accept-Language': 'en-GB,en',
  }
  assert.deepEqual(secretsIn(headers), ['x7Qp2mZk9L', 'x7Qp2mZk9L', 'eight888', 'eight888'])
})

test('a value in double quotes may hold commas and colons, and two quotes in it stand for one', () => {
  assert.deepEqual(parseHeaders('A:"x, y:z",B:1', false), { A: 'x, y:z', B: '1' })
  assert.deepEqual(parseHeaders('A:"say ""hi"", twice",B:"c"', false), { A: 'say "hi", twice', B: 'c' })
  assert.deepEqual(parseHeaders('A:W/"etag",B:x"y"', false), { A: 'W/"etag"', B: 'x"y"' })
})
