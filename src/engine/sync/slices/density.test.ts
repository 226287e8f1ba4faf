import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FirstPage } from '../../fetch/served-route.ts'
import { callsBetween } from '../../lists-testing.ts'
import { CALLS, HOUR, NOW } from '../../testing.ts'
import { rowsIn } from './density.ts'

const WINDOW = { from: NOW - 8 * HOUR, to: NOW }

interface Row {
  readonly says: string
  readonly rows: number
  readonly facts?: Partial<FirstPage['page']['facts']>
  /** How long the time is in which the rows lie, at the end of the window. */
  readonly withinMs?: number
  readonly fullest?: number
  readonly isTrusted?: boolean
  readonly out: number
}

const rows: readonly Row[] = [
  { says: 'a short page without a count is all there is', rows: 7, out: 7 },
  {
    says: 'as is one that counts more, but is shorter than pages can be',
    rows: 7,
    facts: { total: 500 },
    fullest: 8,
    out: 7,
  },
  {
    says: 'a short page that is as long as any may be cut: its count tells',
    rows: 7,
    facts: { total: 500 },
    fullest: 7,
    out: 500,
  },
  { says: 'an empty page is empty, whatever is counted', rows: 0, facts: { total: 500 }, out: 0 },
  { says: 'a full page is one of as many as are counted', rows: 100, facts: { total: 500 }, out: 500 },
  { says: 'a count of pages tells by their size', rows: 100, facts: { pages: 3, max: 100 }, out: 300 },
  { says: 'or by the rows on the first one', rows: 100, facts: { pages: 3 }, out: 300 },
  {
    says: 'a count that is not trusted tells less than how close the rows lie',
    rows: 100,
    facts: { total: 9000 },
    withinMs: 2 * HOUR,
    isTrusted: false,
    out: 404,
  },
  { says: 'so does no count', rows: 100, withinMs: 4 * HOUR, out: 202 },
  { says: 'rows over more than the window are no fewer', rows: 100, withinMs: 80 * HOUR, out: 100 },
  { says: 'rows of one moment are as if in a second', rows: 100, withinMs: 0, out: 100 * 8 * 3600 },
]

for (const { says, rows: count, facts = {}, withinMs = HOUR, fullest = 0, isTrusted = true, out } of rows)
  test(says, () => {
    const calls = callsBetween(NOW - withinMs, NOW, count)
    const page = {
      rows: calls.map(json => ({ json })),
      facts: { rows: count, total: undefined, pages: undefined, max: undefined, ...facts },
    }
    const spec = { def: CALLS, route: CALLS.routes[0], slice: { window: WINDOW }, pageSize: 100, filters: {} }
    const first = { page, spec, askedAt: NOW } as FirstPage
    assert.equal(
      rowsIn(first, WINDOW, fullest, () => isTrusted),
      out,
    )
  })
