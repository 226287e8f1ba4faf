import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createTestClock, reply, scripted } from '../testing.ts'
import { type Budget, createBudget, limited } from './limit.ts'

/** A budget, and when each of the requests that take a place from it may leave. */
function open(perSecond?: number, now = 0) {
  const clock = createTestClock({ now })
  const budget = createBudget(clock, perSecond)
  const leave = (count: number, from: Budget = budget) =>
    Promise.all(Array.from({ length: count }, () => from.take().then(clock.now)))
  return { clock, budget, leave }
}

test('without a ceiling every request leaves at once', async () => {
  const { leave, clock } = open(undefined, 5_000)
  assert.deepEqual(await leave(3), [5_000, 5_000, 5_000])
  assert.deepEqual(clock.slept, [])
})

test('with a ceiling requests leave evenly spaced, the first one at once', async () => {
  assert.deepEqual(await open(4, 1_000).leave(5), [1_000, 1_250, 1_500, 1_750, 2_000])
})

test('time in which nothing was asked is not saved up', async () => {
  const { leave, clock } = open(10)
  await leave(1)
  clock.advance(60_000)
  assert.deepEqual(await leave(3), [60_000, 60_100, 60_200])
})

test('no two requests ever leave closer together than the ceiling allows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.nat(500), { maxLength: 12 }),
      async (rate, gaps) => {
        const { leave, clock } = open(rate)
        const left: number[] = []
        for (const gap of gaps) {
          left.push(...(await leave(1)))
          clock.advance(gap)
        }
        for (const [index, at] of left.slice(1).entries())
          assert.ok(at - (left[index] ?? 0) >= 1000 / rate - 1e-6)
      },
    ),
    { numRuns: 30 },
  )
})

test('a pause holds every request back, whichever stream asks', async () => {
  const { leave, budget, clock } = open()
  budget.pause(3_000)
  assert.deepEqual(await Promise.all([leave(2), leave(1)]), [[3_000, 3_000], [3_000]])
  assert.deepEqual(clock.slept, [3_000, 3_000, 3_000])
})

test('after a pause requests leave as evenly spaced as before', async () => {
  const { leave, budget } = open(2)
  budget.pause(3_000)
  assert.deepEqual(await leave(3), [3_000, 3_500, 4_000])
})

test('a shorter pause never cuts a longer one', async () => {
  const { leave, budget } = open()
  budget.pause(9_000)
  budget.pause(1_000)
  assert.deepEqual(await leave(1), [9_000])
})

test('a pause also holds back requests that wait for their place already', async () => {
  const { leave, budget, clock } = open(1)
  await leave(1)
  const waiting = leave(2)
  budget.pause(5_000)
  assert.deepEqual(await waiting, [5_000, 6_000])
  assert.deepEqual(clock.slept, [1_000, 2_000, 4_000, 4_000])
})

test('every request that is sent takes a place of its own', async () => {
  const { budget, clock } = open(10)
  const { send, asked } = scripted([reply(200)])
  const left: number[] = []
  const slow = limited(
    async request => {
      left.push(clock.now())
      return send(request)
    },
    { budgetOf: () => budget, isRefusal: () => false },
  )
  await Promise.all([1, 2, 3].map(page => slow({ method: 'GET', path: `/${page}` })))
  assert.deepEqual(
    asked.map(({ path }) => path),
    ['/1', '/2', '/3'],
  )
  assert.deepEqual(left, [0, 100, 200])
})

test('a stop lets a waiting request go at once, however long the pause', async () => {
  const { budget, clock } = open()
  const stopping = new AbortController()
  budget.pause(600_000)
  const waiting = budget.take(stopping.signal)
  stopping.abort()
  await waiting
  await budget.take(stopping.signal)
  assert.equal(clock.now(), 0)
  assert.deepEqual(clock.slept, [600_000, 600_000])
})
