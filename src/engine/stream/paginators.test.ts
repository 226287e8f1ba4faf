import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonObject } from '../../json.ts'
import {
  byOffset,
  byPage,
  type Next,
  type PageFacts,
  type Paginator,
  pageFacts,
  unpaged,
} from './paginators.ts'

const paged = byPage({ page: 'page', size: 'max', largest: 500 })
const offset = byOffset({ offset: 'offset', limit: 'limit', largest: 500 })

interface Row {
  readonly says: string
  readonly at: number
  readonly in: Partial<PageFacts>
  readonly out: 'done' | readonly number[]
}

/** The facts given, the rest unknown, after a page that was asked for with a size of ten. */
function table(kind: string, paginator: Paginator, rows: readonly Row[]): void {
  for (const row of rows) {
    test(`${kind}: ${row.says}`, () => {
      const facts = { rows: 10, pages: undefined, total: undefined, max: undefined, ...row.in }
      const next: Next = paginator.next({ at: row.at }, facts, 10)
      assert.deepEqual(next === 'done' ? next : next.map(({ at }) => at), row.out)
    })
  }
}

table('numbered pages', paged, [
  { says: 'where the pages are known, all the others come at once', at: 1, in: { pages: 4 }, out: [2, 3, 4] },
  { says: 'the last known page is the end', at: 4, in: { pages: 4 }, out: 'done' },
  { says: 'a list that grew meanwhile is read to its new end', at: 4, in: { pages: 6 }, out: [5, 6] },
  {
    says: 'a short page before the last known one ends nothing',
    at: 1,
    in: { rows: 3, pages: 3 },
    out: [2, 3],
  },
  {
    says: 'an empty page is the end, whatever is claimed',
    at: 2,
    in: { rows: 0, pages: 9, total: 90 },
    out: 'done',
  },
  {
    says: 'the total and the size used give the number of pages',
    at: 1,
    in: { rows: 5, total: 11, max: 5 },
    out: [2, 3],
  },
  { says: 'the total and a full page do so too', at: 1, in: { total: 21 }, out: [2, 3] },
  {
    says: 'a total alone says nothing after a page smaller than asked',
    at: 1,
    in: { rows: 5, total: 21 },
    out: [2],
  },
  { says: 'a size of nought is no size', at: 1, in: { total: 21, max: 0 }, out: [2] },
  { says: 'a page shorter than the size used is the end', at: 3, in: { rows: 4, max: 5 }, out: 'done' },
  { says: 'a page as long as the size used is not', at: 3, in: { rows: 5, max: 5 }, out: [4] },
  { says: 'a short page is not the end where nothing confirms it', at: 1, in: { rows: 3 }, out: [2] },
])

table('offsets', offset, [
  { says: 'where the total is known, the rest comes at once', at: 0, in: { total: 35 }, out: [10, 20, 30] },
  { says: 'the total reached is the end', at: 30, in: { rows: 5, total: 35 }, out: 'done' },
  { says: 'an empty page is the end, whatever is claimed', at: 10, in: { rows: 0, total: 99 }, out: 'done' },
  {
    says: 'after a page smaller than asked the offset moves by what came',
    at: 0,
    in: { rows: 4, total: 35 },
    out: [4],
  },
  { says: 'without a total one page follows the other', at: 20, in: {}, out: [30] },
  {
    says: 'a short page is not the end where nothing confirms it',
    at: 20,
    in: { rows: 3, max: 10 },
    out: [23],
  },
])

table('unpaged', unpaged, [
  { says: 'one answer is all', at: 1, in: {}, out: 'done' },
  { says: 'should it speak of more pages, the next is asked for', at: 1, in: { pages: 3 }, out: [2] },
  { says: 'the last page is the end', at: 3, in: { pages: 3 }, out: 'done' },
  { says: 'an empty page is the end', at: 1, in: { rows: 0, pages: 3 }, out: 'done' },
])

