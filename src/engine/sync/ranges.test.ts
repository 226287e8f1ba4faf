import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../json.ts'
import { CALLS, DAY, NOW, read, serveCalls } from '../testing.ts'

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
