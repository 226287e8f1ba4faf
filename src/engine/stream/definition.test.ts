import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listRoute } from '../testing.ts'
import { byInterval, byOwnTime, byTime, isById, listAt, oneAt } from './definition.ts'

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
