import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Coverage } from './coverage.ts'
import { firstRead, lastValued, type Open, openIntervals } from './open-intervals.ts'
import type { Span } from './spans.ts'

/** Days from 0 on; the API's clock is at the beginning of day 100, and numbers settle within two days. */
const DAY = 86_400_000
const planOf = (before: Coverage, from = 90) => ({
  before,
  within: { from: from * DAY, to: 100 * DAY },
  lengthMs: DAY,
  lookbackMs: 2 * DAY,
  nowMs: 100 * DAY,
})
const days = (spans: readonly Span[]) => spans.map(({ from }) => from / DAY)
const inDays = ({ unread, quiet, due }: Open) => ({
  unread: days(unread),
  quiet: days(quiet),
  due: days(due),
})

test('what was never read is told from what has no value, and from what is due once more', () => {
  const before = { closed: [{ from: 90 * DAY, to: 94 * DAY }], readToMs: 98 * DAY, valuedToMs: 96 * DAY }
  assert.deepEqual(inDays(openIntervals(planOf(before))), {
    unread: [98, 99],
    quiet: [96, 97],
    due: [94, 95],
  })
})

test('what was read counts from the end of the newest closed span', () => {
  const closed = [
    { from: 90 * DAY, to: 91 * DAY },
    { from: 93 * DAY, to: 95 * DAY },
  ]
  const { unread, quiet } = openIntervals(planOf({ closed, readToMs: 97 * DAY }))
  assert.deepEqual(
    [days(unread), days(quiet)],
    [
      [91, 92, 97, 98, 99],
      [95, 96],
    ],
  )
})

test('what lies before all that was read was never read', () => {
  const before = { closed: [], readFromMs: 95 * DAY, readToMs: 100 * DAY, valuedToMs: 100 * DAY }
  assert.deepEqual(days(openIntervals(planOf(before)).unread), [90, 91, 92, 93, 94])
})

test('of those without a value the newest old enough is read where something is new, else the newest', () => {
  const quiet = { closed: [], readFromMs: 95 * DAY }
  const first = (readToMs: number, from = 95) => {
    const planning = planOf({ ...quiet, readToMs }, from)
    return days(firstRead(openIntervals(planning), planning))
  }
  assert.deepEqual(first(99 * DAY), [99, 97])
  assert.deepEqual(first(99 * DAY, 97), [99, 97])
  assert.deepEqual(first(99 * DAY, 98), [99, 98])
  assert.deepEqual(first(100 * DAY), [99])
})

test('the last interval with a value counts only where it is read at all', () => {
  assert.deepEqual(days(lastValued(planOf({ closed: [], valuedToMs: 95 * DAY }))), [94])
  assert.deepEqual(days(lastValued(planOf({ closed: [], valuedToMs: 91 * DAY }))), [90])
  assert.deepEqual(days(lastValued(planOf({ closed: [], valuedToMs: 100 * DAY }))), [99])
  assert.deepEqual(lastValued(planOf({ closed: [], valuedToMs: 101 * DAY })), [])
  assert.deepEqual(lastValued(planOf({ closed: [], valuedToMs: 90 * DAY })), [])
  assert.deepEqual(lastValued(planOf({ closed: [] })), [])
})
