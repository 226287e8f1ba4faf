import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isoTime } from './time.ts'

test('times are written as toISOString writes them', () => {
  const times = [0, 7, 45, 999, 86_399_999, 86_400_000, 1_709_164_800_123, 1_779_285_600_010]
  assert.deepEqual(
    times.map(isoTime),
    times.map(time => new Date(time).toISOString()),
  )
})
