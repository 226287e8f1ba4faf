import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ConnectorError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import type { Json } from '../../json.ts'
import { byOffset, byPage, type Paginator, unpaged } from '../stream/paginators.ts'
import { type Api, createWorld, listRoute, pageOf, things } from '../testing.ts'
import type { Page } from './extract.ts'
import { readPages, readPagesBackwards, readPagesInOrder } from './pages.ts'

const rowsOf = (count: number): Json[] => Array.from({ length: count }, (_, id) => ({ id }))
const paged = byPage({ page: 'page', size: 'max', largest: 500 })

function open(api: Api, paginate: Paginator = paged, concurrency = 8) {
  const world = createWorld(api, { concurrency })
  const spec = { def: things(), route: listRoute({ paginate }), slice: {}, pageSize: 10, filters: {} }
  const came: Json[] = []
  const take = async ({ rows }: Page) => {
    for (const row of rows) if ('json' in row) came.push(row.json)
  }
  const places = () => world.asked.map(({ query }) => query?.['page'] ?? query?.['offset'] ?? 1)
  return { ...world, spec, came, take, places }
}

const byId = (one: Json, other: Json) =>
  Number(Object.values(one ?? {})[0]) - Number(Object.values(other ?? {})[0])

test('a list gives every row once, however long it is and whatever its answers leave out', async () => {
  const leavesOut = fc.subarray(['pages', 'total', 'max'] as ('pages' | 'total' | 'max')[])
  await fc.assert(
    fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 15 }), leavesOut, async (count, clamp, left) => {
      const quirks = { clamp, leavesOut: left }
      const { spec, engine, take, came } = open(request => pageOf(rowsOf(count), request, quirks))
      await readPages(spec, engine, take)
      assert.deepEqual(came.toSorted(byId), rowsOf(count))
    }),
    { numRuns: 100 },
  )
})

test('pages whose number is known are read side by side, as many as requests may be', async () => {
  for (const concurrency of [1, 4]) {
    const { spec, engine, take, places, busiest } = open(ask => pageOf(rowsOf(95), ask), paged, concurrency)
    await readPages(spec, engine, take)
    assert.deepEqual(places(), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    assert.equal(busiest(), concurrency)
  }
})

test('a first page that is there already is not asked for again', async () => {
  const { spec, engine, take, places, came } = open(request => pageOf(rowsOf(25), request))
  const first: Page = {
    rows: rowsOf(10).map(json => ({ json })),
    facts: { rows: 10, pages: 3, total: 25, max: 10 },
  }
  const facts = await readPages(spec, engine, take, first)
  assert.deepEqual(places(), [2, 3])
  assert.equal(came.length, 25)
  assert.deepEqual(facts, { rows: 5, pages: 3, total: 25, max: 10 })
})

test('a page that repeats in a paged list is an error, and none of it goes on twice', async () => {
  const { spec, engine, take, came } = open(() => reply(200, { items: rowsOf(10), pagination: { pages: 3 } }))
  await assert.rejects(readPages(spec, engine, take), {
    constructor: ConnectorError,
    failure: 'system_error',
    message:
      'Babelforce answers /things with the same page again (page 2), so the rest of stream things cannot be read. The API may no longer know the paging parameter; please report this.',
  })
  assert.deepEqual(came, rowsOf(10))
})

test('an offset that the server ignores is an error too', async () => {
  const offsets = byOffset({ offset: 'offset', limit: 'limit', largest: 500 })
  const { spec, engine, take } = open(() => reply(200, { items: rowsOf(10) }), offsets)
  await assert.rejects(readPages(spec, engine, take), /\(offset 10\)/)
})

test('a page that repeats where none are declared is the end', async () => {
  const world = open(() => reply(200, { items: rowsOf(10), pagination: { pages: 3, total: 10 } }), unpaged)
  await readPages(world.spec, world.engine, world.take)
  assert.deepEqual(world.came, rowsOf(10))
  assert.deepEqual(world.places(), [1, 2])
})

test('where pages were declared none, but there are some, they are read', async () => {
  const world = open(request => pageOf(rowsOf(25), request, { clamp: 10 }), unpaged)
  await readPages(world.spec, world.engine, world.take)
  assert.deepEqual(world.came, rowsOf(25))
})

test('empty pages do not repeat each other', async () => {
  const { spec, engine, take, came } = open(request =>
    reply(200, { items: request.query?.['page'] === 1 ? rowsOf(3) : [], pagination: { pages: 4 } }),
  )
  await readPages(spec, engine, take)
  assert.deepEqual(came, rowsOf(3))
})

test('a later page without its records is an error that tells the keys', async () => {
  const { spec, engine, take } = open(request =>
    request.query?.['page'] === 1 ? pageOf(rowsOf(25), request) : reply(200, { error: 'no', code: 1 }),
  )
  await assert.rejects(readPages(spec, engine, take), {
    failure: 'system_error',
    message: 'Babelforce answered a later page of /things without its records, with the keys error, code.',
  })
})

test('a page that fails stops the pages after it', async () => {
  const { spec, engine, take, asked } = open(
    request => (request.query?.['page'] === 2 ? reply(500) : pageOf(rowsOf(1000), request)),
    paged,
    2,
  )
  await assert.rejects(readPages(spec, engine, take), { status: 500 })
  assert.ok(asked.length <= 4)
})

test('backwards, the pages of a list are asked for one after another from the last', async () => {
  const { spec, engine, take, places, busiest, came } = open(request => pageOf(rowsOf(35), request))
  await readPagesBackwards(spec, engine, take, { rows: 5, pages: 4, total: 35, max: 10 })
  assert.deepEqual(places(), [4, 3, 2, 1])
  assert.equal(busiest(), 1)
  assert.equal(came.length, 35)
})

test('in order, pages come one after another from the first, however many may be read side by side', async () => {
  const { spec, engine, take, places, busiest, came } = open(request => pageOf(rowsOf(35), request), paged, 8)
  await readPagesInOrder(spec, engine, take, 100)
  assert.deepEqual(places(), [1, 2, 3, 4])
  assert.equal(busiest(), 1)
  assert.deepEqual(came, rowsOf(35))
})

test('in order, what moves back while a list grows at its front is met on a later page', async () => {
  let rows = rowsOf(35)
  const { spec, engine, take, places, came } = open(request => {
    const answer = pageOf(rows, request)
    rows = [{ id: -rows.length }, ...rows]
    return answer
  })
  await readPagesInOrder(spec, engine, take, 100)
  assert.deepEqual(places(), [1, 2, 3, 4])
  assert.deepEqual([...new Set(came.map(row => JSON.stringify(row)))].length, 35)
  assert.equal(came.length, 38)
})

test('in order, a list that grows as fast as it is read is given up after so many pages', async () => {
  let rows = rowsOf(35)
  const { spec, engine, take, places } = open(request => {
    if (rows.length < 500) rows = [...rowsOf(10), ...rows]
    return pageOf(rows, request)
  })
  await readPagesInOrder(spec, engine, take, 7)
  assert.deepEqual(places(), [1, 2, 3, 4, 5, 6, 7])
})
