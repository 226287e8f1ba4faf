import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ConnectorError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import type { Request } from '../../http/types.ts'
import type { Json } from '../../json.ts'
import { type RouteFacts, rememberRoute, UNKNOWN_ROUTE } from '../evidence/route-facts.ts'
import { pageOf } from '../lists-testing.ts'
import { byOffset, byPage, type Paginator, unpaged } from '../stream/paginators.ts'
import { type Api, CALLS, createWorld, listRoute, NOW, SECOND, things } from '../testing.ts'
import type { Page } from './extract.ts'
import { readPages } from './pages.ts'

const rowsOf = (count: number): Json[] => Array.from({ length: count }, (_, id) => ({ id }))
const paged = byPage({ page: 'page', size: 'max', largest: 500 })
const offsets = byOffset({ offset: 'offset', limit: 'limit', largest: 500 })

interface Opening {
  readonly paginate?: Paginator
  readonly concurrency?: number
  readonly known?: Partial<RouteFacts>
}

function open(api: Api, { paginate = paged, concurrency = 8, known }: Opening = {}) {
  const world = createWorld(api, { concurrency })
  const spec = { def: things(), route: listRoute({ paginate }), slice: {}, pageSize: 10, filters: {} }
  const came: Json[] = []
  const take = async ({ rows }: Page) => {
    for (const row of rows) if ('json' in row) came.push(row.json)
    return 'new' as const
  }
  const route = rememberRoute({ ...UNKNOWN_ROUTE, ...known })
  const places = () => world.asked.map(({ query }) => query?.['page'] ?? query?.['offset'] ?? 1)
  const sizes = () => world.asked.map(({ query }) => query?.['max'])
  return { ...world, walking: { spec, engine: world.engine, take, route }, came, places, sizes, route }
}

const FULL = { known: { fullest: 10 } }
const byId = (one: Json, other: Json) =>
  Number(Object.values(one ?? {})[0]) - Number(Object.values(other ?? {})[0])

const leavesOut = fc.subarray(['pages', 'total', 'max'] as ('pages' | 'total' | 'max')[])
const clampings = fc.record({ count: fc.nat(60), clamp: fc.integer({ min: 1, max: 15 }), leavesOut })

for (const says of ['whole', 'limit-only'] as const) {
  test(`a list gives every row, however the server cuts pages (${says}) and whatever its answers leave out`, async () => {
    await fc.assert(
      fc.asyncProperty(clampings, async ({ count, clamp, ...quirks }) => {
        const rows = rowsOf(count)
        const { walking, came } = open(request =>
          says === 'whole'
            ? pageOf(rows, request, { clamp, ...quirks })
            : pageOf(rows, request, { clampLimit: clamp, ...quirks }),
        )
        await readPages(walking)
        assert.deepEqual(came.toSorted(byId), rows)
      }),
      { numRuns: 200 },
    )
  })
}

const ends: {
  says: string
  count: number
  known?: Partial<RouteFacts>
  pages: number[]
  sizes?: number[]
  end: string
}[] = [
  { says: 'an empty page', count: 0, pages: [1], end: 'empty' },
  { says: 'a page shorter than asked and than pages are', count: 7, ...FULL, pages: [1], end: 'short' },
  { says: 'a short page after full ones', count: 27, ...FULL, pages: [1, 2, 3], end: 'short' },
  {
    says: 'a full page that is the last, as one more request shows',
    count: 20,
    ...FULL,
    pages: [1, 2, 3],
    end: 'empty',
  },
  {
    says: 'a first page that came short of what was asked of a route that nothing is known of, as page 2 of its size shows',
    count: 7,
    pages: [1, 2],
    sizes: [10, 7],
    end: 'empty',
  },
  {
    says: 'a page that holds all that is claimed, once ten like it were looked behind',
    count: 7,
    known: { fullest: 7, probes: 10 },
    pages: [1],
    end: 'short',
  },
]

for (const { says, count, known, pages, sizes, end } of ends) {
  test(`the end of a list is seen: ${says}`, async () => {
    const world = open(request => pageOf(rowsOf(count), request), known === undefined ? {} : { known })
    const walk = await readPages(world.walking)
    assert.deepEqual({ pages: world.places(), end: walk.end }, { pages, end })
    assert.deepEqual(world.sizes(), sizes ?? pages.map(() => 10))
    assert.equal(world.came.length, count)
  })
}

