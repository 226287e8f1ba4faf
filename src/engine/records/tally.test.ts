import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyTally, leftOut } from './tally.ts'

test('what was left out is told with its reason, and nothing else is', () => {
  assert.deepEqual(leftOut(emptyTally()), [])
  assert.deepEqual(leftOut({ ...emptyTally(), duplicate: 1, gone: 2 }), [
    '1 came twice and was emitted once',
    '2 parents were gone when they were asked for',
  ])
})
