import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open } from '../../testing.ts'

const calls = '/api/v2/calls/reporting/simple?max=20'

async function page(api: Bench, number: number) {
  const { items, pagination } = (await api.get(`${calls}&page=${number}`)).body
  const rows = items as { id: string; dateCreated: string }[]
  return { ids: rows.map(row => row.id), times: rows.map(row => row.dateCreated), total: pagination.total }
}

test('unstable-ties: calls of one moment change places from request to request, others do not', async () => {
  await using api = await open({ faults: 'unstable-ties', calls: 40, together: 5 })
  const [one, other] = [await page(api, 1), await page(api, 1)]
  assert.notDeepEqual(one.ids, other.ids)
  assert.deepEqual([one.times, one.ids.toSorted()], [other.times, other.ids.toSorted()])
  await using apart = await open({ faults: 'unstable-ties', calls: 40 })
  assert.deepEqual(await page(apart, 1), await page(apart, 1))
})

test('insert-old: records that were missing appear among the old ones, until all are there', async () => {
  await using api = await open({ faults: 'insert-old', calls: 60 })
  const first = (await page(api, 1)).total
  const later: number[] = []
  for (let at = 0; at < 10; at++) later.push((await page(api, 2)).total)
  assert.ok(first < 60 && later.every((total, at) => total >= (later[at - 1] ?? first)))
  assert.equal(later.at(-1), 60)
})

test('swap: rows move forward by one between pages, and the count stays', async () => {
  await using whole = await open({ calls: 60 })
  await using api = await open({ faults: 'swap', calls: 60 })
  const ids = (await whole.get('/__world/calls/ids')).body as string[]
  const [one, two, three] = [await page(api, 1), await page(api, 2), await page(api, 3)]
  const firstPlaces = [one, two, three].map(({ ids: [id = ''] }) => ids.indexOf(id))
  assert.deepEqual(firstPlaces, [0, 21, 42])
  assert.deepEqual([one.total, two.total, three.total], [55, 55, 55])
})
