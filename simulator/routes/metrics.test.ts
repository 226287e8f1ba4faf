import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertValid } from '../strict/testing.ts'
import { type Bench, open } from '../testing.ts'

// Records of the report and of agents, as JSON.parse gives them.
type Row = ReturnType<typeof JSON.parse>

const metrics = '/api/v2/metrics'
const dates = 'startDate=2026-05-11T00:00:00Z&endDate=2026-05-16T12:30:00Z'
const [from, to] = [Date.parse('2026-05-11T00:00:00Z'), Date.parse('2026-05-16T12:30:00Z')]

async function valueAt(api: Bench, path: string) {
  return (await api.get(`${metrics}/${path}`)).body.metric.value
}

async function allPages(api: Bench, path: string): Promise<Row[]> {
  const pages = [1, 2, 3, 4].map(async page => (await api.get(`${path}?max=500&page=${page}`)).body.items)
  return (await Promise.all(pages)).flat()
}

async function callsWithin(api: Bench): Promise<Row[]> {
  const calls = await allPages(api, '/api/v2/calls/reporting/simple')
  return calls.filter(call => Date.parse(call.dateCreated) >= from && Date.parse(call.dateCreated) < to)
}

function mean(rows: readonly Row[], field: string): number {
  return Math.round((rows.reduce((so, row) => so + row[field], 0) / rows.length) * 1000) / 1000
}

test('every metric satisfies the vendor’s MetricResponse and has a definition', async () => {
  await using api = await open()
  const { items: ids, success } = (await api.get(`${metrics}/ids`)).body
  const bodies = await Promise.all(ids.map(async (id: string) => (await api.get(`${metrics}/${id}`)).body))
  assert.deepEqual([ids.length, success], [67, true])
  assert.deepEqual(
    bodies.map(body => body.id),
    ids,
  )
  assertValid('MetricResponse', bodies)
  const definitions = (await api.get(`${metrics}/describe`)).body.items
  assertValid('MetricDefinition', definitions)
  const one = (await api.get(`${metrics}/calls.total/describe`)).body
  assert.deepEqual(
    one.item,
    definitions.find((definition: Row) => definition.id === 'calls.total'),
  )
  for (const stream of ['metrics', 'metric_definitions'])
    assert.deepEqual((await api.get(`/__world/${stream}/ids`)).body, ids)
})

test('an unknown metric and a path of two segments are not found', async () => {
  await using api = await open()
  for (const id of ['nothing', 'nothing/describe', 'calls.duration/avg', 'wrapup/avg', 'constructor'])
    assert.equal((await api.get(`${metrics}/${id}`)).status, 404, id)
})

test('metrics of agents agree with the list of agents', async () => {
  await using api = await open({ agents: 60 })
  const { items } = (await api.get('/api/v2/agents?max=500')).body
  const inState = (state: string) => items.filter((agent: Row) => agent.state === state).length
  assert.equal(await valueAt(api, 'agents.state.available.total'), inState('available'))
  assert.equal(await valueAt(api, 'agents.state.in_call.total'), inState('in-call'))
  assert.equal(await valueAt(api, 'agents.total'), 60)
  const enabled = items.filter((agent: Row) => agent.enabled).length
  assert.equal(await valueAt(api, 'agents.total?enabled=true'), enabled)
  assert.equal(await valueAt(api, 'agents.total?enabled=false'), 60 - enabled)
})

test('metrics of calls agree with the report between startDate, included, and endDate, excluded', async () => {
  await using api = await open()
  const calls = await callsWithin(api)
  const answered = calls.filter(call => call.bridged && call.queueName)
  assert.ok(answered.length > 20)
  assert.equal(await valueAt(api, `calls.total?${dates}`), calls.length)
  assert.equal(await valueAt(api, `calls.duration.avg?${dates}`), mean(calls, 'duration'))
  assert.equal(await valueAt(api, `queues.wrapup.avg?${dates}`), mean(answered, 'wrapupTime'))
  const first = calls.at(-1).dateCreated
  const second = new Date(Date.parse(first) + 1).toISOString()
  assert.equal(await valueAt(api, `calls.total?startDate=${first}&endDate=${second}`), 1)
  assert.equal(await valueAt(api, `calls.total?startDate=${second}&endDate=${second}`), 0)
})

test('agentId and queueId keep the calls of an agent or a queue, and all agents together have the answered ones', async () => {
  await using api = await open()
  const calls = await callsWithin(api)
  const { items: agents } = (await api.get('/api/v2/agents?max=500')).body
  const totals: number[] = []
  for (const { id } of agents) totals.push(await valueAt(api, `calls.total?${dates}&agentId=${id}`))
  const answered = calls.filter(call => call.bridged).length
  assert.equal(
    totals.reduce((so, total) => so + total, 0),
    answered,
  )
  const [queue] = (await api.get('/api/v2/queues?max=500')).body.items
  const own = calls.filter(call => call.queueName === queue.name)
  assert.equal(await valueAt(api, `calls.total?${dates}&queueId=${queue.id}`), own.length)
})

test('the response repeats the dates, and without dates it is for the current UTC day', async () => {
  await using api = await open()
  const rangeOf = async (query: string) =>
    (await api.get(`${metrics}/calls.total${query}`)).body.request.timeRange
  const window = { from: '2026-05-11T00:00:00.000Z', to: '2026-05-16T12:30:00.000Z' }
  assert.deepEqual(await rangeOf(`?${dates}`), { ...window, value: 'LAST_7_DAYS', duration: 477_000 })
  const today = { from: '2026-05-20T00:00:00.000Z', to: '2026-05-21T00:00:00.000Z' }
  assert.deepEqual(await rangeOf(''), { ...today, value: 'TODAY', duration: 86_400 })
})

test('an average over nothing is 0', async () => {
  await using api = await open({ calls: 0 })
  assert.equal(await valueAt(api, `calls.duration.avg?${dates}`), 0)
})

test('each metric stream has one key, its metric', async () => {
  await using documented = await open()
  await using seed = await open({ world: 'seed' })
  const keys = async (api: Bench, stream: string) => (await api.get(`/__world/${stream}/ids`)).body
  assert.deepEqual(await keys(documented, 'average_wrapup_time'), ['queues.wrapup.avg'])
  assert.deepEqual(await keys(seed, 'average_wrapup_time'), ['wrapup/avg'])
  assert.deepEqual(await keys(seed, 'total_calls'), ['calls.total'])
})

test('the seed world has six metrics, with the same values and dates', async () => {
  await using documented = await open()
  await using seed = await open({ world: 'seed' })
  const twins = [
    ['agents.state.available.total', 'agents.state.available.total'],
    ['agents.state.in_call.total', 'agents.state.in_call.total'],
    ['calls.total', 'calls.total'],
    ['calls.duration.avg', 'calls.duration/avg'],
    ['queues.wrapup.avg', 'wrapup/avg'],
  ]
  for (const [ours, theirs] of twins)
    assert.equal(await valueAt(seed, `${theirs}?${dates}`), await valueAt(documented, `${ours}?${dates}`))
  const grouped = await valueAt(seed, 'agents.total')
  assert.equal(grouped.online + grouped.offline, 25)
  for (const gone of ['ids', 'describe', 'calls.duration.avg', 'sms.total', 'calls.total/describe'])
    assert.equal((await seed.get(`${metrics}/${gone}`)).status, 404, gone)
})
