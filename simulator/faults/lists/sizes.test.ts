import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open } from '../../testing.ts'

interface Row {
  readonly faults: string
  readonly says: string
  /** Of each of three pages of ten, of 25 agents: which places it shows, or its status where it is refused. */
  readonly shows: readonly unknown[]
  /** The size that the pages say they have. */
  readonly size?: number
}

const rows: readonly Row[] = [
  { faults: '', says: 'pages of ten', shows: ['0-9', '10-19', '20-24'], size: 10 },
  { faults: 'clamp-size:4', says: 'pages of four that say so', shows: ['0-3', '4-7', '8-11'], size: 4 },
  {
    faults: 'clamp-size-silently:4',
    says: 'pages of four that say ten',
    shows: ['0-3', '4-7', '8-11'],
    size: 10,
  },
  {
    faults: 'clamp-limit-only:4',
    says: 'the first four of each page of ten',
    shows: ['0-3', '10-13', '20-23'],
    size: 10,
  },
  { faults: 'size-400:9', says: 'pages of more than nine are refused', shows: [400, 400, 400] },
  { faults: 'size-503:10', says: 'pages of ten are given', shows: ['0-9', '10-19', '20-24'] },
  { faults: 'cap-400:20', says: 'the third page is refused', shows: ['0-9', '10-19', 400] },
  { faults: 'cap-404:20', says: 'or does not exist', shows: ['0-9', '10-19', 404] },
  { faults: 'cap-422:15', says: 'a page that goes beyond is refused whole', shows: ['0-9', 422, 422] },
  { faults: 'cap-400:5', says: 'the first page never is', shows: ['0-9', 400, 400] },
  { faults: 'cap-clamped:20', says: 'the third page is the second', shows: ['0-9', '10-19', '10-19'] },
  { faults: 'cap-repeats:20', says: 'the third page holds the second', shows: ['0-9', '10-19', '10-19'] },
  { faults: 'cap-empty:20', says: 'the third page is empty', shows: ['0-9', '10-19', ''] },
  { faults: 'cap-empty:13', says: 'the page on the edge is short', shows: ['0-9', '10-12', ''] },
]

for (const { faults, says, shows, size } of rows) {
  test(`${faults || 'without a fault'}: ${says}`, async () => {
    await using api = await open({ faults })
    const pages = await pagesOf(api, page => `/api/v2/agents?max=10&page=${page}`, 'items', 'agents')
    assert.deepEqual(
      pages.map(page => page.shows),
      shows,
    )
    if (size !== undefined)
      assert.deepEqual(
        pages.map(page => page.body.pagination.max),
        [size, size, size],
      )
  })

  test(`${faults || 'without a fault'}, in the seed’s world by offset: ${says}`, async () => {
    await using api = await open({ faults, world: 'seed', calls: 25 })
    const count = (await api.get('/__world/calls/count')).body
    const pages = await pagesOf(
      api,
      page => `/api/v2/calls?limit=10&offset=${10 * (page - 1)}`,
      'calls',
      'calls',
    )
    assert.ok(count > 25)
    const full = shows.map(one => (one === '20-24' ? '20-29' : one))
    // An offset is where a page begins, so that a smaller page leaves the next one where it is.
    const byOffset = faults.startsWith('clamp') ? ['0-3', '10-13', '20-23'] : full
    assert.deepEqual(
      pages.map(page => page.shows),
      byOffset,
    )
  })
}

test('cap-clamped says which page it is, cap-repeats the one that was asked for', async () => {
  await using clamped = await open({ faults: 'cap-clamped:20' })
  await using repeats = await open({ faults: 'cap-repeats:20' })
  const path = '/api/v2/agents?max=10&page=3'
  const current = async (api: Bench) => (await api.get(path)).body.pagination.current
  assert.deepEqual([await current(clamped), await current(repeats)], [2, 3])
})

test('lists without pages have no size to clamp', async () => {
  await using api = await open({ faults: 'clamp-size:2,clamp-size-silently:2,clamp-limit-only:2' })
  assert.equal((await api.get('/api/v2/outbound/lists')).body.items.length, 4)
})

async function pagesOf(api: Bench, path: (page: number) => string, container: string, stream: string) {
  const ids: string[] = (await api.get(`/__world/${stream}/ids`)).body
  const pages = []
  for (const page of [1, 2, 3]) {
    const { status, body } = await api.get(path(page))
    const places = (body[container] ?? []).map((row: { id: string }) => ids.indexOf(row.id))
    const span = places.length === 0 ? '' : `${places[0]}-${places.at(-1)}`
    pages.push({ body, shows: status === 200 ? span : status })
  }
  return pages
}
