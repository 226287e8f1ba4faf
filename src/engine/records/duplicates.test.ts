import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDuplicateCheck, type Edges } from './duplicates.ts'

const [FROM, TO] = [100_000, 200_000]
const window = { from: FROM, to: TO }

test('a key is new once in a slice, and then it came again', () => {
  const check = createDuplicateCheck({}, new Map())
  assert.deepEqual(
    ['a', 'b', 'a'].map(key => check(key, undefined)),
    ['new', 'new', 'again'],
  )
})

test('a record near an edge is known to the next window, which is told that it came elsewhere', () => {
  const edges: Edges = new Map()
  createDuplicateCheck({ window }, edges)('a', TO)
  const next = createDuplicateCheck({ window: { from: TO, to: TO + 1 } }, edges)
  assert.deepEqual([next('a', TO), next('a', TO)], ['elsewhere', 'elsewhere'])
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
    const edges: Edges = new Map()
    const check = createDuplicateCheck({ window }, edges)
    assert.deepEqual([check('a', row.in), check('a', row.in)], ['new', 'again'])
    assert.equal(edges.size, row.out)
  })
}

test('slices without a window share nothing', () => {
  const edges: Edges = new Map()
  const parents = ['p', 'q'].map(id => createDuplicateCheck({ parent: { id } }, edges))
  assert.deepEqual(
    parents.map(check => check('a', FROM)),
    ['new', 'new'],
  )
  assert.equal(edges.size, 0)
})
