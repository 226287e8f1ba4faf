import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Coverage, owed } from './coverage.ts'
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
]

for (const { says, in: coverage, out } of debts) {
  test(`what is owed: ${says}`, () => assert.deepEqual(owed(coverage, ALL, TAIL), out))
}
