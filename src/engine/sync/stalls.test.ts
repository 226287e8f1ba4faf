import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY, HOUR } from '../testing.ts'
import { MIDNIGHT, missingAfter, type Stall, type Sync, ways } from './stalls-testing.ts'

/** Syncs each day from the 30th day on, as long as the stall lasts and two days more. */
function daily(
  { to }: Stall,
  windowDays: number,
  startAt: (nowMs: number) => number = () => MIDNIGHT,
): Sync[] {
  const syncs: Sync[] = []
  for (let nowMs = MIDNIGHT + 30 * DAY + HOUR; nowMs <= to + 2 * DAY + HOUR; nowMs += DAY)
    syncs.push({ nowMs, startMs: startAt(nowMs), windowDays })
  return syncs
}

const stalls = [3, 25].map(days => ({
  says: `a stall of reporting for ${days} days`,
  stall: { from: MIDNIGHT + 31 * DAY, to: MIDNIGHT + (31 + days) * DAY, seenTo: MIDNIGHT + 31 * DAY },
}))
const halfKnown = [3, 25].map(days => ({
  says: `an account that is complete only up to ${days} days before it is first seen`,
  stall: { from: 0, to: MIDNIGHT + 32 * DAY, seenTo: MIDNIGHT + (30 - days) * DAY },
}))

for (const { says, stall } of [...stalls, ...halfKnown])
  for (const [name, way] of Object.entries(ways))
    for (const days of [1, 30])
      test(`${says} loses nothing: ${name}, window_days ${days}`, async () => {
        assert.deepEqual(await missingAfter(way, stall, daily(stall, days)), [])
      })

// Bug: what lies before the newest record that was ever seen was closed, though the API did not show that record either.
for (const [name, way] of Object.entries(ways))
  for (const days of [1, 30])
    test(`a start that moves back while the API shows less than before loses nothing: ${name}, window_days ${days}`, async () => {
      const from = MIDNIGHT + 31 * DAY
      const stall = { from, to: from + 3 * DAY, seenTo: MIDNIGHT + 20 * DAY + HOUR }
      const startAt = (nowMs: number) => (nowMs < from ? MIDNIGHT + 28 * DAY : MIDNIGHT)
      assert.deepEqual(await missingAfter(way, stall, daily(stall, days, startAt)), [])
    })

// Bug: what was read while reporting stood still, and was not over then, was closed by newer records alone; and the number of the
// day in which it stopped, which the sync in which it was back did not read, stayed as it was.
for (const [name, way] of Object.entries(ways))
  for (const days of [1, 30])
    for (const hours of [0, 9])
      test(`a start that moves forward for the sync in which reporting is back loses nothing: ${name}, window_days ${days}, stopped at ${hours}:00`, async () => {
        const from = MIDNIGHT + 31 * DAY
        const stall = { from, to: from + 4 * DAY, seenTo: from + hours * HOUR - 1 }
        const startAt = (nowMs: number) =>
          nowMs >= stall.to && nowMs < stall.to + DAY ? stall.to - DAY / 2 : MIDNIGHT
        assert.deepEqual(await missingAfter(way, stall, daily(stall, days, startAt)), [])
      })

// Bug: a later record closed all that had been read before it, though the API had not shown that yet when it was read.
for (const [name, way] of Object.entries(ways))
  for (const days of [0.5, 1])
    test(`a window that fails when reporting has caught up loses nothing: ${name}, window_days ${days}`, async () => {
      const from = MIDNIGHT + 31 * DAY
      const stall = { from, to: from + 3 * DAY, seenTo: from }
      const isCatchingUp = ({ nowMs }: Sync) => nowMs > stall.to && nowMs < stall.to + DAY
      const syncs = daily(stall, days).map(sync =>
        isCatchingUp(sync) ? { ...sync, fails: (asked: number) => asked < from + DAY } : sync,
      )
      assert.deepEqual(await missingAfter(way, stall, syncs), [])
    })

/** A sync: hours after the one before; days of its windows; where the API fails, in days before it and how many; and after how
 *  many requests it fails for good. */
const anySync = fc.record({
  hours: fc.integer({ min: 1, max: 40 }),
  windowDays: fc.constantFrom(0.2, 0.5, 1, 30),
  ago: fc.integer({ min: 0, max: 8 }),
  days: fc.integer({ min: 0, max: 3 }),
  stopsAfter: fc.constantFrom(0, 1, 2, 3, 5, 8, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
})

/** A stall: hours after the 30th day, and how long; how many hours before it nothing is shown any more. */
const anyStall = fc.record({
  hours: fc.integer({ min: 0, max: 100 }),
  lasts: fc.integer({ min: 1, max: 90 }),
  back: fc.integer({ min: 0, max: 48 }),
})

for (const [name, way] of Object.entries(ways))
  test(`any stall, with any failures, loses nothing that comes again: ${name}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anySync, { minLength: 1, maxLength: 6 }),
        anyStall,
        fc.constantFrom(3, 28),
        async (some, { hours, lasts, back }, daysKnown) => {
          const from = MIDNIGHT + 30 * DAY + hours * HOUR
          // A number that falls while its interval is read again is taken as it is.
          const seenTo = name === 'intervals' ? from : from - back * HOUR
          const startMs = MIDNIGHT + (30 - daysKnown) * DAY
          let nowMs = MIDNIGHT + 30 * DAY + HOUR
          const syncs = some.map(({ hours: later, windowDays, ago, days, stopsAfter }): Sync => {
            nowMs += later * HOUR
            const failsFrom = nowMs - ago * DAY
            const fails = (asked: number, index: number) =>
              index >= stopsAfter || (asked >= failsFrom && asked < failsFrom + days * DAY)
            return { nowMs, startMs, windowDays, fails }
          })
          const last = [8 * DAY, 9 * DAY].map(later => ({ nowMs: nowMs + later, startMs, windowDays: 1 }))
          const stall = { from, to: from + lasts * HOUR, seenTo }
          assert.deepEqual(await missingAfter(way, stall, [...syncs, ...last], startMs), [])
        },
      ),
      { numRuns: 40 },
    )
  })
