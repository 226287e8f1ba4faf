import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Request } from '../../http/types.ts'
import type { JsonObject } from '../../json.ts'
import { callsBetween, serveCalls } from '../lists-testing.ts'
import { type Api, CALLS, DAY, MINUTE, NOW, read, SECOND } from '../testing.ts'

const MIDDLE = NOW - 50 * DAY

test('ranges of which one ends a millisecond before the other begins share no record, and have no hole', async () => {
  const calls: JsonObject[] = [MIDDLE - 2, MIDDLE - 1, MIDDLE, MIDDLE + 1].map((at, index) => ({
    id: `c${index}`,
    dateCreated: new Date(at).toISOString(),
  }))
  const run = (startMs: number, endMs: number) =>
    read(CALLS, serveCalls(calls), { settings: { startMs, endMs } })
  const earlier = await run(NOW - 60 * DAY, MIDDLE - 1)
  const later = await run(MIDDLE, NOW - 40 * DAY)
  assert.deepEqual(
    [earlier.ids, later.ids],
    [
      ['c0', 'c1'],
      ['c2', 'c3'],
    ],
  )
  assert.deepEqual(
    [earlier.last?.closed, later.last?.closed],
    [[{ from: NOW - 60 * DAY, to: MIDDLE }], [{ from: MIDDLE, to: NOW - 40 * DAY + 1 }]],
  )
})

/** The time that requests ask for, without the second more at either end. */
const askedOf = (asked: readonly Request[]) =>
  asked.map(({ query = {} }) => [
    (Number(query['time.start']) + 1) * SECOND,
    (Number(query['time.end']) - 1) * SECOND,
  ])

const calls = callsBetween(NOW - 100 * DAY, NOW, 100)
const between = (startMs: number, endMs: number) => ({ startMs, endMs, longestWindowMs: 100 * DAY })

for (const [says, startMs, endMs, hole] of [
  ['start', NOW - 70 * DAY, NOW - 50 * DAY, [NOW - 70 * DAY, NOW - 60 * DAY]],
  ['end', NOW - 60 * DAY, NOW - 40 * DAY, [NOW - 50 * DAY, NOW - 40 * DAY]],
] as const) {
  test(`when the ${says} is moved, exactly the hole is read: what was read long after its end needs no second reading`, async () => {
    const settings = between(NOW - 60 * DAY, NOW - 50 * DAY)
    const { last } = await read(CALLS, serveCalls(calls), { settings })
    const moved = await read(CALLS, serveCalls(calls), {
      settings: between(startMs, endMs),
      progress: last ?? assert.fail(),
    })
    assert.deepEqual(askedOf(moved.asked), [hole])
    assert.deepEqual(moved.last?.closed, [{ from: startMs, to: endMs + 1 }], 'and all is one span')
  })
}

test('how long after its end time was read is told by the clock of the API', async () => {
  const served = serveCalls(calls)
  const dateMs = NOW - 50 * DAY + MINUTE
  const dated: Api = (request, index) => ({
    ...served(request, index),
    headers: { date: new Date(dateMs).toUTCString() },
  })
  const { last } = await read(CALLS, dated, { settings: between(NOW - 60 * DAY, NOW - 50 * DAY) })
  assert.equal(last?.readAtMs, dateMs)
})
