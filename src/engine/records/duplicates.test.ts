import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDuplicateCheck, shareKeys } from './duplicates.ts'

const [FROM, TO] = [100_000, 200_000]
const window = { from: FROM, to: TO }

test('a key is new once in a slice, and then it came again', () => {
  const check = createDuplicateCheck({}, shareKeys())
  assert.deepEqual(
    ['a', 'b', 'a'].map(key => check.take(key, undefined)),
    ['new', 'new', 'again'],
  )
})

test('a record near an edge is known to the next window, which is told once that it came elsewhere', () => {
  const shared = shareKeys()
  createDuplicateCheck({ window }, shared).take('a', TO)
  const next = createDuplicateCheck({ window: { from: TO, to: TO + 1 } }, shared)
  assert.deepEqual([next.take('a', TO), next.take('a', TO)], ['elsewhere', 'again'])
})

const rows = [
  { says: 'well inside', in: FROM + 2000, out: 0 },
  { says: 'at the start', in: FROM, out: 1 },
  { says: 'a second before the start', in: FROM - 1000, out: 1 },
  { says: 'within two seconds of the start', in: FROM + 1999, out: 1 },
  { says: 'within two seconds of the end', in: TO - 2000, out: 1 },
  { says: 'without a time', in: undefined, out: 1 },
]

for (const row of rows) {
  test(`the key of a record ${row.says} is ${row.out === 0 ? 'held by its window only' : 'shared'}`, () => {
    const shared = shareKeys()
    const check = createDuplicateCheck({ window }, shared)
    assert.deepEqual([check.take('a', row.in), check.take('a', row.in)], ['new', 'again'])
    assert.equal(shared.edges.size, row.out)
  })
}

test('slices without a window share nothing', () => {
  const shared = shareKeys()
  const parents = ['p', 'q'].map(id => createDuplicateCheck({ parent: { id } }, shared))
  assert.deepEqual(
    parents.map(check => check.take('a', FROM)),
    ['new', 'new'],
  )
  assert.equal(shared.edges.size, 0)
})

test('what a window gave that was taken back is not given again, and counts in each of its halves', () => {
  const shared = shareKeys()
  const whole = createDuplicateCheck({ window }, shared)
  whole.take('a', 150_000)
  shared.given.push(whole.keys)
  const half = createDuplicateCheck({ window: { from: FROM, to: 160_000 } }, shared)
  assert.deepEqual(
    [half.take('a', 150_000), half.take('a', 150_000), half.take('b', 150_000)],
    ['elsewhere', 'again', 'new'],
  )
})
