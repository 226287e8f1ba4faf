import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StreamDef } from '../stream/definition.ts'
import { byTime } from '../stream/definition.ts'
import { SECOND, things } from '../testing.ts'
import { shareKeys } from './duplicates.ts'
import { createJudge, type Judged, type Judging } from './judge.ts'

/** Seconds; the window is a minute long, and the API's clock stands at its end. */
const at = (seconds: number) => Date.parse('2026-01-31T12:00:00Z') + seconds * SECOND
const timed: StreamDef = things({ incremental: byTime('at') })
const parted: StreamDef = things({ parent: { stream: 'lists', field: 'id', as: 'list', stamp: 'list' } })
const NOW = at(60)

const record = (more: Partial<Judged> = {}): Judged => ({
  key: '"a"',
  moment: undefined,
  parent: undefined,
  ...more,
})
const timedAt = (key: string | undefined, seconds: number, more: Partial<Judged> = {}) =>
  record({ key, moment: at(seconds), ...more })

function judgeOf(more: Partial<Judging> = {}) {
  return createJudge({ def: timed, slice: {}, bounds: undefined, keys: shareKeys(), ...more })
}

const BOUNDS = { from: at(0), to: at(60) }
const reasons: readonly {
  says: string
  judging?: Partial<Judging>
  in: Partial<Judged>
  out: string | undefined
}[] = [
  { says: 'goes on', in: {}, out: undefined },
  { says: 'without a key is unusable', in: { key: undefined }, out: 'unusable' },
  {
    says: 'of a stream without keys needs none',
    judging: { def: things({ primaryKey: [] }) },
    in: { key: undefined },
    out: undefined,
  },
  { says: 'that does not pass is filtered', in: { passes: false }, out: 'filtered' },
  {
    says: 'before the bounds is outside',
    judging: { bounds: BOUNDS },
    in: timedAt('"a"', -1),
    out: 'outside',
  },
  {
    says: 'after the bounds is outside',
    judging: { bounds: BOUNDS },
    in: timedAt('"a"', 61),
    out: 'outside',
  },
  {
    says: 'at the first moment is inside',
    judging: { bounds: BOUNDS },
    in: timedAt('"a"', 0),
    out: undefined,
  },
  {
    says: 'at the last moment is inside',
    judging: { bounds: BOUNDS },
    in: timedAt('"a"', 60),
    out: undefined,
  },
  { says: 'without a moment is inside', judging: { bounds: BOUNDS }, in: {}, out: undefined },
  ...[
    ['of its parent is its own', 'L-1', undefined],
    ['of its parent in another spelling is its own', 'l1', undefined],
    ['that names no parent is its own', undefined, undefined],
    ['with null for a parent is its own', null, undefined],
    ['of another parent is foreign', 'L2', 'foreign'],
  ].map(([says, parent, out]) => ({
    says: String(says),
    judging: { def: parted, slice: { parent: { list: 'L1' } } },
    in: { parent: parent as Judged['parent'] },
    out: out as string | undefined,
  })),
  {
    says: 'of whatever parent is its own where none was asked for',
    judging: { def: parted },
    in: { parent: 'L2' },
    out: undefined,
  },
]

for (const { says, judging, in: given, out } of reasons) {
  test(`a record ${says}`, () => assert.equal(judgeOf(judging).reasonFor(record(given), NOW), out))
}

test('a record that came before is a duplicate, and counts once', () => {
  const judge = judgeOf()
  assert.deepEqual(
    [1, 2].map(() => judge.reasonFor(record(), NOW)),
    [undefined, 'duplicate'],
  )
  assert.equal(judge.seen().distinct, 1)
})

test('what is left out counts as one that came, once for each key, and is not remembered as seen', () => {
  const judge = judgeOf()
  for (let time = 0; time < 2; time++) judge.reasonFor(record({ passes: false }), NOW)
  assert.equal(judge.seen().distinct, 1)
  assert.equal(
    judge.reasonFor(record(), NOW),
    undefined,
    'another slice may have a right to it, and so has this one',
  )
})

test('records without a key count each, until the slice is read again', () => {
  const judge = judgeOf()
  for (let time = 0; time < 2; time++) judge.reasonFor(record({ key: undefined }), NOW)
  judge.refuse()
  assert.equal(judge.seen().distinct, 3)
  judge.again()
  judge.reasonFor(record({ key: undefined }), NOW)
  judge.refuse()
  assert.equal(judge.seen().distinct, 3)
})

