import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { Json } from '../../json.ts'
import { byPage } from '../stream/paginators.ts'
import { type Api, listRoute, pageOf, read, tallyOf, things } from '../testing.ts'

const paginate = byPage({ page: 'page', size: 'max', largest: 10 })
const def = things({ routes: [listRoute({ paginate })] })
const rowsOf = (count: number): Json[] => Array.from({ length: count }, (_, index) => ({ id: `t${index}` }))
const full = (api: Api, concurrency = 1) =>
  read(def, api, { mode: 'full_refresh', settings: { concurrency } })
const pages = (asked: readonly { readonly query?: Readonly<Record<string, unknown>> }[]) =>
  asked.map(({ query }) => query?.['page'])

test('a slice that is whole is read once', async () => {
  const { ids, asked, lines } = await full(request => pageOf(rowsOf(25), request))
  assert.equal(ids.length, 25)
  assert.deepEqual(pages(asked), [1, 2, 3])
  assert.deepEqual(lines, [])
})

for (const leavesOut of [[], ['total'], ['pages']] as const) {
  test(`a list that shrinks by a row between two pages loses nothing${leavesOut.map(left => `, without its ${left}`)}`, async () => {
    let rows = rowsOf(31)
    const { ids, asked } = await full((request, index) => {
      if (index === 2) rows = rows.slice(1)
      return pageOf(rows, request, { leavesOut })
    })
    assert.deepEqual(
      ids,
      rowsOf(31)
        .map((_, index) => `t${index}`)
        .sort(),
    )
    assert.deepEqual(pages(asked), leavesOut[0] === 'pages' ? [1, 2, 3, 4, 3, 2, 1] : pages(asked))
  })
}

test('a list that grows at its front meanwhile gives rows twice, which go on once', async () => {
  let rows = rowsOf(30)
  const { ids, tally, error } = await full((request, index) => {
    if (index === 1) rows = [{ id: 'new' }, ...rows]
    return pageOf(rows, request)
  })
  assert.equal(error, undefined)
  assert.deepEqual(ids.filter(id => id !== 'new').length, 30)
  assert.ok(tally.duplicate > 0)
})

test('a slice that came short is read once more, from its end', async () => {
  const hidden = (request: Parameters<Api>[0], index: number) => {
    const rows = index < 3 ? rowsOf(25).slice(0, 24) : rowsOf(25)
    const { items } = JSON.parse(pageOf(rows, request).bytes.toString())
    return reply(200, { items, pagination: { total: 25, pages: 3, max: 10 } })
  }
  const { ids, asked, lines, tally } = await full(hidden)
  assert.equal(ids.length, 25)
  assert.deepEqual(pages(asked), [1, 2, 3, 3, 2, 1])
  assert.deepEqual(lines, [])
  assert.deepEqual(tally, tallyOf({}))
})

test('a difference that lasts is said, and the slice is not read a third time', async () => {
  const { ids, asked, lines, error } = await full(() =>
    reply(200, { items: rowsOf(5), pagination: { total: 7, pages: 1 } }),
  )
  assert.equal(error, undefined)
  assert.equal(ids.length, 5)
  assert.deepEqual(pages(asked), [1, 1])
  assert.deepEqual(lines, [
    'WARN things: the API counts 7 records in one part, and gave 5 in two readings of it.',
  ])
})

test('what is left out is counted once, however often the slice is read', async () => {
  const items = [...rowsOf(2), { id: 't0' }, { name: 'keyless' }, 'no object']
  const { asked, tally } = await full(() => reply(200, { items, pagination: { total: 9, pages: 1 } }))
  assert.deepEqual(pages(asked), [1, 1])
  assert.deepEqual(tally, tallyOf({ duplicate: 1, unusable: 2 }))
})

test('a list that grew is read again without being counted again', async () => {
  let rows = [...rowsOf(40), { name: 'keyless' }]
  const { asked, tally, ids } = await full((request, index) => {
    if (index === 3) rows = [{ id: 'new' }, ...rows]
    return pageOf(rows, request)
  }, 2)
  assert.ok(asked.length > 6)
  assert.deepEqual([ids.length, tally.unusable], [41, 1])
})

test('rows that are left out count: the API counts them too', async () => {
  const { asked, lines } = await full(() =>
    reply(200, { items: [{ id: 'a' }, { name: 'keyless' }], pagination: { total: 2, pages: 1 } }),
  )
  assert.deepEqual({ requests: asked.length, lines }, { requests: 1, lines: [] })
})

test('where the API counts nothing, nothing is compared', async () => {
  const { asked, lines } = await full(request =>
    pageOf(rowsOf(5), request, { leavesOut: ['total', 'pages'] }),
  )
  assert.deepEqual({ requests: asked.length, lines }, { requests: 1, lines: [] })
})

test('an answer without content is counted', async () => {
  const { tally } = await full(() => reply(204, ''))
  assert.deepEqual(tally, tallyOf({ blank: 1 }))
})
