import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import type { Dialect } from '../dialects/dialect.ts'
import { assertValid } from '../strict/testing.ts'
import { type Bench, open, walk } from '../testing.ts'
import { routes } from './index.ts'

type Records = readonly Record<string, unknown>[]

const nobody = '0'.repeat(32)
const small = { calls: 300, agents: 12, days: 10 } as const

// Every list, and every list that each record of another stream has for itself.
const lists = routes.flatMap(({ dialect, path, ...route }) =>
  dialect && !path.includes('{') ? [{ ...route, dialect, path }] : [],
)
const children = routes.flatMap(({ dialect, parent, ...route }) =>
  dialect && parent ? [{ ...route, dialect, parent }] : [],
)

for (const { world, stream, schema, path, dialect, key } of lists)
  test(`${stream}: the list of the ${world} world is exactly its records${eachA(schema)}`, async () => {
    await using api = await open({ world, agents: 120 })
    const ids: readonly string[] = (await api.get(`/__world/${stream}/ids`)).body
    const records = await recordsOf(api, path, dialect, Math.ceil(ids.length / 4))
    assert.deepEqual(keysOf(records, key), ids)
    assert.equal(new Set(ids).size, (await api.get(`/__world/${stream}/count`)).body)
    if (schema !== undefined) assertValid(schema, records)
  })

const inSeed = new Set(routes.filter(({ world }) => world === 'seed').map(({ stream }) => stream))

for (const { stream, path } of lists.filter(({ stream }) => !inSeed.has(stream)))
  test(`${stream}: the seed's world does not have it`, async () => {
    await using api = await open({ world: 'seed' })
    assert.equal((await api.get(path)).status, 404)
    assert.equal((await api.get(`/__world/${stream}/ids`)).status, 404)
  })

for (const { stream, schema, path, dialect, parent, key } of children) {
  const pathOf = (id: string) => path.replace(/\{\w+\}/, id)

  test(`${stream}: the lists of all ${parent} are exactly the world's records${eachA(schema)}`, async () => {
    await using api = await open(small)
    const [all, keys]: [Record<string, unknown>[], string[]] = [[], []]
    for (const id of (await api.get(`/__world/${parent}/ids`)).body) {
      const records = await recordsOf(api, pathOf(id), dialect, 40)
      all.push(...records)
      keys.push(...keysOf(records, key.slice(1)).map(own => `${id}|${own}`))
    }
    assert.deepEqual(keys.toSorted(), (await api.get(`/__world/${stream}/ids`)).body.toSorted())
    assert.equal(new Set(keys).size, keys.length)
    if (schema !== undefined) assertValid(schema, all)
  })

  test(`${stream}: a parent that does not exist is a 404, and so is any in the seed's world`, async () => {
    await using api = await open(small)
    assert.equal((await api.get(pathOf(nobody))).status, 404)
    const [id] = (await api.get(`/__world/${parent}/ids`)).body
    await using seed = await open({ ...small, world: 'seed' })
    assert.equal((await seed.get(pathOf(id))).status, 404)
  })
}

test('the tests above cover every list of the routes', () => {
  const own = routes.filter(({ dialect, parent, path }) => dialect && !parent && path.includes('{'))
  assert.deepEqual(
    own.map(({ world, path }) => `${world} ${path}`),
    ['documented /api/v2/outbound/lists/{id}/leads', 'seed /api/v2/outbound/lists/{id}/leads'],
  )
  assert.ok(lists.length > 50 && children.length > 6, `${lists.length} and ${children.length}`)
})

// Schemas of what is neither a list nor found by its id; they have tests of their own.
const elsewhere = [
  'AccountRole',
  'AgentTotalStatus',
  'CampaignRealtimeStatus',
  'MetricResponse',
  'task-automation.AgentJournal',
  'task-automation.InteractionDurations',
  'task-automation.TaskJournal',
  'task-automation.TaskTimeSeries',
]

test('every schema of the vendor is named by a route, or has a test of its own', () => {
  const files = readdirSync(new URL('../strict/', import.meta.url)).filter(file => file.endsWith('.json'))
  const named = routes.flatMap(({ schema }) => schema ?? [])
  assert.deepEqual(
    files.map(file => file.slice(0, -'.json'.length)).toSorted(),
    [...new Set([...named, ...elsewhere])].toSorted(),
  )
})

test('some parents have no children at all', async () => {
  await using api = await open(small)
  for (const { stream, parent } of children.filter(({ stream }) => stream !== 'campaign_statistics')) {
    const keys: string[] = (await api.get(`/__world/${stream}/ids`)).body
    const withChildren = new Set(keys.map(key => key.slice(0, 32)))
    assert.ok(withChildren.size < (await api.get(`/__world/${parent}/count`)).body, stream)
  }
})

test('lists in one response mention pages where the vendor documents that', async () => {
  await using api = await open(small)
  const [campaign] = (await api.get('/__world/campaigns/ids')).body
  const envelopes: Record<string, unknown> = {}
  for (const path of ['outbound/campaigns', 'user/accounts', 'tags', `outbound/campaigns/${campaign}/leads`])
    envelopes[path.split('/').at(-1) ?? ''] = Object.keys((await api.get(`/api/v2/${path}`)).body)
  const [plain, paged] = [
    ['items', 'success'],
    ['items', 'pagination', 'success'],
  ]
  assert.deepEqual(envelopes, { campaigns: plain, accounts: paged, tags: plain, leads: paged })
})

async function recordsOf(api: Bench, path: string, dialect: Dialect, size: number): Promise<Records> {
  const { container, parameters } = dialect
  if (parameters.length === 0) return (await api.get(path)).body[container]
  const most = Math.min(100, Math.max(1, size))
  return (await walk(api, page => `${path}?${pageQuery(parameters, page, most)}`, container)).records
}

/** The query for page `page`, from 1, of `size` records. A dialect's first parameter is a page, or a place from 0 or 1. */
function pageQuery([start = '', count]: readonly string[], page: number, size: number): string {
  const before = (page - 1) * size
  const starts: Readonly<Record<string, number>> = { page, offset: before, startIndex: before + 1 }
  return `${start}=${starts[start]}&${count}=${size}`
}

function eachA(schema: string | undefined): string {
  return schema === undefined ? '' : `, each a ${schema}`
}

function keysOf(records: Records, key: readonly string[]): string[] {
  return records.map(record => key.map(field => record[field]).join('|'))
}
