import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, makeClock, open, wednesday } from '../../testing.ts'

const HOUR = 3_600_000
const iso = (hours: number) => new Date(wednesday + hours * HOUR).toISOString()
const unix = (hours: number) => wednesday / 1000 + hours * 3600

const numbers: Readonly<Record<string, (api: Bench) => Promise<unknown>>> = {
  metric: async api =>
    (await api.get(`/api/v2/metrics/calls.total?startDate=${iso(-6)}&endDate=${iso(0)}`)).body.metric.value,
  statistic: async api => {
    const [campaign] = (await api.get('/__world/campaigns/ids')).body
    const path = `/api/v2/outbound/campaigns/${campaign}/statistics?from=${unix(-6)}&to=${unix(0)}`
    return Number((await api.get(path)).body.items[0].talk_in_seconds)
  },
  usage: async api =>
    (await api.get(`/api/v3/tasks/usage?start=${iso(-200)}&end=${iso(0)}&rate=1d`)).body.timeseries[0].tasks,
}

const drafts = {
  'metrics-zero': () => 0,
  'metrics-partial': (final: number) => Math.floor(final / 2),
}

for (const [kind, number] of Object.entries(numbers))
  for (const [fault, draft] of Object.entries(drafts))
    test(`${fault}: a ${kind} changes two hours after the end of its interval, once`, async () => {
      const clock = makeClock()
      await using whole = await open()
      await using api = await open({ faults: `${fault}:2`, now: clock.now })
      const final = Number(await number(whole))
      const seen: unknown[] = []
      for (const minutes of [0, 119, 1]) {
        clock.tick(minutes * 60_000)
        seen.push(await number(api))
      }
      assert.ok(final > 0)
      assert.deepEqual(seen, [draft(final), draft(final), final])
    })

test('metrics-null: the value is null first, everything about it is there', async () => {
  const clock = makeClock()
  await using api = await open({ faults: 'metrics-null:2', now: clock.now })
  assert.equal(await numbers['metric']?.(api), null)
  clock.tick(2 * HOUR)
  assert.equal(typeof (await numbers['metric']?.(api)), 'number')
})

test('metrics of this moment have nothing to wait for', async () => {
  await using api = await open({ faults: 'metrics-null,metrics-zero' })
  assert.equal((await api.get('/api/v2/metrics/agents.total')).body.metric.value, 25)
})
