import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, makeClock, open, wednesday } from '../../testing.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const later = Math.floor(wednesday / 1000) + 1

/** Worlds of eleven calls, one every ten minutes, the first at 13:00; how many minutes after 13:00 each listed call is. */
async function minutesIn(
  faults: string,
  from: number | undefined,
  to: number | undefined,
): Promise<number[]> {
  const clock = makeClock(wednesday - HOUR)
  await using api = await open({ faults, calls: 0, now: clock.now })
  for (let call = 0; call <= 10; call++) {
    await api.post('/__world/advance?calls=1')
    clock.tick(10 * MINUTE)
  }
  const seconds = (minutes: number) => (wednesday - HOUR + minutes * MINUTE) / 1000
  const ends = { 'time.start': from, 'time.end': to }
  const query = Object.entries(ends).flatMap(([name, at]) =>
    at === undefined ? [] : [`${name}=${seconds(at)}`],
  )
  const { items } = (await api.get(`/api/v2/calls/reporting/simple?${query.join('&')}`)).body
  return (items as { dateCreated: string }[])
    .map(({ dateCreated }) => (Date.parse(dateCreated) - wednesday + HOUR) / MINUTE)
    .toReversed()
}

const rows = [
  { faults: '', says: 'both ends are included', from: 10, to: 30, is: [10, 20, 30] },
  {
    faults: 'filter-floor',
    says: 'from 13:10 to 14:05 is from 13:00 to 14:00',
    from: 10,
    to: 65,
    is: [0, 10, 20, 30, 40, 50, 60],
  },
  { faults: 'filter-floor:minute', says: 'seconds do not count', from: 10.5, to: 30.5, is: [10, 20, 30] },
  {
    faults: 'filter-inward',
    says: 'from 12:50 to 14:05 is from 13:00 to 14:00',
    from: -10,
    to: 65,
    is: [0, 10, 20, 30, 40, 50, 60],
  },
  { faults: 'filter-inward', says: 'what is within an hour is empty', from: 10, to: 50, is: [] },
  { faults: 'filter-inward:minute', says: 'minutes are kept', from: 10, to: 30.5, is: [10, 20, 30] },
  { faults: 'filter-exclusive', says: 'neither end is included', from: 10, to: 30, is: [20] },
  {
    faults: 'filter-shift:1',
    says: 'from 13:00 to 13:30 is from 14:00 to 14:30',
    from: 0,
    to: 30,
    is: [60, 70, 80, 90],
  },
  {
    faults: 'filter-shift:-1',
    says: 'from 14:00 to 14:30 is from 13:00 to 13:30',
    from: 60,
    to: 90,
    is: [0, 10, 20, 30],
  },
  { faults: 'filter-shift:-1', says: 'what has no end has none', from: 150, to: undefined, is: [90, 100] },
  { faults: 'filter-last-day', says: 'a window is kept to', from: 10, to: 30, is: [10, 20, 30] },
] as const

for (const { faults, says, from, to, is } of rows) {
  test(`${faults || 'without a fault'}: ${says}`, async () => {
    assert.deepEqual(await minutesIn(faults, from, to), is)
  })
}

const total = async (api: Bench, path: string) => {
  const { body } = await api.get(path)
  return body.pagination?.total ?? body.total
}

test('filter-last-day: without a window there is the last day, and an old window is there all the same', async () => {
  await using whole = await open()
  await using api = await open({ faults: 'filter-last-day' })
  const since = (days: number) => `/api/v2/calls/reporting/simple?time.start=${later - days * 86_400}`
  assert.equal(await total(api, '/api/v2/calls/reporting/simple'), await total(whole, since(1)))
  assert.equal(await total(api, since(9)), await total(whole, since(9)))
})

const others = [
  { path: '/api/v2/calls?startDate=2026-05-20T13:00:01Z', world: 'seed' },
  { path: `/api/v2/audit/request?filters.dateCreated.start=${later - 3 * 3600}`, world: 'documented' },
] as const

for (const { path, world } of others) {
  test(`filter-shift moves other windows as well: ${path}`, async () => {
    await using whole = await open({ world, calls: 5000 })
    await using api = await open({ world, calls: 5000, faults: 'filter-shift:-600' })
    assert.ok((await total(api, path)) > (await total(whole, path)))
  })
}

test('ignore-time-filter: a window in the future holds everything', async () => {
  await using api = await open({ faults: 'ignore-time-filter' })
  const found = [
    await total(api, `/api/v2/calls/reporting/simple?time.start=${later}`),
    await total(api, `/api/v2/audit/request?filters.dateCreated.start=${later}`),
  ]
  assert.deepEqual(found, [1000, 200])
})

test('a unit that there is none of is refused', async () => {
  await assert.rejects(open({ faults: 'filter-floor:day' }), /must be hour or minute; it is "day"/)
})

const dates = 'startDate=2026-05-10T00:00:00Z&endDate=2026-05-12T00:00:00Z'

test('ignore-metric-dates: a metric is for today, and says so', async () => {
  await using whole = await open()
  await using deaf = await open({ faults: 'ignore-metric-dates' })
  const today = (await whole.get('/api/v2/metrics/calls.total')).body
  assert.equal(today.request.timeRange.value, 'TODAY')
  assert.deepEqual((await deaf.get(`/api/v2/metrics/calls.total?${dates}`)).body, today)
  assert.notDeepEqual((await whole.get(`/api/v2/metrics/calls.total?${dates}`)).body.metric, today.metric)
})
