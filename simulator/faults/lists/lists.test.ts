import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open, walk } from '../../testing.ts'

interface Row {
  readonly faults: string
  readonly says: string
  readonly sees: (api: Bench) => Promise<unknown>
  readonly is: unknown
}

const agents = '/api/v2/agents?max=10'

const rows: readonly Row[] = [
  {
    faults: 'not-a-list',
    says: 'the container holds an object',
    sees: part('items'),
    is: { surprise: true },
  },
  { faults: 'no-container', says: 'the container is missing', sees: keys(), is: ['pagination', 'success'] },
  {
    faults: 'no-pages',
    says: 'no number of pages',
    sees: keys('pagination'),
    is: ['total', 'current', 'max', 'maxResults'],
  },
  {
    faults: 'no-current',
    says: 'no page number',
    sees: keys('pagination'),
    is: ['pages', 'total', 'max', 'maxResults'],
  },
  {
    faults: 'no-total',
    says: 'no number of records',
    sees: keys('pagination'),
    is: ['pages', 'current', 'max', 'maxResults'],
  },
  { faults: 'no-pagination', says: 'no mention of pages', sees: keys(), is: ['items', 'success'] },
  { faults: 'no-id', says: 'every tenth record has no id', sees: nameless, is: [9, 19] },
  {
    faults: 'duplicate-ids',
    says: 'a page begins with the last of the one before',
    sees: places,
    is: tenths(),
  },
  { faults: 'repeat-page', says: 'the second page is the first', sees: firstOfPages, is: [0, 0, 20] },
  { faults: 'repeat-page:3', says: 'the third page is the second', sees: firstOfPages, is: [0, 10, 10] },
  { faults: 'ignore-page', says: 'every page is the first', sees: firstOfPages, is: [0, 0, 0] },
  { faults: 'shift', says: 'rows move to later pages', sees: firstOfPages, is: [0, 9, 18] },
  { faults: 'shrink', says: 'rows move to earlier pages', sees: firstOfPages, is: [0, 11, 22] },
]

for (const { faults, says, sees, is } of rows) {
  test(`${faults}: ${says}`, async () => {
    await using api = await open({ faults })
    assert.deepEqual(await sees(api), is)
  })
}

test('shift: new calls arrive in the list of calls, and the world knows them', async () => {
  await using api = await open({ faults: 'shift' })
  for (const page of [1, 2, 3]) await api.get(`/api/v2/calls/reporting/simple?page=${page}`)
  assert.equal((await api.get('/__world/calls/count')).body, 1002)
})

test('without a fault the pages follow one another', async () => {
  await using api = await open()
  assert.deepEqual(await firstOfPages(api), [0, 10, 20])
})

test('faults in the body work in the seed world too', async () => {
  await using api = await open({ world: 'seed', faults: 'no-total,not-a-list' })
  const { body } = await api.get('/api/v2/agents')
  assert.deepEqual(body, { agents: { surprise: true }, page: 1, pageSize: 50 })
})

test('faults of lists leave single objects as they are', async () => {
  await using api = await open({ faults: 'not-a-list,no-pagination,no-container' })
  const [id] = (await api.get('/__world/queues/ids')).body
  assert.equal((await api.get(`/api/v2/queues/${id}`)).body.item.id, id)
})

function part(name: string): Row['sees'] {
  return async api => (await api.get(agents)).body[name]
}

function keys(name?: string): Row['sees'] {
  return async api => {
    const { body } = await api.get(agents)
    return Object.keys(name === undefined ? body : body[name])
  }
}

async function nameless(api: Bench): Promise<number[]> {
  const { records } = await walk(api, page => `${agents}&page=${page}`, 'items')
  return records.flatMap((record, at) => ('id' in record ? [] : [at]))
}

// The places of a walk's records in the list as it was at the beginning.
async function places(api: Bench): Promise<number[]> {
  const ids = (await api.get('/__world/agents/ids')).body
  const { records } = await walk(api, page => `${agents}&page=${page}`, 'items')
  return records.map(record => ids.indexOf(record['id']))
}

async function firstOfPages(api: Bench): Promise<number[]> {
  const ids = (await api.get('/__world/agents/ids')).body
  const seen: number[] = []
  for (const page of [1, 2, 3])
    seen.push(ids.indexOf((await api.get(`${agents}&page=${page}`)).body.items[0].id))
  return seen
}

function tenths(): number[] {
  return Array.from({ length: 25 }, (_, at) => at).flatMap(at => (at === 9 || at === 18 ? [at, at] : [at]))
}
