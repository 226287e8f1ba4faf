import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rememberRoute, UNKNOWN_ROUTE } from './route-facts.ts'
import { createRouteMemories } from './route-memories.ts'

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

test('a run remembers each route by its path, all streams together', () => {
  const routes = createRouteMemories()
  routes.of({ path: '/a' }).sawPage(5)
  routes.of({ path: '/a' }).sawPage(3)
  assert.equal(routes.of({ path: '/a' }).facts().fullest, 5)
  assert.equal(routes.of({ path: '/b' }).facts().fullest, 0)
})

test('what a state knows is learnt where nothing is known yet', () => {
  const routes = createRouteMemories()
  routes.of({ path: '/a' }).sawPage(5)
  const known = { ...UNKNOWN_ROUTE, fullest: 9 }
  routes.learn(
    new Map([
      ['/a', known],
      ['/b', known],
    ]),
  )
  assert.deepEqual(
    ['/a', '/b'].map(path => routes.of({ path }).facts().fullest),
    [5, 9],
  )
})

test('only those routes are told of which something is known', () => {
  const routes = createRouteMemories()
  const learnt = {
    '/fullest': { fullest: 1 },
    '/probes': { probes: 1 },
    '/surplus': { surplus: 1 },
    '/none': { surplus: 'all' },
    '/margin': { marginMs: 1 },
    '/nothing': {},
  } as const
  const facts = Object.entries(learnt).map(([path, more]) => [path, { ...UNKNOWN_ROUTE, ...more }] as const)
  routes.learn(new Map(facts))
  const asked = [...Object.keys(learnt), '/unheard'].map(path => ({ path }))
  assert.deepEqual(routes.facts(asked), new Map(facts.slice(0, -1)))
  assert.deepEqual(routes.facts([{ path: '/margin' }]).size, 1)
})
