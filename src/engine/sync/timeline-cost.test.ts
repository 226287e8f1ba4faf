import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import { callsBetween, serveCalls } from '../lists-testing.ts'
import { type Api, CALLS, DAY, HOUR, NOW, read, SETTINGS } from '../testing.ts'

const costs = [
  { says: '20,000 calls spread evenly over a year', calls: 20_000, leavesOut: [], most: 230 },
  {
    says: 'the same where the API leaves page counts out',
    calls: 20_000,
    leavesOut: ['pages', 'total'],
    most: 330,
  },
  { says: '20 calls', calls: 20, leavesOut: [], most: 20 },
  {
    says: '20 calls where the API leaves page counts out',
    calls: 20,
    leavesOut: ['pages', 'total', 'max'],
    most: 30,
  },
  { says: 'no calls', calls: 0, leavesOut: [], most: 13 },
] as const

for (const { says, calls, leavesOut, most } of costs) {
  for (const concurrency of [1, 8]) {
    test(`${says} cost at most ${most} requests, ${concurrency} at a time`, async () => {
      const year = callsBetween(SETTINGS.startMs, NOW, calls)
      const { ids, asked } = await read(CALLS, serveCalls(year, { leavesOut }), { settings: { concurrency } })
      assert.equal(new Set(ids).size, calls)
      assert.ok(asked.length <= most, `${asked.length} requests`)
    })
  }
}

test('a burst of calls within a quiet year is found whole, at a fair price', async () => {
  const burst = callsBetween(NOW - 100 * DAY, NOW - 100 * DAY + HOUR, 20_000)
  const { ids, asked } = await read(CALLS, serveCalls(burst))
  assert.equal(new Set(ids).size, 20_000)
  assert.ok(asked.length <= 300, `${asked.length} requests`)
})

const global = [
  { calls: 10, days: 300, total: 20_000, most: 60 },
  { calls: 10, days: 300, total: 1_000_000, most: 60 },
  { calls: 10, days: 300, total: 50_000_000, most: 60 },
  { calls: 120, days: 300, total: 50_000_000, most: 80 },
  { calls: 1000, days: 20, total: 1_000_000, most: 110 },
]
for (const { calls, days, total, most } of global)
  test(`${calls} calls cost at most ${most} requests where every window claims ${total}`, async () => {
    const known = callsBetween(NOW - days * DAY, NOW, calls)
    const serve = serveCalls(known)
    const claiming: Api = (request, index) => {
      const answer = serve(request, index)
      const body = JSON.parse(answer.bytes.toString())
      return reply(answer.status, { ...body, pagination: { ...body.pagination, total, pages: undefined } })
    }
    const { ids, asked } = await read(CALLS, claiming)
    assert.equal(new Set(ids).size, calls)
    assert.ok(asked.length <= most, `${asked.length} requests`)
  })