test('those belong to the slice that are neither foreign nor unusable', () => {
  const judge = judgeOf({ def: parted, slice: { parent: { list: 'L1' } } })
  judge.reasonFor(record({ key: '"a"', parent: 'L2' }), NOW)
  judge.reasonFor(record({ key: undefined }), NOW)
  judge.refuse()
  assert.deepEqual([judge.seen().distinct, judge.seen().own], [3, 0])
  judge.reasonFor(record({ key: '"b"' }), NOW)
  judge.reasonFor(record({ key: '"c"', passes: false }), NOW)
  assert.deepEqual([judge.seen().distinct, judge.seen().own], [5, 2])
})

test('the newest record is told, but for those of the future', () => {
  const judge = judgeOf({ bounds: { from: at(0), to: at(900) } })
  for (const [index, seconds] of [61, 60, 30, 10, -50].entries())
    judge.reasonFor(timedAt(`"${index}"`, seconds), NOW)
  assert.deepEqual([judge.seen().newestMs, judge.seen().reachedMs], [at(60), at(-50)])
})

for (const { says, in: order, out } of [
  { says: 'newest first: to the last one', in: [50, 20, 20, 10], out: 10 },
  {
    says: 'but for one that is three seconds late: to three seconds after the last one',
    in: [50, 20, 23, 10],
    out: 13,
  },
  { says: 'late by a tenth of all that they span', in: [50, 20, 24, 10], out: 14 },
  { says: 'late by more: not at all', in: [50, 20, 25, 10], out: undefined },
  { says: 'oldest first: not at all', in: [10, 20, 50], out: undefined },
  { says: 'in no order: not at all', in: [50, 10, 40, 20], out: undefined },
  { says: 'but for one of the future: as without it', in: [50, 10, 99], out: 10 },
  { says: 'up to this very moment: as any other', in: [60, 10], out: 10 },
  { says: 'oldest first up to this very moment: not at all', in: [10, 60], out: undefined },
  { says: 'all of one moment: to that', in: [10, 10], out: 10 },
  { says: 'where none came: not at all', in: [], out: undefined },
])
  test(`how far back records go without a gap, ${says}`, () => {
    const judge = judgeOf()
    for (const [index, seconds] of order.entries()) judge.reasonFor(timedAt(`"${index}"`, seconds), NOW)
    assert.equal(judge.seen().reachedMs, out === undefined ? Number.POSITIVE_INFINITY : at(out))
  })

test('records that came before are counted as such, and those of another window are not', () => {
  const judge = judgeOf()
  assert.equal(judge.cameAgain(), 0)
  for (const key of ['"a"', '"b"', '"a"', '"a"']) judge.reasonFor(record({ key }), NOW)
  judge.reasonFor(record({ key: '"c"', passes: false }), NOW)
  assert.equal(judge.cameAgain(), 2)
})

test('a foreign record is not the newest', () => {
  const both: StreamDef = { ...parted, incremental: byTime('at') }
  const judge = judgeOf({ def: both, slice: { parent: { list: 'L1' } } })
  judge.reasonFor(timedAt('"a"', 10, { parent: 'L2' }), NOW)
  assert.deepEqual([judge.seen().newestMs, judge.seen().reachedMs], [undefined, at(10)])
})

test('those beside the window are counted: its end is no part of it', () => {
  const judge = judgeOf({ slice: { window: BOUNDS } })
  for (const [index, seconds] of [-1, 0, 30, 59, 60, 61].entries())
    judge.reasonFor(timedAt(`"${index}"`, seconds), NOW)
  judge.reasonFor(record({ key: '"timeless"' }), NOW)
  assert.deepEqual([judge.seen().distinct, judge.seen().beside], [7, 3])
})

test('what another window gave counts here too, and is a duplicate', () => {
  const keys = shareKeys()
  const earlier = judgeOf({ slice: { window: { from: at(-60), to: at(0) } }, keys })
  const later = judgeOf({ slice: { window: BOUNDS }, keys })
  assert.equal(earlier.reasonFor(timedAt('"a"', 0), NOW), undefined)
  assert.deepEqual(
    [1, 2].map(() => later.reasonFor(timedAt('"a"', 0), NOW)),
    ['duplicate', 'duplicate'],
  )
  assert.equal(later.seen().distinct, 1)
})
