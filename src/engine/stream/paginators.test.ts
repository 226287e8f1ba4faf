import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../json.ts'
import { byOffset, byPage, type PageFacts, pageFacts, unpaged } from './paginators.ts'

const paged = byPage({ page: 'page', size: 'max', largest: 500 })
const offset = byOffset({ offset: 'offset', limit: 'limit', largest: 500 })

test('numbered pages are counted from 1, whatever their size', () => {
  assert.deepEqual(
    [0, 1, 7].map(index => paged.place(index, 10)),
    [{ at: 1 }, { at: 2 }, { at: 8 }],
  )
})

test('an offset is where the page begins, and never beyond what is known to have come', () => {
  assert.deepEqual(offset.place(3, 10), { at: 30 })
  assert.deepEqual(offset.place(3, 10, 30), { at: 30 })
  assert.deepEqual(offset.place(3, 10, 24), { at: 24 })
})

const chained: { says: string; at: number; in: Partial<PageFacts>; came: number; out: number | undefined }[] =
  [
    { says: 'one answer is all', at: 1, in: {}, came: 10, out: undefined },
    {
      says: 'should it speak of more pages, the next is asked for',
      at: 1,
      in: { pages: 3 },
      came: 10,
      out: 2,
    },
    { says: 'so it is where it counts more than came', at: 1, in: { total: 25 }, came: 10, out: 2 },
    { says: 'the last page is the end', at: 3, in: { pages: 3, total: 25 }, came: 25, out: undefined },
    {
      says: 'an empty page is the end',
      at: 1,
      in: { rows: 0, pages: 3, total: 25 },
      came: 0,
      out: undefined,
    },
  ]

for (const row of chained) {
  test(`a list without page parameters: ${row.says}`, () => {
    const facts = { rows: 10, pages: undefined, total: undefined, max: undefined, ...row.in }
    assert.equal(unpaged.next({ at: row.at }, facts, row.came)?.at, row.out)
  })
}

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
