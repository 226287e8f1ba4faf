import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open } from './testing.ts'

test('advance lets calls happen now, and says how many', async () => {
  await using api = await open({ calls: 10 })
  assert.deepEqual((await api.post('/__world/advance?calls=7')).body, { added: 7 })
  assert.equal((await api.get('/__world/calls/count')).body, 17)
  const { items, pagination } = (await api.get('/api/v2/calls/reporting/simple?max=7')).body
  assert.equal(pagination.total, 17)
  assert.deepEqual(
    new Set(items.map((row: { dateCreated: string }) => row.dateCreated)),
    new Set(['2026-05-20T14:00:00.000Z']),
  )
})

test('advance takes agents and lists away', async () => {
  await using api = await open({ agents: 10, lists: 5 })
  await api.post('/__world/advance?agents=4&lists=2')
  assert.equal((await api.get('/__world/agents/count')).body, 6)
  assert.equal((await api.get('/api/v2/outbound/lists')).body.items.length, 3)
})

test('advance lets time pass: the world grows by itself, and what is added happens afterwards', async () => {
  await using api = await open({ calls: 10, live: 0.01 })
  await api.post('/__world/advance?seconds=500&calls=1')
  const { headers, body } = await api.get('/api/v2/calls/reporting/simple?max=1')
  assert.equal(headers.get('date'), 'Wed, 20 May 2026 14:08:20 GMT')
  assert.deepEqual([body.pagination.total, body.items[0].dateCreated], [16, '2026-05-20T14:08:20.000Z'])
})

test('faults may be exchanged while it runs, and begin afresh', async () => {
  await using api = await open({ faults: 'status-503' })
  const seen: number[] = []
  const status = async () => seen.push((await api.get('/api/v2/agents')).status)
  await status()
  for (const list of ['once-500,no-total', 'once-500', '']) {
    await api.post(`/__faults?list=${list}`)
    await status()
    await status()
  }
  assert.deepEqual(seen, [503, 500, 200, 500, 200, 200, 200])
  assert.equal((await api.post('/__faults?list=nonsense')).status, 500)
  api.setFaults('status-404')
  await status()
  assert.equal(seen.at(-1), 404)
})

test('a watcher is told of every exchange with the API', async () => {
  const seen: unknown[] = []
  await using api = await open({ watch: ({ path }, { status }) => seen.push([path, status]) })
  await api.get('/api/v2/queues')
  await api.get('/__stats')
  await api.get('/api/v2/nothing')
  assert.deepEqual(seen, [
    ['/api/v2/queues', 200],
    ['/api/v2/nothing', 404],
  ])
})

test('in the seed world calls and call_records are both the legs', async () => {
  await using api = await open({ world: 'seed' })
  const ids = (await api.get('/__world/call_records/ids')).body
  assert.deepEqual((await api.get('/__world/calls/ids')).body, ids)
  await using documented = await open()
  assert.deepEqual((await documented.get('/__world/call_records/ids')).body, ids)
})

test('stats count requests by path and grants, not what is asked of the simulator itself', async () => {
  await using api = await open()
  await Promise.all([
    api.get('/api/v2/agents?page=1'),
    api.get('/api/v2/agents?page=2'),
    api.get('/api/v2/nothing'),
  ])
  await api.post('/oauth/token', {
    grant_type: 'client_credentials',
    client_id: 'demo-client',
    client_secret: 'demo-secret',
  })
  await api.post('/oauth/token', { grant_type: 'client_credentials' })
  const { inFlightPeak, ...counts } = (await api.get('/__stats', {})).body
  const requests = { '/api/v2/agents': 2, '/api/v2/nothing': 1, '/oauth/token': 2 }
  assert.deepEqual(counts, { requests, grants: 1, syncs: 0, total: 5 })
  assert.ok(inFlightPeak >= 1 && inFlightPeak <= 3)
  await api.post('/__stats/reset')
  assert.deepEqual((await api.get('/__stats')).body, {
    requests: {},
    grants: 0,
    syncs: 0,
    total: 0,
    inFlightPeak: 0,
  })
})

test('latency delays the API and not the simulator’s own paths', async () => {
  await using api = await open({ latencyMs: 50 })
  const begun = performance.now()
  await api.get('/__stats')
  const between = performance.now()
  await api.get('/api/v2/agents')
  assert.ok(performance.now() - between > 45 && between - begun < 45)
})

test('a stream that this world lacks is not found', async () => {
  await using api = await open()
  assert.equal((await api.get('/__world/nothing/ids')).status, 404)
})
