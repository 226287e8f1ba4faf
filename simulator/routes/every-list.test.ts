import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertValid, validator } from '../strict/testing.ts'
import { type Bench, open, walk } from '../testing.ts'
import { children, lists } from './v2-tables.testing.ts'

type Records = readonly Record<string, unknown>[]

const nobody = '0'.repeat(32)
const small = { calls: 300, agents: 12, days: 10 } as const

for (const { stream, schema, path, whole, key = ['id'] } of lists) {
  test(`${stream}: the documented list is exactly the world's, and every record a ${schema}`, async () => {
    await using api = await open(small)
    const records = await recordsOf(api, `/api/v2/${path}`, whole)
    const keys = records.map(record => key.map(field => record[field]).join('|'))
    assert.deepEqual(keys, (await api.get(`/__world/${stream}/ids`)).body)
    assert.equal(new Set(keys).size, (await api.get(`/__world/${stream}/count`)).body)
    assertValid(records, validator(schema))
  })
}

for (const { stream, schema, path, seed: container } of lists) {
  if (container === undefined) {
    test(`${stream}: the seed's world does not have it`, async () => {
      await using api = await open({ world: 'seed' })
      assert.equal((await api.get(`/api/v2/${path}`)).status, 404)
      assert.equal((await api.get(`/__world/${stream}/ids`)).status, 404)
    })
  } else {
    test(`${stream}: the seed's list holds the same under ${container}, page by page`, async () => {
      await using api = await open({ ...small, world: 'seed' })
      const { records } = await walk(api, page => `/api/v2/${path}?pageSize=20&page=${page}`, container)
      assert.deepEqual(
        records.map(record => record['id']),
        (await api.get(`/__world/${stream}/ids`)).body,
      )
      assertValid(records, validator(schema))
    })
  }
}

for (const { stream, schema, path, whole, parents, key } of children) {
  test(`${stream}: the lists of all ${parents} are exactly the world's, and every record a ${schema}`, async () => {
    await using api = await open(small)
    const [all, keys]: [Record<string, unknown>[], string[]] = [[], []]
    for (const parent of (await api.get(`/__world/${parents}/ids`)).body) {
      const records = await recordsOf(api, `/api/v2/${path.replace('{}', parent)}`, whole)
      all.push(...records)
      keys.push(...records.map(record => [parent, ...key.map(field => record[field])].join('|')))
    }
    assert.deepEqual(keys.toSorted(), (await api.get(`/__world/${stream}/ids`)).body.toSorted())
    assert.equal(new Set(keys).size, keys.length)
    assertValid(all, validator(schema))
  })

  test(`${stream}: a parent that is not there answers 404, and so does the seed's world`, async () => {
    await using api = await open(small)
    assert.equal((await api.get(`/api/v2/${path.replace('{}', nobody)}`)).status, 404)
    const [parent] = (await api.get(`/__world/${parents}/ids`)).body
    await using seed = await open({ ...small, world: 'seed' })
    assert.equal((await seed.get(`/api/v2/${path.replace('{}', parent)}`)).status, 404)
  })
}

test('some parents have no children at all', async () => {
  await using api = await open(small)
  for (const { stream, parents } of children.filter(({ stream }) => stream !== 'campaign_statistics')) {
    const keys: string[] = (await api.get(`/__world/${stream}/ids`)).body
    const withChildren = new Set(keys.map(key => key.slice(0, 32)))
    assert.ok(withChildren.size < (await api.get(`/__world/${parents}/count`)).body, stream)
  }
})

test('lists in one answer speak of pages where the documents say so', async () => {
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

async function recordsOf(api: Bench, path: string, whole: true | undefined): Promise<Records> {
  if (whole) return (await api.get(path)).body.items
  return (await walk(api, page => `${path}?max=40&page=${page}`, 'items')).records
}
