import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { holes, join, lengthOf, merge, type Span } from './spans.ts'

const SECONDS = 60

test('a span is as long as its end is after its beginning', () =>
  assert.equal(lengthOf({ from: 5, to: 7 }), 2))

/** A model of spans: for each second, whether it is covered. */
function seconds(spans: readonly Span[]): boolean[] {
  return Array.from({ length: SECONDS }, (_, at) => spans.some(({ from, to }) => from <= at && at < to))
}

const span = fc
  .tuple(fc.nat(SECONDS - 1), fc.integer({ min: 1, max: 20 }))
  .map(([from, length]) => ({ from, to: Math.min(SECONDS, from + length) }))
const spans = fc.array(span, { maxLength: 8 })
const either = (one: boolean[], other: boolean[]) => one.map((covered, at) => covered || other[at] === true)
const within = (seen: boolean[], { from, to }: Span) => seen.map((one, at) => one && from <= at && at < to)

/** Whether spans are in order, and none is empty or touches the next. */
function areApart(found: readonly Span[]): boolean {
  return found.every(
    ({ from, to }, index) => from < to && (index === 0 || from > (found[index - 1]?.to ?? 0)),
  )
}

test('holes and spans together are the whole, and share no second', () => {
  fc.assert(
    fc.property(spans, span, (some, whole) => {
      const found = holes(some, whole)
      assert.deepEqual(
        seconds(found),
        within(
          seconds(some).map(covered => !covered),
          whole,
        ),
      )
      assert.ok(areApart(found))
    }),
  )
})

test('joined spans cover what all of them cover, in order and apart', () => {
  fc.assert(
    fc.property(spans, some => {
      const joined = some.reduce<Span[]>(join, [])
      assert.deepEqual(seconds(joined), seconds(some))
      assert.ok(areApart(joined))
    }),
  )
})

test('merging keeps every second that was covered, and adds none', () => {
  fc.assert(
    fc.property(spans, spans, fc.nat(20), (earlier, some, lookback) => {
      const read = some.reduce<Span[]>(join, [])
      assert.deepEqual(seconds(merge(earlier, read, lookback)), either(seconds(earlier), seconds(read)))
    }),
  )
})

test('without a lookback, merging what was read in the order of time is joining', () => {
  fc.assert(
    fc.property(spans, spans, (before, after) => {
      const earlier = before.reduce<Span[]>(join, [])
      const read = holes(earlier, { from: 0, to: SECONDS }).filter((_, index) => after.length > index)
      assert.deepEqual(merge(earlier, read, 0), read.reduce<Span[]>(join, earlier))
    }),
  )
})

const LOOKBACK = 10
const rows = [
  { says: 'a span that covers the tail before it becomes one with it', read: [[90, 130]], out: [[0, 130]] },
  {
    says: 'one that begins inside the tail stays apart',
    read: [[95, 130]],
    out: [
      [0, 100],
      [95, 130],
    ],
  },
  {
    says: 'one that only touches the end stays apart',
    read: [[100, 130]],
    out: [
      [0, 100],
      [100, 130],
    ],
  },
  { says: 'one inside an earlier span changes nothing', read: [[92, 95]], out: [[0, 100]] },
  { says: 'one that begins with an earlier span covers its tail', read: [[0, 130]], out: [[0, 130]] },
  {
    says: 'one far away stays apart',
    read: [[200, 210]],
    out: [
      [0, 100],
      [200, 210],
    ],
  },
] as const

for (const { says, read, out } of rows) {
  test(`beside [0, 100) with a lookback of ten, ${says}`, () => {
    const toSpan = ([from, to]: readonly [number, number]): Span => ({ from, to })
    assert.deepEqual(merge([{ from: 0, to: 100 }], read.map(toSpan), LOOKBACK), out.map(toSpan))
  })
}

const owedTail: readonly Span[] = [
  { from: 0, to: 100 },
  { from: 95, to: 130 },
]

// Bug: such a part once made [0, 130) of the two, and the rest of the tail was never read again.
test('a part of a tail that is owed does not settle the rest of it, though a later span lies beyond', () => {
  assert.deepEqual(merge(owedTail, [{ from: 90, to: 92 }], LOOKBACK), owedTail)
  assert.deepEqual(merge(owedTail, [{ from: 93, to: 95 }], LOOKBACK), [
    { from: 0, to: 100 },
    { from: 93, to: 130 },
  ])
})

test('the whole of a tail that is owed makes one span of those around it', () => {
  assert.deepEqual(merge(owedTail, [{ from: 90, to: 95 }], LOOKBACK), [{ from: 0, to: 130 }])
})
