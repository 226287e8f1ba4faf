import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listRoute } from '../testing.ts'
import { byInterval, byOwnTime, byTime, isById, keyOf, listAt, oneAt } from './definition.ts'

const keys = [
  { says: 'a key of one part is that part', in: { id: 'a' }, parts: ['id'], out: 'a' },
  { says: 'a number is a key', in: { id: 7 }, parts: ['id'], out: '7' },
  { says: 'nought is a key', in: { id: 0 }, parts: ['id'], out: '0' },
  { says: 'parts are joined by a bar', in: { id: 'a', on: 'x' }, parts: ['id', 'on'], out: 'a|x' },
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
