import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { Json } from '../../json.ts'
import { rememberRoute } from '../evidence/route-facts.ts'
import type { Walk } from '../evidence/walk.ts'
import { pageOf } from '../lists-testing.ts'
import { byNextToken, byPage, type Paginator } from '../stream/paginators.ts'
import { type Api, createWorld, listRoute, things } from '../testing.ts'
import type { Page } from './extract.ts'
import { rereadBackwards, rereadInOrder } from './reread.ts'

const numbered = byPage({ page: 'page', size: 'max', largest: 500 })
const rowsOf = (count: number): Json[] => Array.from({ length: count }, (_, id) => ({ id }))

const WALKED: Walk = {
  end: 'short',
  pages: 4,
  came: 35,
  isLastFull: false,
  size: 10,
  claim: 35,
  pagesClaimed: 4,
  grew: false,
  shrank: false,
  dateMs: undefined,
}

/** A list that was walked, in pages of fewer than are wanted, and is read again. */
function open(api: Api, paginate: Paginator = numbered) {
  const world = createWorld(api)
  const came: Json[] = []
  const spec = { def: things(), route: listRoute({ paginate }), slice: {}, pageSize: 100, filters: {} }
  const take = async ({ rows }: Page) => {
    for (const row of rows) if ('json' in row) came.push(row.json)
    return 'new' as const
  }
  const walking = { spec, engine: world.engine, take, route: rememberRoute() }
  const places = () => world.asked.map(({ query }) => query?.['page'] ?? query?.['after'] ?? 'first')
  const sizes = () => new Set(world.asked.map(({ query }) => query?.['max']))
  return { ...world, walking, came, places, sizes }
}

test('backwards, the pages of a list are asked for one after another from the last', async () => {
  const { walking, places, sizes, busiest, came } = open(request => pageOf(rowsOf(35), request))
  assert.equal(await rereadBackwards(walking, WALKED), 35)
  assert.deepEqual([places(), [...sizes()]], [[4, 3, 2, 1], [10]])
  assert.equal(busiest(), 1)
  assert.equal(came.length, 35)
})

test('in order, pages come one after another from the first, however many may be read side by side', async () => {
  const { walking, places, sizes, busiest, came } = open(request => pageOf(rowsOf(35), request))
  assert.equal(await rereadInOrder(walking, WALKED, 100), 35)
  assert.deepEqual([places(), [...sizes()]], [[1, 2, 3, 4], [10]])
  assert.equal(busiest(), 1)
  assert.deepEqual(came, rowsOf(35))
})

test('in order, what moves back while a list grows at its front is met on a later page', async () => {
  let rows = rowsOf(35)
  const { walking, places, came } = open(request => {
    const answer = pageOf(rows, request)
    rows = [{ id: -rows.length }, ...rows]
    return answer
  })
  await rereadInOrder(walking, WALKED, 100)
  assert.deepEqual(places(), [1, 2, 3, 4])
  assert.deepEqual([...new Set(came.map(row => JSON.stringify(row)))].length, 35)
  assert.equal(came.length, 38)
})

test('in order, a list that grows as fast as it is read is given up after so many pages', async () => {
  let rows = rowsOf(35)
  const { walking, places } = open(request => {
    if (rows.length < 500) rows = [...rowsOf(10), ...rows]
    return pageOf(rows, request)
  })
  await rereadInOrder(walking, WALKED, 7)
  assert.deepEqual(places(), [1, 2, 3, 4, 5, 6, 7])
})

/** A page of so many records that claims that the list holds so many; undefined where it claims nothing. */
type Told = readonly [rows: number, total?: number]

const lists: readonly { says: string; pages: readonly Told[]; inOrder: number; claimed: number }[] = [
  { says: 'nothing is claimed', pages: [[10], [10], [10], [4]], inOrder: 4, claimed: 0 },
  {
    says: 'pages claim different numbers',
    pages: [
      [10, 31],
      [10, 33],
      [10, 32],
      [3, 32],
    ],
    inOrder: 4,
    claimed: 33,
  },
  {
    says: 'a short page meets what is claimed',
    pages: [
      [10, 14],
      [4, 14],
      [4, 20],
      [4, 20],
    ],
    inOrder: 2,
    claimed: 14,
  },
  {
    says: 'a short page falls short of it',
    pages: [
      [10, 15],
      [4, 15],
      [1, 15],
      [1, 15],
    ],
    inOrder: 3,
    claimed: 15,
  },
  {
    says: 'a full page meets it',
    pages: [
      [10, 20],
      [10, 20],
      [10, 20],
      [9, 20],
    ],
    inOrder: 4,
    claimed: 20,
  },
  {
    says: 'a page is empty',
    pages: [
      [10, 90],
      [0, 90],
      [10, 90],
      [10, 90],
    ],
    inOrder: 2,
    claimed: 90,
  },
]

for (const { says, pages, inOrder, claimed } of lists)
  test(`where ${says}, a list is read up to page ${inOrder} in order, and told is the most that was claimed`, async () => {
    const api: Api = ({ query }) => {
      const [rows, total] = pages[Number(query?.['page']) - 1] ?? assert.fail()
      return reply(200, { items: rowsOf(rows), ...(total === undefined ? {} : { total }) })
    }
    const { walking, places } = open(api)
    assert.deepEqual([await rereadInOrder(walking, WALKED, 4), places().length], [claimed, inOrder])
    const backwards = open(api)
    const most = Math.max(...pages.map(([, total = 0]) => total))
    assert.deepEqual([await rereadBackwards(backwards.walking, WALKED), backwards.places().length], [most, 4])
  })

/** A list whose every page but the last names the next one, and holds one record. */
function serveChain(count: number): Api {
  return ({ query }) => {
    const at = Number(query?.['after'] ?? 0)
    return reply(200, { at, next: at + 1 < count ? String(at + 1) : '' })
  }
}

const chained: Paginator = byNextToken('after')
const openChain = (count: number) => {
  const opened = open(serveChain(count), chained)
  const records = {
    kind: 'found' as const,
    find: ({ bytes }: { readonly bytes: Buffer }) => {
      const { at, next } = JSON.parse(bytes.toString())
      return { records: [{ at }], facts: { rows: 1, pages: undefined, total: 7, max: undefined, next } }
    },
  }
  const spec = { ...opened.walking.spec, route: listRoute({ paginate: chained, records }) }
  return { ...opened, walking: { ...opened.walking, spec } }
}

test('a list whose pages name the next is read in its own order, backwards too', async () => {
  for (const count of [3, 9]) {
    const { walking, places } = openChain(count)
    assert.equal(await rereadBackwards(walking, WALKED), 7)
    assert.deepEqual(places(), ['first', '1', '2', '3'].slice(0, count))
  }
})
