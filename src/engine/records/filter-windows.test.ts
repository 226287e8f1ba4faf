import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileScan } from '../bytes/scan.ts'
import { byTime } from '../stream/definition.ts'
import { tallyOf, things } from '../testing.ts'
import { shareKeys } from './duplicates.ts'
import { asRows, call, filterRows, inWindow, iso, lists, ofList, span } from './filter-testing.ts'

/** What a stream without time and parent is judged by. */
const keyOf = (...key: string[]) => ({ key, time: undefined, parent: undefined })

test('the same is decided for records that are bytes still', () => {
  const schema = { properties: { id: { type: 'string' }, at: {}, listId: { type: 'string' } } }
  const def = { ...lists, incremental: byTime('at') }
  const scan = compileScan(schema, { key: ['id'], time: 'at', parent: 'listId' })
  const items = [
    call('a', 1),
    call('a', 1),
    call('b', 2000),
    { id: 'c', listId: 'M' },
    { id: 'd', listId: 'L' },
    { at: iso(3) },
  ]
  const scanned = scan(Buffer.from(JSON.stringify({ items })), 'items')?.rows.flatMap(row =>
    'bytes' in row ? [row] : [],
  )
  const { kept, tally, lines, distinct } = filterRows(scanned ?? [], {
    ...inWindow,
    def,
    slice: { window: span(0, 100), ...ofList },
  })
  assert.deepEqual(kept, [
    { ...call('a', 1), listId: 'L' },
    { id: 'd', listId: 'L' },
  ])
  assert.deepEqual(tally, tallyOf({ duplicate: 1, outside: 1, foreign: 1, unusable: 1 }))
  assert.deepEqual({ lines, distinct }, { lines: 1, distinct: 5 })
})

// Bug: a part that was absent once made the key "a|".
test('a key of several parts is told from bytes too, and is none where a part is absent', () => {
  const def = things({ primaryKey: ['id', 'on'] })
  const scan = compileScan({ properties: { id: {}, on: {} } }, keyOf('id', 'on'))
  const bytes = Buffer.from(
    '{"items":[{"id":"a","on":"x"},{"id":"a","on":"y"},{"on":"x","id":"a"},{"id":"a"}]}',
  )
  const lines = scan(bytes, 'items')?.rows.flatMap(row => ('bytes' in row ? [row] : [])) ?? []
  assert.deepEqual(filterRows(lines, { def }).tally, tallyOf({ duplicate: 1, unusable: 1 }))
})

test('an empty text is no key, in bytes neither', () => {
  const lines = compileScan({ properties: { id: {} } }, keyOf('id'))(
    Buffer.from('{"items":[{"id":""}]}'),
    'items',
  )
  assert.deepEqual(
    filterRows(lines?.rows.flatMap(row => ('bytes' in row ? [row] : [])) ?? []).tally,
    tallyOf({ unusable: 1 }),
  )
})

test('all that came is counted as the API counts, those left out included', () => {
  const came = [call('a', 0), call('a', 0), call('b', 5000), { n: 1 }]
  assert.equal(filterRows(asRows(came), inWindow).distinct, 3)
})

test('what two overlapping windows both give goes on once, and counts in each', () => {
  const keys = shareKeys()
  const both = asRows([call('a', 99), call('b', 100), call('c', 101)])
  const first = filterRows(both, { ...inWindow, keys })
  const second = filterRows(both, { ...inWindow, slice: { window: span(100, 200) }, keys })
  assert.deepEqual([first.kept.length, second.kept.length], [3, 0])
  assert.deepEqual([first.distinct, second.distinct], [3, 3])
  assert.deepEqual(second.tally, tallyOf({ duplicate: 3 }))
})

test('what is remembered beyond a window are the keys near its edges only', () => {
  const keys = shareKeys()
  const calls = Array.from({ length: 1000 }, (_, index) => call(`c${index}`, index / 10))
  filterRows(asRows(calls), { ...inWindow, keys })
  assert.ok(keys.edges.size > 0 && keys.edges.size <= 42, `${keys.edges.size} keys are kept`)
})

test('a record of a stream without a time lies within any bounds', () => {
  const { tally, newestMs } = filterRows(asRows([{ id: 'a', '': iso(1) }]), { bounds: span(100, 200) })
  assert.deepEqual([tally, newestMs], [tallyOf({}), undefined])
})
