import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { reply } from '../../http/testing.ts'
import type { JsonObject } from '../../json.ts'
import { callsBetween, serveCalls } from '../lists-testing.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import { CALLS, DAY, HOUR, NOW, read } from '../testing.ts'

const LOOKBACK = 6 * HOUR
const START = NOW - 4 * DAY
const all = callsBetween(START, NOW, 60)
const settings = { startMs: START, lookbackMs: LOOKBACK, longestWindowMs: 5 * HOUR, pageSize: 3 }
const momentOf = (call: JsonObject) => Date.parse(String(call['dateCreated']))

/** A sync: how many hours after the one before, and after how many requests the API fails, if it does. */
type Sync = readonly [hours: number, fails: number | null]

const history = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.option(fc.nat(12), { nil: null })), {
  minLength: 2,
  maxLength: 5,
})

/** Lives through syncs; tells when each call was read last, and the cursor after each sync. */
async function live(syncs: readonly Sync[]) {
  const readAt = new Map<string, number>()
  const cursors: number[] = []
  let progress: Progress = NOTHING_READ
  let now = START + 8 * HOUR
  for (const [hours, fails] of syncs) {
    now = Math.min(NOW, now + hours * HOUR)
    const api = failing(serveCalls(all.filter(call => momentOf(call) <= now)), fails)
    const { ids, last } = await read(CALLS, api, {
      progress,
      settings: { ...settings, endMs: now },
      nowMs: now,
    })
    for (const id of ids) readAt.set(id, now)
    progress = last ?? progress
    cursors.push(progress.cursorMs ?? 0)
  }
  return { now, readAt, cursors }
}

function failing(api: ReturnType<typeof serveCalls>, after: number | null): typeof api {
  return (request, index) => (after !== null && index >= after ? reply(500) : api(request, index))
}

test('however often syncs are interrupted, no call is lost once one comes to its end', async () => {
  await fc.assert(
    fc.asyncProperty(history, async syncs => {
      const { now, readAt } = await live([...syncs, [3, null]])
      const missing = all.filter(call => momentOf(call) <= now && !readAt.has(String(call['id'])))
      assert.deepEqual(missing, [])
    }),
    { numRuns: 30 },
  )
})

test('and every call that is left alone was read a lookback after it began, or later', async () => {
  await fc.assert(
    fc.asyncProperty(history, async syncs => {
      const { readAt, cursors } = await live([...syncs, [3, null]])
      const left = all.filter(call => momentOf(call) < (cursors.at(-1) ?? 0) - LOOKBACK)
      const early = left.filter(call => (readAt.get(String(call['id'])) ?? 0) < momentOf(call) + LOOKBACK)
      assert.deepEqual(early, [])
    }),
    { numRuns: 30 },
  )
})

test('and the cursor never moves back', async () => {
  await fc.assert(
    fc.asyncProperty(history, async syncs => {
      const { cursors } = await live(syncs)
      assert.deepEqual(
        cursors,
        cursors.toSorted((a, b) => a - b),
      )
    }),
    { numRuns: 30 },
  )
})
