import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exactNumber } from '../../json.ts'
import { listRoute } from '../testing.ts'
import { byInterval, byOwnTime, byTime, isById, keyOf, listAt, oneAt } from './definition.ts'

const keys = [
  { says: 'a key of one part is that part', in: { id: 'a' }, parts: ['id'], out: '"a"' },
  { says: 'a number is a key', in: { id: 7 }, parts: ['id'], out: '7' },
  { says: 'nought is a key', in: { id: 0 }, parts: ['id'], out: '0' },
  { says: 'parts are listed', in: { id: 'a', on: 'x' }, parts: ['id', 'on'], out: '["a","x"]' },
  { says: 'a bar in a part is no border', in: { id: 'a|x', on: 1 }, parts: ['id', 'on'], out: '["a|x",1]' },
  { says: 'an object is a key by what it holds', in: { id: { a: 1 } }, parts: ['id'], out: '{"a":1}' },
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

test('a number beyond 2^53 is a key with all its digits', () => {
  assert.equal(keyOf({ id: exactNumber('9007199254740993') }, ['id']), '9007199254740993')
})

test('a route with a placeholder in its path asks by id', () => {
  assert.equal(isById(listRoute({ path: '/things/{id}' })), true)
  assert.equal(isById(listRoute({ path: '/things', query: { of: '{id}' } })), false)
})

test('the short forms say what they stand for', () => {
  assert.deepEqual(listAt('items'), { kind: 'list', key: 'items' })
  assert.deepEqual(oneAt('item'), { kind: 'one', key: 'item' })
  assert.deepEqual(byTime('at'), { strategy: 'windowed', field: 'at' })
  assert.deepEqual(byOwnTime('at'), { strategy: 'filtered', field: 'at' })
  assert.deepEqual(byInterval(), { strategy: 'intervals', field: 'window_end', length: 'day' })
  assert.deepEqual(byInterval('configured'), {
    strategy: 'intervals',
    field: 'window_end',
    length: 'configured',
  })
})
