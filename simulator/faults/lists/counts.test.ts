import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, makeClock, open } from '../../testing.ts'

// 25 agents, ten to a page; what each of the pages says of the whole list.
const rows = [
  { faults: '', totals: [25, 25, 25], pages: [3, 3, 3] },
  { faults: 'count-capped:20', totals: [20, 20, 20], pages: [2, 2, 2] },
  { faults: 'count-off:-1', totals: [24, 24, 24], pages: [3, 3, 3] },
  { faults: 'count-off:8', totals: [33, 33, 33], pages: [4, 4, 4] },
  { faults: 'count-zero', totals: [0, 0, 0], pages: [0, 0, 0] },
  { faults: 'count-growing:3', totals: [28, 31, 34], pages: [3, 4, 4] },
  { faults: 'count-page', totals: [10, 10, 5], pages: [1, 1, 1] },
] as const

for (const { faults, totals, pages } of rows) {
  test(`${faults || 'without a fault'}: a list of 25 says ${totals.join(', ')}, and shows them all`, async () => {
    await using documented = await open({ faults })
    const bodies = await pagesOf(documented, 'max')
    const paginations = bodies.map(body => body.pagination)
    assert.deepEqual(
      paginations.map(({ total }) => total),
      totals,
    )
    assert.deepEqual(
      paginations.map(pagination => pagination.pages),
      pages,
    )
    assert.deepEqual(
      bodies.map(body => body.items.length),
      [10, 10, 5],
    )
    await using seed = await open({ faults, world: 'seed' })
    assert.deepEqual(
      (await pagesOf(seed, 'pageSize')).map(body => body.total),
      totals,
    )
  })
}

async function pagesOf(api: Bench, size: string) {
  const bodies = []
  for (const page of [1, 2, 3]) bodies.push((await api.get(`/api/v2/agents?${size}=10&page=${page}`)).body)
  return bodies
}

test('count-stale: for an hour the count is off, then it is right', async () => {
  const clock = makeClock()
  await using api = await open({ faults: 'count-stale:-2', now: clock.now })
  const totals: number[] = []
  for (const minutes of [0, 59, 1]) {
    clock.tick(minutes * 60_000)
    totals.push((await api.get('/api/v2/agents')).body.pagination.total)
  }
  assert.deepEqual(totals, [23, 23, 25])
})

test('count-global: a window, a filter and a parent’s children all count the account', async () => {
  await using api = await open({ faults: 'count-global' })
  const [agent] = (await api.get('/__world/agents/ids')).body
  const totals: number[] = []
  for (const path of [
    'calls/reporting/simple?time.start=4000000000',
    'agents?enabled=false',
    `agents/${agent}/logs`,
  ])
    totals.push((await api.get(`/api/v2/${path}`)).body.pagination.total)
  assert.deepEqual(totals, [1000, 25, (await api.get('/__world/agent_logs/count')).body])
})
