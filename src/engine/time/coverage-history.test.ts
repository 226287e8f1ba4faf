import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Coverage, covered, NO_COVERAGE, owed, settled } from './coverage.ts'
import { join, type Span } from './spans.ts'

/** What becomes of coverage over many syncs, in seconds, with a short lookback. */
const LOOKBACK = 12
/** How far behind the clock a closed span ends. */
const SETTLE = 2

/** A sync: how long after the one before it begins, what is read, how long its windows are, and which of them are closed, in
 *  which order; those left out are interrupted. */
interface Sync {
  readonly after: number
  readonly within: Span
  readonly step: number
  readonly closes: readonly number[] | 'all'
}

const EVER: Span = { from: 0, to: Number.POSITIVE_INFINITY }
const interrupted = fc.uniqueArray(fc.nat(30), { maxLength: 12 })
const syncs = (within: fc.Arbitrary<Span>): fc.Arbitrary<Sync> =>
  fc.record({
    after: fc.integer({ min: 0, max: 40 }),
    within,
    step: fc.integer({ min: 1, max: 15 }),
    closes: fc.oneof(
      { weight: 3, arbitrary: interrupted },
      { weight: 1, arbitrary: fc.constant('all' as const) },
    ),
  })
const histories = fc.array(syncs(fc.constant(EVER)), { minLength: 1, maxLength: 8 })
/** Syncs between whose start_date and end_date are moved. */
const moved = fc.oneof(
  fc.constant(EVER),
  fc.tuple(fc.nat(60), fc.nat(60)).map(([from, length]) => ({ from, to: from + length })),
)
const movedHistories = fc.array(syncs(moved), { minLength: 1, maxLength: 8 })

/** A sync as it was lived through. */
interface Lived {
  readonly now: number
  readonly owed: readonly Span[]
  readonly coverage: Coverage
  readonly cursor: number
  readonly isWhole: boolean
  /** When each second was read last; kept for all syncs together. */
  readonly readAt: ReadonlyMap<number, number>
}

function* live(history: readonly Sync[]): Generator<Lived> {
  const readAt = new Map<number, number>()
  let coverage = NO_COVERAGE
  let now = 5
  let cursor = 0
  for (const { after, within, step, closes } of history) {
    now += after
    const due = owed(coverage, { from: within.from, to: Math.min(within.to, now) }, LOOKBACK)
    const windows = due.flatMap(span => cut(span, step))
    const done = closes === 'all' ? windows : closes.flatMap(index => windows[index] ?? [])
    let spans: Span[] = []
    for (const { from, to } of done) {
      for (let at = from; at < to; at++) readAt.set(at, now)
      const settledTo = Math.min(to, now - SETTLE)
      if (settledTo > from) spans = join(spans, { from, to: settledTo })
    }
    coverage = covered(coverage, { spans, boundMs: now, readAtMs: now }, LOOKBACK)
    cursor = Math.max(cursor, coverage.closed[0]?.to ?? 0)
    const isWhole = done.length === windows.length
    yield { now, owed: due, coverage, cursor, isWhole, readAt: new Map(readAt) }
  }
}

function cut({ from, to }: Span, step: number): Span[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => ({
    from: from + index * step,
    to: Math.min(to, from + (index + 1) * step),
  }))
}

test('no second is left alone before it was read at least a lookback after it began, wherever start and end are moved', () => {
  fc.assert(
    fc.property(movedHistories, history => {
      for (const { coverage, readAt } of live(history)) {
        for (const { from, to } of settled(coverage, LOOKBACK)) {
          for (let at = from; at < to; at++) {
            const last = readAt.get(at) ?? Number.NEGATIVE_INFINITY
            assert.ok(last >= at + LOOKBACK, `second ${at} was read at ${last} for the last time`)
          }
        }
      }
    }),
    { numRuns: 5000 },
  )
})

test('after a sync that was not interrupted, nothing is owed but what is later than the cursor less the lookback', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 100 }), (history, wait) => {
      for (const { now, coverage, cursor, isWhole } of live(history)) {
        if (!isWhole) continue
        assert.equal(cursor, now - SETTLE)
        const next = owed(coverage, { from: 0, to: now + wait }, LOOKBACK)
        assert.deepEqual(next, [{ from: Math.max(0, cursor - LOOKBACK), to: now + wait }])
      }
    }),
    { numRuns: 2000 },
  )
})

test('the cursor never moves back', () => {
  fc.assert(
    fc.property(histories, history => {
      const cursors = [...live(history)].map(({ cursor }) => cursor)
      assert.deepEqual(
        cursors,
        cursors.toSorted((a, b) => a - b),
      )
    }),
  )
})

test('what is owed never lies before what an uninterrupted past has settled', () => {
  fc.assert(
    fc.property(histories, history => {
      let settledTo = 0
      for (const { owed, cursor, isWhole } of live(history)) {
        assert.ok((owed[0]?.from ?? settledTo) >= settledTo)
        if (isWhole) settledTo = Math.max(settledTo, cursor - LOOKBACK)
      }
    }),
    { numRuns: 2000 },
  )
})
