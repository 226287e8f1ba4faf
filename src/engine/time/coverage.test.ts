import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Coverage, covered, owed } from './coverage.ts'
import type { Span } from './spans.ts'

/** Spans from pairs of moments. */
const spans = (...pairs: (readonly [number, number])[]): Span[] => pairs.map(([from, to]) => ({ from, to }))

const TAIL = 3
const ALL: Span = { from: 0, to: 100 }

const debts: { says: string; in: Coverage; out: Span[] }[] = [
  { says: 'of nothing, everything', in: { closed: [] }, out: [ALL] },
  {
    says: 'the tail of what is closed, and what follows',
    in: { closed: spans([0, 50]) },
    out: spans([47, 100]),
  },
  {
    says: 'the tail before the point that was read to, where that reaches back behind the end',
    in: { closed: spans([0, 50]), readToMs: 52 },
    out: spans([49, 100]),
  },
  {
    says: 'what follows the end, where the point that was read to is far behind it',
    in: { closed: spans([0, 50]), readToMs: 80 },
    out: spans([50, 100]),
  },
  {
    says: 'the tail of each of two spans that touch, and nothing else of them',
    in: { closed: spans([0, 50], [50, 90]), readToMs: 90 },
    out: spans([47, 50], [87, 100]),
  },
  {
    says: 'of two spans that overlap, what the later one does not settle',
    in: { closed: spans([0, 50], [48, 90]), readToMs: 90 },
    out: spans([47, 48], [87, 100]),
  },
  {
    says: 'no tail, where all was read that much later',
    in: { closed: spans([0, 50], [60, 70]), readToMs: 70, readAtMs: 73 },
    out: spans([50, 60], [70, 100]),
  },
  {
    says: 'the tails of what ends later than that',
    in: { closed: spans([0, 50], [60, 70]), readToMs: 70, readAtMs: 72 },
    out: spans([50, 60], [67, 100]),
  },
  { says: 'all of a span that is shorter than its tail', in: { closed: spans([49, 50]) }, out: [ALL] },
]

for (const { says, in: coverage, out } of debts) {
  test(`what is owed: ${says}`, () => assert.deepEqual(owed(coverage, ALL, TAIL), out))
}

const receptions: { says: string; before: Coverage; spans: Span[]; boundMs?: number; out: Coverage }[] = [
  {
    says: 'what was received first is as old as its reading',
    before: { closed: [] },
    spans: spans([0, 50]),
    out: { closed: spans([0, 50]), readToMs: 50, readAtMs: 90 },
  },
  {
    says: 'nothing is closed beyond the bound, though it was read',
    before: { closed: [] },
    spans: spans([0, 50]),
    boundMs: 40,
    out: { closed: spans([0, 40]), readToMs: 50, readAtMs: 90 },
  },
  {
    says: 'the point that was read to is that of the newest span that is closed, though later ones were read',
    before: { closed: [] },
    spans: spans([0, 30], [35, 50], [60, 70]),
    boundMs: 40,
    out: { closed: spans([0, 30], [35, 40]), readToMs: 50, readAtMs: 90 },
  },
  {
    says: 'as long as a tail was not read again, what was closed is as old as before',
    before: { closed: spans([0, 50]), readToMs: 50, readAtMs: 51 },
    spans: spans([48, 60]),
    out: { closed: spans([0, 50], [48, 60]), readToMs: 60, readAtMs: 51 },
  },
  {
    says: 'with the tail it is as old as this reading',
    before: { closed: spans([0, 50]), readToMs: 50, readAtMs: 51 },
    spans: spans([47, 60]),
    out: { closed: spans([0, 60]), readToMs: 60, readAtMs: 90 },
  },
  {
    says: 'spans that touch become one where the earlier has no tail',
    before: { closed: spans([0, 50], [50, 70], [70, 80]), readToMs: 80, readAtMs: 60 },
    spans: spans([77, 85]),
    out: { closed: spans([0, 70], [70, 85]), readToMs: 85, readAtMs: 60 },
  },
  {
    says: 'older time is closed up to the bound only; what was closed before it stays closed',
    before: { closed: spans([50, 70]), readToMs: 72, readAtMs: 80 },
    spans: spans([0, 50], [69, 85]),
    boundMs: 30,
    out: { closed: spans([0, 30], [50, 70]), readToMs: 85, readAtMs: 90 },
  },
  {
    says: 'so is time between what was closed before',
    before: { closed: spans([0, 20], [50, 70]), readToMs: 70, readAtMs: 80 },
    spans: spans([20, 50], [67, 85]),
    boundMs: 30,
    out: { closed: spans([0, 30], [50, 70]), readToMs: 85, readAtMs: 90 },
  },
  {
    says: 'what was read apart behind the end of what is closed is no part of it',
    before: { closed: spans([0, 50]), readToMs: 50, readAtMs: 51 },
    spans: spans([50, 70]),
    boundMs: 50,
    out: { closed: spans([0, 50]), readToMs: 50, readAtMs: 51 },
  },
  {
    says: 'of a span that begins at the bound nothing is closed',
    before: { closed: [] },
    spans: spans([0, 30], [40, 50]),
    boundMs: 40,
    out: { closed: spans([0, 30]), readToMs: 30, readAtMs: 90 },
  },
  // Bug: with a later window, all that an earlier sync had read while reporting lagged was closed.
  {
    says: 'what was read once without being closed is closed only where it is received again',
    before: { closed: spans([0, 20]), readToMs: 60, readAtMs: 60 },
    spans: spans([30, 40]),
    boundMs: 38,
    out: { closed: spans([0, 20], [30, 38]), readToMs: 60, readAtMs: 60 },
  },
  {
    says: 'and all of it, once all was received again',
    before: { closed: spans([0, 20]), readToMs: 60, readAtMs: 60 },
    spans: spans([20, 70]),
    boundMs: 65,
    out: { closed: spans([0, 65]), readToMs: 70, readAtMs: 90 },
  },
]

for (const { says, before, spans: received, boundMs = 100, out } of receptions) {
  test(`what is covered: ${says}`, () =>
    assert.deepEqual(covered(before, { spans: received, boundMs, readAtMs: 90 }, TAIL), out))
}