test('places become parameters under the names of the route', () => {
  assert.deepEqual(paged.query({ at: 3 }, 50), { page: 3, max: 50 })
  assert.deepEqual(offset.query({ at: 100 }, 50), { offset: 100, limit: 50 })
  const fromOne = byOffset({ offset: 'startIndex', limit: 'count', largest: 100, start: 1 })
  assert.deepEqual(fromOne.query(fromOne.first, 50), { startIndex: 1, count: 50 })
  assert.deepEqual([unpaged.query({ at: 1 }, 50), unpaged.query({ at: 2 }, 50)], [{}, { page: 2 }])
})

const dialects: { says: string; in: JsonObject; out: Partial<PageFacts> }[] = [
  {
    says: '/api/v2',
    in: { pagination: { total: 21, pages: 3, max: 10, current: 1 } },
    out: { total: 21, pages: 3, max: 10 },
  },
  {
    says: '/api/v3',
    in: { _metadata: { page_count: 3, total_count: 21, per_page: 10 } },
    out: { total: 21, pages: 3, max: 10 },
  },
  { says: 'the seed', in: { total: 21, page: 1, pageSize: 10 }, out: { total: 21, max: 10 } },
  { says: 'offsets', in: { total: 21, offset: 0, limit: 10 }, out: { total: 21, max: 10 } },
  { says: 'SCIM', in: { totalResults: 21, startIndex: 1, itemsPerPage: 10 }, out: { total: 21 } },
  {
    says: 'numbers sent as text',
    in: { pagination: { total: '21', pages: '3' } },
    out: { total: 21, pages: 3 },
  },
  { says: 'nothing', in: {}, out: {} },
  { says: 'numbers that cannot be', in: { pagination: { total: -1, pages: 1.5, max: null } }, out: {} },
]

for (const row of dialects) {
  test(`the numbers of an answer are found in the dialect of ${row.says}`, () => {
    const nothing = { rows: 7, pages: undefined, total: undefined, max: undefined }
    assert.deepEqual(pageFacts(row.in, 7), { ...nothing, ...row.out })
  })
}

const list = fc.record({
  length: fc.nat(60),
  asked: fc.integer({ min: 1, max: 12 }),
  clamp: fc.integer({ min: 1, max: 12 }),
  leftOut: fc.subarray(['pages', 'total', 'max']),
})

/** Walks a list as a server keeps it that gives fewer rows a page than asked, and tells less than it might. */
function walk(
  paginator: Paginator,
  { length, asked, clamp, leftOut }: typeof list extends fc.Arbitrary<infer T> ? T : never,
): number[] {
  const size = Math.min(asked, clamp)
  const facts = { pages: Math.ceil(length / size), total: length, max: size }
  const told = Object.fromEntries(Object.entries(facts).filter(([name]) => !leftOut.includes(name)))
  const rows: number[] = []
  const ask = (at: number): PageFacts => {
    const start = paginator.kind === 'offset' ? at : (at - 1) * size
    const page = Array.from(
      { length: Math.max(0, Math.min(size, length - start)) },
      (_, index) => start + index,
    )
    rows.push(...page)
    return pageFacts({ pagination: told }, page.length)
  }
  let place = paginator.first
  let seen = ask(place.at)
  for (
    let next = paginator.next(place, seen, asked);
    next !== 'done';
    next = paginator.next(place, seen, asked)
  ) {
    for (const one of next) seen = ask(one.at)
    place = next.at(-1) ?? place
  }
  return rows
}

for (const paginator of [paged, offset]) {
  test(`walking by ${paginator.kind} gives every row once, however the server clamps and whatever it leaves out`, () => {
    fc.assert(
      fc.property(list, one => {
        assert.deepEqual(
          walk(paginator, one),
          Array.from({ length: one.length }, (_, row) => row),
        )
      }),
      { numRuns: 1000 },
    )
  })
}
