import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Coverage, settled } from './coverage.ts'
import { planIntervals } from './interval-plan.ts'
import { holes, type Span } from './spans.ts'
import { unionOf } from './union.ts'

const span = (from: number, to: number): Span => ({ from, to })

const rows: readonly { says: string; runs: readonly Coverage[]; both: Coverage }[] = [
  { says: 'no run covers nothing', runs: [], both: { closed: [] } },
  {
    says: 'a run that closed nothing adds nothing',
    runs: [{ closed: [], readToMs: 9 }],
    both: { closed: [] },
  },
  {
    says: 'spans of all runs are closed, oldest first, and stay apart where they touch or overlap',
    runs: [{ closed: [span(5, 9)] }, { closed: [span(0, 5), span(8, 12)] }],
    both: { closed: [span(0, 5), span(5, 9), span(8, 12)] },
  },
  {
    says: 'a span within another is left out, and of equal ones there is one',
    runs: [{ closed: [span(2, 4), span(5, 9)] }, { closed: [span(0, 4), span(5, 9)] }],
    both: { closed: [span(0, 4), span(5, 9)] },
  },
  {
    says: 'what was read beyond the newest span is told by the run that has it',
    runs: [
      { closed: [span(0, 5)], readToMs: 30 },
      { closed: [span(5, 9)], readToMs: 12 },
    ],
    both: { closed: [span(0, 5), span(5, 9)], readToMs: 12 },
  },
  {
    says: 'of runs that have the same newest span, the one that read furthest tells how far',
    runs: [
      { closed: [span(5, 9)], readToMs: 12 },
      { closed: [span(0, 3), span(5, 9)], readToMs: 10 },
    ],
    both: { closed: [span(0, 3), span(5, 9)], readToMs: 12 },
  },
  {
    says: 'one whose newest span began later does not: it may owe a tail before that',
    runs: [
      { closed: [span(0, 9)], readToMs: 10 },
      { closed: [span(6, 9)], readToMs: 20 },
    ],
    both: { closed: [span(0, 9)], readToMs: 10 },
  },
  {
    says: 'all that is closed was read at the earliest of their times or later',
    runs: [
      { closed: [span(0, 5)], readAtMs: 40 },
      { closed: [span(5, 9)], readAtMs: 30 },
    ],
    both: { closed: [span(0, 5), span(5, 9)], readAtMs: 30 },
  },
  {
    says: 'where one does not know when it read, none does',
    runs: [{ closed: [span(0, 5)], readAtMs: 40 }, { closed: [span(5, 9)] }],
    both: { closed: [span(0, 5), span(5, 9)] },
  },
  {
    says: 'a run that closed nothing does not tell when it read',
    runs: [{ closed: [span(0, 5)], readAtMs: 40 }, { closed: [] }],
    both: { closed: [span(0, 5)], readAtMs: 40 },
  },
  {
    says: 'from where on intervals were read is told by the runs that tell how far, the latest where they differ',
    runs: [
      { closed: [span(0, 3)], readToMs: 3, readFromMs: 99 },
      { closed: [span(5, 9)], readToMs: 20, readFromMs: 12 },
      { closed: [span(5, 9)], readToMs: 15, readFromMs: 14 },
      { closed: [span(5, 9)], readToMs: 15 },
    ],
    both: { closed: [span(0, 3), span(5, 9)], readToMs: 20, readFromMs: 14 },
  },
  {
    says: 'the newest interval with a value has it, whoever saw it',
    runs: [{ closed: [span(0, 5)], valuedToMs: 4 }, { closed: [], valuedToMs: 7 }, { closed: [span(5, 9)] }],
    both: { closed: [span(0, 5), span(5, 9)], valuedToMs: 7 },
  },
]

for (const { says, runs, both } of rows) test(says, () => assert.deepEqual(unionOf(runs), both))

// Bug: a start that had moved back, and a run that was stopped before all of that was read, left intervals that counted as read
// once their state was put together with another.
test('intervals that no run has read are read by the sync that goes on from all together', () => {
  const stopped = { closed: [span(60, 65)], readFromMs: 70, readToMs: 97 }
  const planning = { within: span(0, 100), lengthMs: 1, lookbackMs: 3, nowMs: 100 }
  const { first } = planIntervals({
    before: unionOf([{ closed: [span(0, 60)], readToMs: 60 }, stopped]),
    ...planning,
  })
  assert.deepEqual(
    first.map(({ from }) => from),
    [65, 66, 67, 68, 69, 97, 98, 99, 96],
  )
})

const spans = fc
  .array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 15 })), { maxLength: 4 })
  .map(all => all.map(([from, length]) => span(from, from + length)).toSorted((a, b) => a.from - b.from))
const moment = fc.option(fc.nat(60), { nil: undefined })
const coverage: fc.Arbitrary<Coverage> = fc.record({ closed: spans, readToMs: moment, readAtMs: moment })
const coverages = fc.array(coverage, { maxLength: 4 })
const EVER = span(0, 100)

test('exactly what one of the runs has closed is closed', () => {
  fc.assert(
    fc.property(coverages, runs => {
      const each = runs.flatMap(({ closed }) => closed)
      assert.deepEqual(holes(unionOf(runs).closed, EVER), holes(each, EVER))
    }),
  )
})

test('what no run has settled is owed by all together', () => {
  fc.assert(
    fc.property(coverages, fc.nat(20), (runs, tail) => {
      // A newest span owes what precedes the point that was read to; once others are newer, what precedes its end.
      const each = runs.flatMap(({ readToMs, ...run }) => [
        ...settled({ ...run, readToMs }, tail),
        ...settled(run, tail),
      ])
      for (const one of settled(unionOf(runs), tail)) assert.deepEqual(holes(each, one), [])
    }),
    { numRuns: 3000 },
  )
})

test('the order of the runs does not matter', () => {
  fc.assert(fc.property(coverages, runs => assert.deepEqual(unionOf(runs.toReversed()), unionOf(runs))))
})
