import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../../errors.ts'
import { rememberRoute, UNKNOWN_ROUTE } from './route-facts.ts'

test('of a route that was never asked nothing is known', () => {
  assert.deepEqual(rememberRoute().facts(), { fullest: 0, probes: 0, surplus: 0, marginMs: 0 })
})

test('a route remembers its fullest page', () => {
  const route = rememberRoute({ ...UNKNOWN_ROUTE, fullest: 20 })
  for (const rows of [7, 30, 12]) route.sawPage(rows)
  assert.deepEqual(route.facts(), { ...UNKNOWN_ROUTE, fullest: 30 })
})

test('a page that is as full as any may have been cut; a shorter one was not', () => {
  const route = rememberRoute({ ...UNKNOWN_ROUTE, fullest: 20 })
  assert.deepEqual(
    [19, 20, 21].map(rows => route.mayBeCut(rows, true)),
    [false, true, true],
  )
})

test('after ten pages that were not cut, one that holds all that is claimed is believed, and no other', () => {
  const route = rememberRoute({ ...UNKNOWN_ROUTE, fullest: 20 })
  for (let count = 0; count < 9; count++) route.sawProbe(20, 0)
  assert.equal(route.mayBeCut(20, true), true)
  route.sawProbe(20, 0)
  assert.deepEqual([route.mayBeCut(20, true), route.mayBeCut(20, false)], [false, true])
  assert.equal(route.facts().probes, 10)
})

test('a list that went on after a short page is asked for in pages of that size', () => {
  const route = rememberRoute()
  assert.equal(route.sizeFor(100), 100)
  route.sawProbe(20, 5)
  assert.deepEqual([route.sizeFor(100), route.sizeFor(10), route.facts().probes], [20, 10, 0])
})

test('a count is met as it is, until it is known to claim too much', () => {
  const route = rememberRoute()
  assert.deepEqual([route.claimOf(undefined), route.claimOf(7)], [undefined, 7])
  assert.equal(route.sawSurplus(3), true)
  assert.deepEqual([route.claimOf(7), route.claimOf(2), route.claimOf(undefined)], [4, 0, undefined])
  assert.equal(route.sawSurplus(3), false, 'that is no news')
  assert.equal(route.claimOf(7), 4)
})

test('a count that is wrong by different numbers counts something else, for good', () => {
  const route = rememberRoute({ ...UNKNOWN_ROUTE, surplus: 3 })
  assert.equal(route.sawSurplus(4), true)
  assert.deepEqual([route.claimOf(7), route.facts().surplus, route.sawSurplus(1)], [undefined, 'all', false])
})

test('the widest margin of the filter is kept', () => {
  const route = rememberRoute({ ...UNKNOWN_ROUTE, marginMs: 60 })
  assert.deepEqual([route.sawMargin(60), route.sawMargin(61), route.sawMargin(5)], [false, true, false])
  assert.equal(route.facts().marginMs, 61)
})

test('where there is no filter, no margin is needed', () => {
  const route = rememberRoute({ ...UNKNOWN_ROUTE, marginMs: 60 })
  route.sawNoFilter()
  assert.equal(route.facts().marginMs, 0)
})

for (const { says, rows, second } of [
  { says: 'gave more than a hundred records at once', rows: 101, second: 500 },
  { says: 'never did', rows: 100, second: 100 },
])
  test(`a route that ${says} is asked for ${second} after one failure of its server`, async () => {
    const route = rememberRoute()
    route.sawPage(rows)
    const sizes: number[] = []
    const ask = async (size: number) => {
      if (sizes.push(size) === 1) throw new ConnectorError('transient_error', 'Down.', { status: 500 })
    }
    await route.sizes.first(500, ask)
    await route.sizes.first(500, ask)
    assert.deepEqual(sizes, [500, 100, second])
  })
