import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, makeClock, open, wednesday } from '../../testing.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** By kind of answer, how far it reaches: the newest record's time, relative to the start of the world, in hours. */
const newest: Readonly<Record<string, (api: Bench) => Promise<number>>> = {
  calls: api => newestIn(api, '/api/v2/calls/reporting/simple', 'dateCreated'),
  'agent logs': async api => {
    const [agent] = (await api.get('/__world/agents/ids')).body
    return newestIn(api, `/api/v2/agents/${agent}/logs`, 'date')
  },
  'audit logs': api => newestIn(api, '/api/v2/audit/request', 'dateCreated'),
}

async function newestIn(api: Bench, path: string, field: string): Promise<number> {
  const { items } = (await api.get(path)).body
  return (Date.parse(items[0][field]) - wednesday) / HOUR
}

async function world(faults: string) {
  const clock = makeClock()
  return { clock, api: await open({ faults, now: clock.now, calls: 20_000, live: 0.01 }) }
}

for (const [kind, reach] of Object.entries(newest)) {
  test(`reporting-stalls: ${kind} end a day before the start until a day after it`, async () => {
    const { api, clock } = await world('reporting-stalls:24+24')
    await using _ = api
    const seen: number[] = []
    for (const hours of [0, 23, 1]) {
      clock.tick(hours * HOUR)
      seen.push(await reach(api))
    }
    const [first = 0, second = 0, last = 0] = seen
    assert.ok(first <= -24 && second === first && last > -12, seen.join())
  })
}

test('reporting-stalls: what happens meanwhile is there at the end', async () => {
  const { api, clock } = await world('reporting-stalls:1+48')
  await using _ = api
  clock.tick(2 * DAY - 1)
  assert.ok(((await newest['calls']?.(api)) as number) < -1)
  clock.tick(1)
  assert.ok(((await newest['calls']?.(api)) as number) > 47)
})

test('reporting-stalls: a metric counts what is reported, and a call that is not has no page of its own', async () => {
  const { api, clock } = await world('reporting-stalls:240+24')
  await using _ = api
  const metric = '/api/v2/metrics/calls.total?startDate=2026-05-12T00:00:00Z&endDate=2026-05-13T00:00:00Z'
  const call = `/api/v2/calls/${(await api.get('/__world/call_records/ids')).body[0]}`
  const seen = async () => [(await api.get(metric)).body.metric.value > 0, (await api.get(call)).status]
  assert.deepEqual(await seen(), [false, 404])
  clock.tick(DAY)
  assert.deepEqual(await seen(), [true, 200])
})

test('reporting-trails: what is missing is made up for little by little', async () => {
  const { api, clock } = await world('reporting-trails:48+24')
  await using _ = api
  const seen: number[] = []
  for (const hours of [0, 8, 8, 8]) {
    clock.tick(hours * HOUR)
    seen.push(await newestIn(api, '/api/v2/calls/reporting/simple', 'dateCreated'))
  }
  const limits = [-48, -24, 0, 24]
  assert.ok(
    seen.every((hours, at) => hours <= (limits[at] ?? 0) && hours > (limits[at] ?? 0) - 3),
    seen.join(),
  )
})

test('reporting-stalls: leads, which are read by their last change, end with the newest that had changed', async () => {
  const { api, clock } = await world('reporting-stalls:48+24')
  await using _ = api
  const newestLead = async () => {
    const { items } = (await api.get('/api/v2/outbound/leads?max=500')).body
    const times = items.map(({ lastUpdated }: { lastUpdated: string }) => Date.parse(lastUpdated) - wednesday)
    return Math.max(...times) / HOUR
  }
  const before = await newestLead()
  clock.tick(DAY)
  assert.ok(before <= -48 && (await newestLead()) > -48, `${before}`)
})

test('reporting-lags: the last half an hour is never there', async () => {
  const { api, clock } = await world('reporting-lags:30')
  await using _ = api
  for (const hours of [0, 5, 5]) {
    clock.tick(hours * HOUR)
    const behind = (clock.now() - wednesday) / HOUR - ((await newest['calls']?.(api)) as number)
    assert.ok(behind >= 0.5 && behind < 1, `${behind}`)
  }
})

test('late-records: one call in ten is listed a day after it began', async () => {
  const clock = makeClock()
  await using api = await open({ faults: 'late-records:24', now: clock.now, days: 1, calls: 500 })
  const total = async () => (await api.get('/api/v2/calls/reporting/simple')).body.pagination.total
  const before = await total()
  assert.ok(before > 400 && before < 490, `${before}`)
  clock.tick(DAY)
  assert.equal(await total(), 500)
})

test('late-changes: one lead in three changes a day after the start, whenever it was made', async () => {
  const clock = makeClock()
  await using api = await open({ faults: 'late-changes:24', now: clock.now })
  const changed = async () => {
    const { items } = (await api.get('/api/v2/outbound/leads?max=500')).body
    const at = '2026-05-21T14:00:00.000Z'
    return (items as { lastUpdated: string }[]).filter(lead => lead.lastUpdated === at).length
  }
  assert.equal(await changed(), 0)
  clock.tick(DAY)
  const count = await changed()
  assert.ok(count > 100 && count < 240, `${count}`)
})

test('hours that are not numbers are refused', async () => {
  await assert.rejects(open({ faults: 'reporting-stalls:3 days' }), /such as 72\+24; they are "3 days"/)
})
