import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open, walk } from '../testing.ts'

const sized = (path: string) => (page: number) => `${path}?pageSize=20&page=${page}`

test('users come in one response whose envelope mentions pages, lists in one that does not', async () => {
  await using api = await open({ agents: 120 })
  const users = (await api.get('/api/v2/users?page=2&max=10')).body
  assert.deepEqual(users.pagination, { pages: 1, total: 125, current: 1, max: 125, maxResults: 125 })
  assert.deepEqual(
    users.items.map((user: { id: string }) => user.id),
    (await api.get('/__world/users/ids')).body,
  )
  const lists = (await api.get('/api/v2/outbound/lists')).body
  assert.deepEqual([Object.keys(lists), lists.items.length], [['items', 'success'], 4])
})

test('the leads of a list have a path of their own too, unpaged in the documented world', async () => {
  await using api = await open()
  const { items: lists } = (await api.get('/api/v2/outbound/lists')).body
  for (const { id, count } of lists) {
    const own = (await api.get(`/api/v2/outbound/lists/${id}/leads`)).body
    const filtered = (await api.get(`/api/v2/outbound/leads?listId=${id}&max=500`)).body
    assert.deepEqual([own.items.length, filtered.pagination.total], [count, count])
    assert.deepEqual(own.items, filtered.items)
  }
  assert.equal((await api.get(`/api/v2/outbound/lists/${'0'.repeat(32)}/leads`)).status, 404)
})

test('the leads of all lists in the seed world are the stream', async () => {
  await using api = await open({ world: 'seed' })
  const { lists } = (await api.get('/api/v2/outbound/lists')).body
  const found: unknown[] = []
  for (const { id } of lists) {
    const { records } = await walk(api, sized(`/api/v2/outbound/lists/${id}/leads`), 'leads')
    found.push(...records.map(record => record['id']))
  }
  assert.deepEqual(found.toSorted(), (await api.get('/__world/outbound_leads/ids')).body.toSorted())
})

test('a page past the end is empty and does not report which page it is', async () => {
  await using api = await open()
  const { status, body } = await api.get('/api/v2/agents?page=9&max=10')
  const pagination = { pages: 3, total: 25, max: 10, maxResults: 10 }
  assert.deepEqual([status, body], [200, { items: [], pagination, success: true }])
})

test('max is 50 when left out, and silently clamped to 500', async () => {
  await using api = await open()
  const shown = async (query: string) => (await api.get(`/api/v2/calls/reporting${query}`)).body
  const [plain, greedy] = [await shown(''), await shown('?max=100000')]
  assert.deepEqual([plain.items.length, plain.pagination.max], [50, 50])
  assert.deepEqual([greedy.items.length, greedy.pagination.max], [500, 500])
})

test('a path of the other world is not found', async () => {
  await using documented = await open()
  await using seed = await open({ world: 'seed' })
  const gone = [await documented.get('/api/v2/calls'), await seed.get('/api/v2/calls/reporting')]
  for (const { status, body } of gone)
    assert.deepEqual([status, body], [404, { code: 'NOT_FOUND', message: 'not found' }])
})

test('one line in the documented world is wrapped, in the seed world bare', async () => {
  for (const stream of ['agents', 'queues', 'recordings', 'call_records']) {
    await using documented = await open()
    await using seed = await open({ world: 'seed' })
    const path = `/api/v2/${stream === 'call_records' ? 'calls' : stream}`
    const id = (await documented.get(`/__world/${stream}/ids`)).body[0]
    const wrapped = (await documented.get(`${path}/${id}`)).body
    assert.deepEqual([wrapped.item.id, wrapped.success], [id, true])
    assert.deepEqual((await seed.get(`${path}/${id}`)).body, wrapped.item)
  }
})

test('an id with hyphens, of another kind or of nothing is not found', async () => {
  await using api = await open()
  const [agent] = (await api.get('/__world/agents/ids')).body
  const hyphenated = agent.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  const paths = [`agents/${hyphenated}`, `queues/${agent}`, `calls/${'f'.repeat(32)}`, 'agents/%E0%A4%A']
  for (const path of paths) assert.equal((await api.get(`/api/v2/${path}`)).status, 404, path)
})

test('a known path refuses another method', async () => {
  await using api = await open()
  const init = {
    method: 'DELETE',
    headers: { 'x-auth-access-id': 'demo-id', 'x-auth-access-token': 'demo-token' },
  }
  assert.equal((await fetch(`${api.url}/api/v2/agents`, init)).status, 405)
})
