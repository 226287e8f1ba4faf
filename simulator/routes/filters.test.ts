import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open, wednesday } from '../testing.ts'

// Tests look into records of every shape, as JSON.parse gives them.
type Row = ReturnType<typeof JSON.parse>

const legs = '/api/v2/calls/reporting?max=500&'
const end = Math.floor(wednesday / 1000)
const start = end - 86_400

async function itemsOf(api: Bench, path: string, container = 'items'): Promise<readonly Row[]> {
  return (await api.get(path)).body[container]
}

function secondsOf(row: Row): number {
  return Date.parse(row.dateCreated) / 1000
}

for (const prefix of ['', 'filters.']) {
  test(`${prefix}time.start and ${prefix}time.end keep the calls between them`, async () => {
    await using api = await open({ calls: 300 })
    const every = await itemsOf(api, legs)
    const window = await itemsOf(api, `${legs}${prefix}time.start=${start}&${prefix}time.end=${end - 3600}`)
    const expected = every.filter(row => secondsOf(row) >= start && secondsOf(row) <= end - 3600)
    assert.ok(expected.length > 0 && expected.length < every.length)
    assert.deepEqual(window, expected)
  })
}

test('both ends of a window belong to it', async () => {
  await using api = await open({ calls: 0 })
  await api.post('/__world/advance?calls=3')
  const at = async (from: number, to: number) =>
    (await itemsOf(api, `/api/v2/calls/reporting/simple?time.start=${from}&time.end=${to}`)).length
  assert.deepEqual([await at(end, end), await at(end - 9, end - 1), await at(end + 1, end + 9)], [3, 0, 0])
})

test('filters are combined, and repeated ones widen', async () => {
  await using api = await open({ calls: 250 })
  const every = await itemsOf(api, legs)
  const both = await itemsOf(api, `${legs}type=inbound&source=queue`)
  assert.deepEqual(
    both,
    every.filter(row => row.type === 'inbound' && row.source === 'queue'),
  )
  const wider = await itemsOf(api, `${legs}state=busy&state=failed`)
  assert.ok(wider.length > 0 && wider.every(row => ['busy', 'failed'].includes(row.state)))
})

test('agentId keeps the legs that were bridged to the agent', async () => {
  await using api = await open()
  const agentId = (await api.get('/__world/agents/ids')).body[0]
  const items = await itemsOf(api, `${legs}agentId=${agentId}`)
  assert.ok(items.length > 0 && items.every(leg => leg.bridged.agent.id === agentId))
})

test('agents are found by text, switch, source, state, group and tag', async () => {
  await using api = await open({ agents: 60 })
  const agents = '/api/v2/agents?max=500'
  const every = await itemsOf(api, agents)
  const sample = every.find(agent => agent.sourceId)
  const tests: readonly [string, (agent: Row) => boolean][] = [
    ['enabled=false', agent => agent.enabled === false],
    [`q=${encodeURIComponent(String(sample.name))}`, agent => agent.name === sample.name],
    [`sourceId=${sample.sourceId}`, agent => agent.sourceId === sample.sourceId],
    [`number=${encodeURIComponent(String(sample.number))}`, agent => agent.number === sample.number],
    ['state=in-call', agent => agent.state === 'in-call'],
    ['tags=german', agent => agent.tags.includes('german')],
    ['groups=Sales', agent => agent.groups.some((group: Row) => group.name === 'Sales')],
  ]
  for (const [query, passes] of tests) {
    const found = await itemsOf(api, `${agents}&${query}`)
    assert.ok(found.length > 0 && found.length < every.length, query)
    assert.deepEqual(found, every.filter(passes), query)
  }
})

test('leads are found by status, users by e-mail', async () => {
  await using api = await open()
  const leads = await itemsOf(api, '/api/v2/outbound/leads?status=sale&max=500')
  assert.ok(leads.length > 0 && leads.every(lead => lead.status === 'sale'))
  const [user] = await itemsOf(api, '/api/v2/users')
  assert.deepEqual(await itemsOf(api, `/api/v2/users?email=${user.email}`), [user])
})

test('the seed world filters calls by startDate, endDate, agentId and queueId', async () => {
  await using api = await open({ world: 'seed', calls: 300 })
  const every = await itemsOf(api, '/api/v2/calls?limit=500', 'calls')
  const from = new Date(start * 1000).toISOString()
  const window = await itemsOf(
    api,
    `/api/v2/calls?limit=500&startDate=${from}&endDate=2026-05-20T10:00:00Z`,
    'calls',
  )
  const until = Date.parse('2026-05-20T10:00:00Z') / 1000
  assert.deepEqual(
    window,
    every.filter(row => secondsOf(row) >= start && secondsOf(row) <= until),
  )
  const queueId = (await api.get('/__world/queues/ids')).body.at(-1)
  const queued = await itemsOf(api, `/api/v2/calls?limit=500&queueId=${queueId}`, 'calls')
  assert.ok(queued.length > 0 && queued.every(row => row.bridged?.queueId === queueId))
})

test('parameters that nobody knows change nothing', async () => {
  await using api = await open()
  assert.deepEqual(
    await itemsOf(api, '/api/v2/agents?pageSize=3&colour=red'),
    await itemsOf(api, '/api/v2/agents'),
  )
})
