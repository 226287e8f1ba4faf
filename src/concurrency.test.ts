import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { concurrently, concurrentlyFrom, createTurns } from './concurrency.ts'

test('every item is worked on once, begun in the order of the list, never more at once than the width', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 8 }), async (count, width) => {
      const items = Array.from({ length: count }, (_, index) => index)
      const begun: number[] = []
      let busy = 0
      let busiest = 0
      await concurrently(items, width, async item => {
        begun.push(item)
        busiest = Math.max(busiest, ++busy)
        for (let turn = 0; turn <= (item * 7) % 3; turn++) await nextTurn()
        busy--
      })
      assert.deepEqual(begun, items)
      assert.equal(busiest, Math.min(count, width))
    }),
    { numRuns: 30 },
  )
})

test('the first failure stops the taking, and is thrown when those under way have settled', async () => {
  const settled: number[] = []
  const work = async (item: number) => {
    for (let turn = 0; turn < item; turn++) await nextTurn()
    settled.push(item)
    if (item === 2) throw new Error('item 2')
    if (item === 3) throw new Error('item 3')
  }
  await assert.rejects(concurrently([4, 3, 2, 5, 6], 3, work), /item 2/)
  assert.deepEqual(settled, [2, 3, 4])
})

test('a work that throws before its first wait fails like any other', async () => {
  const work = (): Promise<void> => {
    throw new Error('at once')
  }
  await assert.rejects(concurrently([1, 2], 2, work), /at once/)
})

test('a taking that fails is a failure too', async () => {
  await assert.rejects(
    concurrentlyFrom(
      async () => Promise.reject(new Error('nothing to take')),
      2,
      async () => undefined,
    ),
    /nothing to take/,
  )
})

test('an empty list is no work', async () => {
  await concurrently([], 4, async () => assert.fail('there was nothing to do'))
})

test('attempts are made one at a time until what they find out is known, also after one that failed', async () => {
  let isKnown = false
  const inTurn = createTurns(() => !isKnown)
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
  const begun: number[] = []
  const made = gates.map(({ promise }, index) =>
    inTurn(async () => {
      begun.push(index)
      await promise
    }),
  )
  assert.deepEqual(begun, [0])
  gates[0]?.reject(new Error('not found out'))
  await assert.rejects(made[0] ?? assert.fail(), /not found out/)
  await nextTurn()
  assert.deepEqual(begun, [0, 1])
  isKnown = true
  gates[1]?.resolve()
  await nextTurn()
  assert.deepEqual(begun, [0, 1, 2, 3])
  for (const { resolve } of gates) resolve()
  await Promise.all(made.slice(1))
})
