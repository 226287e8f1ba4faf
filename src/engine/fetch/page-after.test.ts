import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../json.ts'
import { pageAfter } from './page-after.ts'

const SURE: readonly (readonly [body: JsonObject, said: string])[] = [
  [{ next: '/x?page=2' }, 'next: "/x?page=2"'],
  [{ next: '?page=2' }, 'next: "?page=2"'],
  [{ nextPageUrl: 'https://host/x' }, 'nextPageUrl: "https://host/x"'],
  [{ '@odata.nextLink': 'http://host/x' }, '@odata.nextLink: "http://host/x"'],
  [{ items: [], links: { self: '/x', next: { href: '/y' } } }, 'next: {"href":"/y"}'],
  [{ has_more: true }, 'has_more: true'],
  [{ hasMore: 'true' }, 'hasMore: "true"'],
  [{ data: { calls: { pageInfo: { hasNextPage: true } } } }, 'hasNextPage: true'],
  [{ more_records: true }, 'more_records: true'],
  [{ last: false }, 'last: false'],
  [{ isLastPage: false }, 'isLastPage: false'],
  [{ next: `/${'x'.repeat(80)}` }, `next: "/${'x'.repeat(58)}…`],
]
for (const [body, said] of SURE) {
  test(`a page surely follows by ${JSON.stringify(body).slice(0, 70)}`, () => {
    assert.deepEqual(pageAfter(body), { said, isSure: true })
  })
}

const TOKENS: readonly JsonObject[] = [
  { next_cursor: 'abc' },
  { nextPageToken: 'abc' },
  { response_metadata: { next_cursor: 'abc' } },
  { next_page: 1 },
  { next_page: 2 },
  { next: { after: '33' } },
]
for (const body of TOKENS) {
  test(`one may follow by ${JSON.stringify(body)}`, () => {
    assert.equal(pageAfter(body)?.isSure, false)
  })
}

const LAST: readonly JsonObject[] = [
  { next: null, next_page: 0, next_cursor: '', nextToken: false },
  { links: { next: {} } },
  { links: { next: { href: null } } },
  { has_more: false, hasNextPage: 'false' },
  { last: true },
  { next_run: '/x', nextUpdate: '2026-01-01', lastCall: false, moreover: true },
  { items: [{ next: '/x' }] },
  { a: { b: { c: { d: { has_more: true } } } } },
]
for (const body of LAST) {
  test(`none follows by ${JSON.stringify(body)}`, () => {
    assert.equal(pageAfter(body), undefined)
  })
}
