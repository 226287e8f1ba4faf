import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PageSeen } from '../engine/stream/context.ts'
import { listAt, type Route } from '../engine/stream/definition.ts'
import { byPage } from '../engine/stream/paginators.ts'
import { createNotices } from './notices.ts'

const NOW = Date.parse('2026-05-20T14:00:00Z')
const route: Route = {
  source: 'documented',
  path: '/api/v2/calls',
  records: listAt('items'),
  paginate: byPage({ page: 'page', size: 'max', largest: 500 }),
}
const usual: PageSeen = {
  route,
  requested: 100,
  facts: { rows: 100, pages: 9, total: 900, max: 100 },
  dateMs: NOW,
}
const rows: readonly { says: string; page: PageSeen; remark?: RegExp }[] = [
  { says: 'nothing of a page as documented', page: usual },
  {
    says: 'that pages are left out',
    page: { ...usual, facts: { ...usual.facts, pages: undefined } },
    remark: /the number of pages is left out here.*reads on until/,
  },
  {
    says: 'that totals are left out',
    page: { ...usual, facts: { ...usual.facts, total: undefined } },
    remark: /the number of records is left out here/,
  },
  {
    says: 'that pages are cut short',
    page: { ...usual, facts: { ...usual.facts, rows: 50, max: 50 } },
    remark: /pages hold less than requested here/,
  },
  { says: 'that answers are not dated', page: { ...usual, dateMs: undefined }, remark: /are not dated here/ },
  {
    says: 'that the clocks differ',
    page: { ...usual, dateMs: NOW - 300_000 },
    remark: /clock and the API's differ/,
  },
  {
    says: 'nothing of the last page, which is short',
    page: { ...usual, facts: { ...usual.facts, rows: 50 } },
  },
  {
    says: 'nothing of the seed, which has no pages',
    page: { ...usual, route: { ...route, source: 'seed' }, facts: { ...usual.facts, pages: undefined } },
  },
  {
    says: 'nothing of a custom stream',
    page: { ...usual, route: { ...route, source: 'custom' }, dateMs: undefined },
  },
]

for (const { says, page, remark } of rows) {
  test(`a sync notices ${says}, once`, () => {
    const said: string[] = []
    const onPage = createNotices(
      one => said.push(one),
      () => NOW,
    )
    onPage(page)
    onPage(page)
    assert.equal(said.length, remark === undefined ? 0 : 1)
    if (remark !== undefined) assert.match(said[0] ?? '', remark)
  })
}
