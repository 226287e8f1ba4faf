import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { holes, join, merge, type Span, withoutTails } from './spans.ts'

/** What the engine does with spans over many syncs, in seconds, with a short lookback: the bookkeeping of timed.ts. */
const LOOKBACK = 12
/** How far behind the clock a closed span ends. */
const SETTLE = 2

/** A sync: how long after the one before it begins, how long its windows are, and which of them are closed, in which
 *  order; those left out are interrupted. */
interface Sync {
  readonly after: number
  readonly step: number
  readonly closes: readonly number[] | 'all'
}

const interrupted = fc.uniqueArray(fc.nat(30), { maxLength: 12 })
const sync: fc.Arbitrary<Sync> = fc.record({
  after: fc.integer({ min: 0, max: 40 }),
  step: fc.integer({ min: 1, max: 15 }),
  closes: fc.oneof(
    { weight: 3, arbitrary: interrupted },
    { weight: 1, arbitrary: fc.constant('all' as const) },
  ),
})
const histories = fc.array(sync, { minLength: 1, maxLength: 8 })

/** A sync as it was lived through. */
interface Lived {
  readonly now: number
  readonly owed: readonly Span[]
  readonly closed: readonly Span[]
  readonly cursor: number
  readonly isWhole: boolean
  /** When each second was read last; kept for all syncs together. */
  readonly readAt: ReadonlyMap<number, number>
}

function* live(history: readonly Sync[]): Generator<Lived> {
  const readAt = new Map<number, number>()
  let closed: readonly Span[] = []
  let now = 5
  let cursor = 0
  for (const { after, step, closes } of history) {
    now += after
    const owed = holes(withoutTails(closed, LOOKBACK), { from: 0, to: now })
    const windows = owed.flatMap(span => cut(span, step))
    const done = closes === 'all' ? windows : closes.flatMap(index => windows[index] ?? [])
    let read: Span[] = []
    for (const { from, to } of done) {
      for (let at = from; at < to; at++) readAt.set(at, now)
      const settled = Math.min(to, now - SETTLE)
      if (settled > from) read = join(read, { from, to: settled })
    }
    closed = merge(closed, read, LOOKBACK)
    cursor = Math.max(cursor, closed[0]?.to ?? 0)
    yield { now, owed, closed, cursor, isWhole: done.length === windows.length, readAt: new Map(readAt) }
  }
}

function cut({ from, to }: Span, step: number): Span[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => ({
    from: from + index * step,
    to: Math.min(to, from + (index + 1) * step),
  }))
}

test('no second is left alone before it was read at least a lookback after it began', () => {
  fc.assert(
    fc.property(histories, history => {
      for (const { closed, readAt } of live(history)) {
        for (const { from, to } of withoutTails(closed, LOOKBACK)) {
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
      for (const { now, closed, cursor, isWhole } of live(history)) {
        if (!isWhole) continue
        assert.equal(cursor, now - SETTLE)
        const next = holes(withoutTails(closed, LOOKBACK), { from: 0, to: now + wait })
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
      let settled = 0
      for (const { owed, cursor, isWhole } of live(history)) {
        assert.ok((owed[0]?.from ?? settled) >= settled)
        if (isWhole) settled = Math.max(settled, cursor - LOOKBACK)
      }
    }),
    { numRuns: 2000 },
  )
})
