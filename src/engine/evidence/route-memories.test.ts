import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RouteFacts, UNKNOWN_ROUTE } from './route-facts.ts'
import { createRouteMemories, ofUnfiltered, unfiltered } from './route-memories.ts'

const CALLS = { path: '/calls' }
const AGENTS = { path: '/agents' }
const factsOf = (more: Partial<RouteFacts>): RouteFacts => ({ ...UNKNOWN_ROUTE, ...more })

test('a route has one memory in a run, and each its own', () => {
  const memories = createRouteMemories()
  memories.of(CALLS).sawPage(7)
  assert.equal(memories.of({ ...CALLS }), memories.of(CALLS))
  assert.deepEqual(memories.of(CALLS).facts(), factsOf({ fullest: 7 }))
  assert.deepEqual(memories.of(AGENTS).facts(), UNKNOWN_ROUTE)
})

test('what a state knows is adopted, but not where something is known already', () => {
  const memories = createRouteMemories()
  memories.of(CALLS).sawPage(7)
  memories.learn(
    new Map([
      ['/calls', factsOf({ fullest: 100 })],
      ['/agents', factsOf({ fullest: 50 })],
    ]),
  )
  memories.learn(new Map([['/agents', factsOf({ fullest: 60 })]]))
  assert.deepEqual(
    [CALLS, AGENTS].map(route => memories.of(route).facts().fullest),
    [7, 50],
  )
})

test('no facts are told of a route that was never asked, or gave nothing', () => {
  const memories = createRouteMemories()
  memories.of(CALLS).sawPage(0)
  assert.deepEqual(memories.facts([CALLS, AGENTS]), new Map())
})

for (const known of [
  { fullest: 1 },
  { probes: 1 },
  { surplus: 1 },
  { surplus: 'all' },
  { marginMs: 1 },
] as const)
  test(`they are told where one thing alone is known: ${Object.keys(known)}`, () => {
    const memories = createRouteMemories()
    memories.learn(new Map([['/calls', factsOf(known)]]))
    assert.deepEqual(memories.facts([AGENTS, CALLS]), new Map([['/calls', factsOf(known)]]))
    assert.deepEqual(memories.facts([AGENTS]), new Map(), 'only of the routes that are asked about')
  })

test('what counts mean without a filter by time is known for itself, and all else together', () => {
  const memories = createRouteMemories()
  memories.of(CALLS).sawSurplus('all')
  const whole = ofUnfiltered(memories)
  assert.deepEqual([memories.of(CALLS).claimOf(10), whole.of(CALLS).claimOf(10)], [undefined, 10])
  whole.of(CALLS).sawSurplus(3)
  whole.of(CALLS).sawPage(8)
  assert.deepEqual([memories.of(CALLS).claimOf(10), whole.of(CALLS).claimOf(10)], [undefined, 7])
  assert.deepEqual(
    memories.facts([CALLS, unfiltered(CALLS)]),
    new Map([
      ['/calls', factsOf({ surplus: 'all', fullest: 8 })],
      ['/calls unfiltered', factsOf({ surplus: 3 })],
    ]),
  )
})