test('a full page is never the end, though pages of the route were fuller once', async () => {
  for (const leavesOut of [[], ['total', 'pages'] as const]) {
    const { walking, came } = open(request => pageOf(rowsOf(30), request, { leavesOut }), {
      known: { fullest: 500, probes: 10 },
    })
    await readPages(walking)
    assert.equal(came.length, 30)
  }
})

test('a short page is not full, though an empty one after it shows that it is the end', async () => {
  const short = await readPages(open(request => pageOf(rowsOf(7), request)).walking)
  const full = await readPages(open(request => pageOf(rowsOf(10), request)).walking)
  assert.deepEqual([short.end, short.isLastFull, full.end, full.isLastFull], ['empty', false, 'empty', true])
})

const lasts: readonly { says: string; rows: readonly number[]; isFull: boolean; end?: string }[] = [
  { says: 'of a round number of records, fewer than asked', rows: [50], isFull: true },
  { says: 'of another number', rows: [51], isFull: false },
  { says: 'that is as long as the one before, to which the server cuts', rows: [7, 7], isFull: true },
  { says: 'that is shorter than that', rows: [7, 6], isFull: false, end: 'short' },
]
for (const { says, rows, isFull, end = 'empty' } of lasts)
  test(`a last page ${says} may ${isFull ? '' : 'not '}be a full one`, async () => {
    const { walking } = open(({ query }) => {
      const page = Number(query?.['page'])
      return reply(200, { items: rowsOf(rows[page - 1] ?? 0).map(row => ({ page, ...(row as object) })) })
    })
    const walk = await readPages({ ...walking, spec: { ...walking.spec, pageSize: 500 } })
    assert.deepEqual([walk.end, walk.isLastFull, walk.pages], [end, isFull, rows.length])
  })

/** Pages of which the API leaves out every seventh record, and which say so much of the list. */
const filtered =
  (told: (page: number, pages: number) => object): Api =>
  request => {
    const [page, max] = [Number(request.query?.['page']), Number(request.query?.['max'])]
    const rows = rowsOf(95).slice((page - 1) * max, page * max)
    const items = rows.filter(row => Number(Object.values(row as object)[0]) % 7 !== 0)
    return reply(200, { items, ...told(page, Math.ceil(95 / max)) })
  }
const sayings: readonly { says: string; told: (page: number, pages: number) => object }[] = [
  { says: 'how many pages there are', told: (_, pages) => ({ pagination: { pages } }) },
  { says: 'that there are more', told: (page, pages) => ({ pagination: { has_more: page < pages } }) },
  { says: 'so beside the list', told: (page, pages) => ({ pagination: {}, hasNext: page < pages }) },
  { says: 'which page is next', told: (page, pages) => ({ next: page < pages ? page + 1 : null }) },
  { says: 'where the next page is', told: (page, pages) => ({ next_page: page < pages ? '/x' : '' }) },
  { says: 'what the next page is', told: (page, pages) => (page < pages ? { nextPage: { page } } : {}) },
]
for (const { says, told } of sayings)
  for (const concurrency of [1, 8])
    for (const known of [{}, { fullest: 10 }, { fullest: 500, probes: 10 }])
      test(`a list from whose pages records are left out is read to its end where it says ${says} (${concurrency} at a time, fullest ${known.fullest})`, async () => {
        const { walking, came, asked } = open(filtered(told), { known, concurrency })
        const walk = await readPages(walking)
        assert.equal(new Set(came.map(row => JSON.stringify(row))).size, 95 - 14)
        assert.deepEqual([walk.end, walk.failure], ['short', undefined])
        assert.ok(asked.length <= 14, `${asked.length} requests`)
      })

test('a first page that is short is not the last of two, where its list says that there are two', async () => {
  const { walking, places, came } = open(({ query }) => {
    const page = Number(query?.['page'])
    const items = [rowsOf(7), [{ id: 'last' }]][page - 1] ?? []
    return reply(200, { items, pagination: { pages: 2 } })
  }, FULL)
  assert.equal((await readPages(walking)).end, 'short')
  assert.deepEqual([places(), came.length], [[1, 2], 8])
})

