import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exactNumber } from '../../json.ts'
import { keyOf } from './key.ts'

const keys = [
  { says: 'a key of one part is the exact JSON of that part', in: { id: 'a' }, parts: ['id'], out: '"a"' },
  { says: 'a number is a key', in: { id: 7 }, parts: ['id'], out: '7' },
  { says: 'nought is a key', in: { id: 0 }, parts: ['id'], out: '0' },
  { says: 'several parts are a list', in: { id: 'a', on: 'x' }, parts: ['id', 'on'], out: '["a","x"]' },
  // Bug: (a|b, c) and (a, b|c) were one key.
  {
    says: 'a bar in a part is no end of it',
    in: { id: 'a|b', on: 'c' },
    parts: ['id', 'on'],
    out: '["a|b","c"]',
  },
  { says: 'a text is another key than the number it spells', in: { id: '7' }, parts: ['id'], out: '"7"' },
  { says: 'an object is a key by what it holds', in: { id: { a: 1 } }, parts: ['id'], out: '{"a":1}' },
  {
    says: 'a number beyond 2^53 keeps its digits',
    in: { id: exactNumber('9007199254740993') },
    parts: ['id'],
    out: '9007199254740993',
  },
  {
    says: 'a part that is null makes no key',
    in: { id: 'a', on: null },
    parts: ['id', 'on'],
    out: undefined,
  },
  { says: 'a part that is absent makes no key', in: { id: 'a' }, parts: ['id', 'on'], out: undefined },
  { says: 'an empty text is no key', in: { id: '' }, parts: ['id'], out: undefined },
]

for (const row of keys) test(row.says, () => assert.equal(keyOf(row.in, row.parts), row.out))
