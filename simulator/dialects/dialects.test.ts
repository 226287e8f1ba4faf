import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal, pageResponse } from './dialect.ts'
import { byPageSizeV3 } from './documented.ts'

const numbers = { count: 25, at: (place: number) => ({ id: place }) }

function pageFor(query: string) {
  const slice = byPageSizeV3.slice(new URLSearchParams(query), numbers.count)
  if (isRefusal(slice)) return slice
  return pageResponse(byPageSizeV3, numbers, { slice, from: slice, total: () => numbers.count })
}

test('a v3 list holds its records beside page, size and totals', () => {
  const records = [20, 21, 22, 23, 24].map(id => ({ id }))
  const _metadata = { page: 3, per_page: 10, page_count: 3, total_count: 25 }
  assert.deepEqual(pageFor('page=3&page_size=10').json, { records, _metadata })
})

test('a v3 list refuses a page_size beyond 100, and a page or size that is not a count', () => {
  const queries = ['page_size=100', 'page_size=101', 'page_size=0', 'page=0', 'page=x', '']
  assert.deepEqual(
    queries.map(query => pageFor(query).status),
    [200, 400, 400, 400, 400, 200],
  )
})