test('a list that says with every page that there are more ends where they are the same again, or three are empty', async () => {
  for (const rows of [[], rowsOf(3)]) {
    const { walking, asked } = open(
      ({ query }) =>
        reply(200, {
          items: query?.['page'] === 1 ? rowsOf(3) : rows,
          has_more: true,
          pagination: { pages: 9e9 },
        }),
      { known: { fullest: 10 } },
    )
    assert.equal((await readPages(walking)).end, rows.length === 0 ? 'empty' : 'repeated')
    assert.equal(asked.length, rows.length === 0 ? 5 : 2)
  }
})

// Bug: an empty page in the middle of a list that has no count ended it, whatever it said of further pages.
for (const { says, told } of sayings)
  for (const concurrency of [1, 8])
    for (const [empty, times] of [
      [1, 1],
      [2, 1],
      [4, 1],
      [10, 1],
      [4, 9],
      [1, 9],
    ] as const)
      test(`a page ${empty} that comes empty ${times} times is not the end of a list that says ${says} (${concurrency} at a time)`, async () => {
        let left: number = times
        const { walking, came } = open(
          request => {
            const page = Number(request.query?.['page'])
            if (page === empty && left-- > 0) return reply(200, { items: [], ...told(page, 10) })
            const rows = rowsOf(95).slice((page - 1) * 10, page * 10)
            return reply(200, { items: rows, ...told(page, 10) })
          },
          { known: { fullest: 10 }, concurrency },
        )
        const walk = await readPages(walking)
        assert.equal(came.length, times === 1 ? 95 : 85)
        assert.equal(walk.end, 'short')
      })

test('a short page is not full, though the list says that there are more and they are empty', async () => {
  const { walking } = open(({ query }) =>
    reply(200, { items: rowsOf(query?.['page'] === 1 ? 7 : 0), pagination: { pages: 9 } }),
  )
  assert.equal((await readPages(walking)).isLastFull, false)
})

test('an empty page is not asked for again where a request is to be sent once', async () => {
  const { walking, asked } = open(() => reply(200, { items: [], pagination: { pages: 2, has_more: false } }))
  await readPages({ ...walking, spec: { ...walking.spec, route: { ...walking.spec.route, once: true } } })
  assert.equal(asked.length, 2)
})

for (const says of ['refused', 'repeated'] as const)
  test(`a short first page whose second one is ${says} is no cut: later lists are asked for in pages as long as before`, async () => {
    const { walking, route } = open(({ query }) =>
      says === 'refused' && query?.['page'] === 2 ? reply(400) : reply(200, { items: rowsOf(7) }),
    )
    assert.equal((await readPages(walking)).end, says)
    assert.deepEqual([route.sizeFor(10), route.facts().probes], [10, 1])
  })

test('a page that comes again before all that is claimed has come is an error', async () => {
  const { walking } = open(() => reply(200, { items: rowsOf(10), total: 11 }))
  await assert.rejects(readPages(walking), { failure: 'system_error' })
})

test('only a page that is short of what was asked is looked behind for a cut', async () => {
  const full = open(request => pageOf(rowsOf(10), request))
  await readPages(full.walking)
  const short = open(request => pageOf(rowsOf(7), request))
  await readPages(short.walking)
  assert.deepEqual([full.route.facts().probes, short.route.facts().probes], [0, 1])
})

test('a page of one record that comes again is a repeat too', async () => {
  const { walking, came } = open(
    () => pageOf([{ id: 1 }], {} as Request, { leavesOut: ['total', 'pages'] }),
    {
      known: { fullest: 1 },
    },
  )
  walking.spec.pageSize = 1
  await assert.rejects(readPages(walking), /with the same page again/)
  assert.deepEqual(came, [{ id: 1 }])
})

const liars: { says: string; told: object; pages: number }[] = [
  { says: 'that a list has one page', told: { pages: 1, total: 10 }, pages: 4 },
  { says: 'that it holds nothing', told: { total: 0, pages: 0 }, pages: 4 },
  { says: 'the number of rows of the page', told: { total: 10 }, pages: 4 },
  { says: 'nothing', told: {}, pages: 4 },
  {
    says: 'that it is fifty million pages long',
    told: { pages: 50_000_000, total: 500_000_000 },
    pages: 4 + 8,
  },
]

for (const { says, told, pages } of liars) {
  test(`an answer that says ${says} neither ends its list nor makes it long`, async () => {
    const { walking, came, asked } = open(request => {
      const { items } = JSON.parse(pageOf(rowsOf(30), request).bytes.toString())
      return reply(200, { items, pagination: told })
    }, FULL)
    await readPages(walking)
    assert.deepEqual(came.toSorted(byId), rowsOf(30))
    assert.ok(asked.length <= pages, `${asked.length} requests`)
  })
}

test('pages whose number is known are read side by side, as many as requests may be', async () => {
  for (const concurrency of [1, 4]) {
    const { walking, places, busiest } = open(ask => pageOf(rowsOf(95), ask), { ...FULL, concurrency })
    await readPages(walking)
    assert.deepEqual(places(), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    assert.equal(busiest(), concurrency)
  }
})

test('a first page that is there already is not asked for again', async () => {
  const { walking, places, came } = open(request => pageOf(rowsOf(25), request))
  const first: Page = {
    rows: rowsOf(10).map(json => ({ json })),
    facts: { rows: 10, pages: 3, total: 25, max: 10 },
  }
  const walk = await readPages(walking, first)
  assert.deepEqual(places(), [2, 3])
  assert.equal(came.length, 25)
  assert.deepEqual([walk.pages, walk.came, walk.claim, walk.isLastFull], [3, 25, 25, false])
})

test('nor is one that has no pages after it', async () => {
  const { walking, asked, came } = open(() => reply(500), { paginate: unpaged })
  const facts = { rows: 1, pages: undefined, total: undefined, max: undefined }
  const walk = await readPages(walking, { rows: [{ json: { id: 'a' } }], facts })
  assert.deepEqual([asked, came, walk.end], [[], [{ id: 'a' }], 'one answer'])
})

test('a server that cuts pages in silence is gone on with in its own size, which later lists are asked for at once', async () => {
  const { walking, places, sizes, route } = open(request =>
    pageOf(rowsOf(12), request, { clampLimit: 4, leavesOut: ['max'] }),
  )
  await readPages(walking)
  assert.deepEqual(
    [places(), sizes()],
    [
      [1, 2, 3, 4],
      [10, 4, 4, 4],
    ],
  )
  assert.equal(route.sizeFor(10), 4)
})

for (const status of [400, 404, 410, 416, 422]) {
  test(`a further page that is refused (${status}) ends the list, and says that it did`, async () => {
    const { walking, came } = open(
      request => (Number(request.query?.['page']) > 3 ? reply(status) : pageOf(rowsOf(100), request)),
      FULL,
    )
    const walk = await readPages(walking)
    assert.deepEqual([walk.end, walk.isLastFull, came.length], ['refused', true, 30])
  })
}

test('a window whose second page fails for good breaks off there, if its first one was full', async () => {
  const opened = (rows: number) => {
    const { walking } = open(({ query }) =>
      query?.['page'] === 1 ? reply(200, { items: rowsOf(rows) }) : reply(500),
    )
    const slice = { window: { from: NOW - SECOND, to: NOW } }
    return { ...walking, spec: { ...walking.spec, def: CALLS, slice } }
  }
  const { end, came, isLastFull } = await readPages(opened(10))
  assert.deepEqual([end, came, isLastFull], ['failed', 10, true])
  await assert.rejects(readPages(opened(7)), { status: 500 })
})

test('a first page that is refused is an error', async () => {
  await assert.rejects(readPages(open(() => reply(400)).walking), { status: 400 })
})

test('a second page that is the full first one again is an error, and none of it goes on twice', async () => {
  const { walking, came } = open(() => reply(200, { items: rowsOf(10), pagination: { pages: 3 } }))
  await assert.rejects(readPages(walking), {
    constructor: ConnectorError,
    failure: 'system_error',
    message:
      'Babelforce answers /things with the same page again (page 2), so the rest of stream things cannot be read. The API may no longer know the paging parameter; please report this.',
  })
  assert.deepEqual(came, rowsOf(10))
})

test('an offset that the server ignores is an error too', async () => {
  const { walking } = open(() => reply(200, { items: rowsOf(10) }), { paginate: offsets })
  await assert.rejects(readPages(walking), /\(offset 10\)/)
})

const repeats = [
  { says: 'a short page that comes again', told: {}, rows: 7 },
  { says: 'a full page that comes again, and holds all that is claimed', told: { total: 10 }, rows: 10 },
]
for (const { says, told, rows } of repeats) {
  test(`${says} is the end: the list has no pages`, async () => {
    const { walking, came } = open(() => reply(200, { items: rowsOf(rows), ...told }))
    assert.equal((await readPages(walking)).end, 'repeated')
    assert.deepEqual(came, rowsOf(rows))
  })
}

test('after two different pages a repeat says where the API stops', async () => {
  const { walking, came } = open(
    request => {
      const query = { ...request.query, page: Math.min(3, Number(request.query?.['page'])) }
      return pageOf(rowsOf(100), { ...request, query })
    },
    { ...FULL, concurrency: 1 },
  )
  const walk = await readPages(walking)
  assert.deepEqual([walk.end, walk.pages, came.length], ['repeated', 3, 30])
})

test('a page that repeats where none are declared is the end', async () => {
  const world = open(() => reply(200, { items: rowsOf(10), pagination: { pages: 3, total: 10 } }), {
    paginate: unpaged,
  })
  await readPages(world.walking)
  assert.deepEqual(world.came, rowsOf(10))
  assert.deepEqual(world.places(), [1, 2])
})

test('one answer is no full page, however many records it holds', async () => {
  const { walking } = open(() => reply(200, { items: rowsOf(25) }), { paginate: unpaged })
  const { end, isLastFull } = await readPages(walking)
  assert.deepEqual([end, isLastFull], ['one answer', false])
})

test('where pages were declared none, but there are some, they are read', async () => {
  const world = open(request => pageOf(rowsOf(25), request, { clamp: 10 }), { paginate: unpaged })
  await readPages(world.walking)
  assert.deepEqual(world.came, rowsOf(25))
})

test('a list of one record that grows with each request comes to an end', async () => {
  let rows = rowsOf(1)
  const { walking, places, came } = open(request => {
    if (request.query?.['page'] !== 1) rows = [{ id: rows.length }, ...rows]
    return rows.length > 50 ? reply(200, { items: [] }) : pageOf(rows, request)
  })
  assert.equal((await readPages(walking)).end, 'repeated')
  assert.deepEqual([places(), came], [[1, 2], rowsOf(1)])
})

test('a list without pages that claims one record more in each answer comes to an end', async () => {
  let total = 25
  const { walking, came, asked } = open(
    () => reply(200, { items: rowsOf(25), pagination: { total: ++total } }),
    {
      paginate: unpaged,
    },
  )
  assert.equal((await readPages(walking)).end, 'repeated')
  assert.deepEqual([came.length, asked.length], [25, 2])
})

test('empty pages do not repeat each other', async () => {
  const { walking, came } = open(request =>
    reply(200, { items: request.query?.['page'] === 1 ? rowsOf(3) : [], pagination: { pages: 4 } }),
  )
  await readPages(walking)
  assert.deepEqual(came, rowsOf(3))
})

test('a later page without its records is an error that tells the keys', async () => {
  const { walking } = open(request =>
    request.query?.['page'] === 1 ? pageOf(rowsOf(25), request) : reply(200, { calls: [], code: 1 }),
  )
  await assert.rejects(readPages(walking), {
    failure: 'system_error',
    message: 'Babelforce answered a later page of /things without its records, with the keys calls, code.',
  })
})

const owed = [
  { says: 'an error in place of its records', in: { success: false, message: 'try later' } },
  { says: 'no list, though records are still to come', in: { success: true, pagination: { total: 25 } } },
  { says: 'null in place of its list, though records are still to come', in: { items: null } },
]
for (const { says, in: body } of owed) {
  test(`a later page with ${says} is asked for again, and then it is an error`, async () => {
    const { walking, asked } = open(
      request => (request.query?.['page'] === 1 ? pageOf(rowsOf(25), request) : reply(200, body)),
      { ...FULL, concurrency: 1 },
    )
    await assert.rejects(readPages(walking), { failure: 'transient_error' })
    assert.ok(asked.length > 3)
  })
}

test('a page that fails stops the pages after it', async () => {
  const { walking, asked } = open(
    request => (request.query?.['page'] === 2 ? reply(500) : pageOf(rowsOf(1000), request)),
    { concurrency: 2 },
  )
  await assert.rejects(readPages(walking), { status: 500 })
  assert.ok(asked.length <= 4)
})
