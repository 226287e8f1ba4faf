import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open, walk, wednesday } from '../../testing.ts'
import { FUTURE_IDS } from './dates.ts'

const calls = '/api/v2/calls/reporting/simple?max=100'
const impossible = ['0000-00-00T00:00:00Z', '0000-01-01T00:00:00Z', '2026-13-01T00:00:00.000Z', 1e300]

async function datesOf(api: Bench): Promise<unknown[]> {
  const { records } = await walk(api, page => `${calls}&page=${page}`, 'items')
  return records.map(record => record['dateCreated'])
}

test('future-record: a list begins and ends with one that is dated a week ahead, whatever its window', async () => {
  await using api = await open({ faults: 'future-record:7', calls: 80 })
  for (const days of [10, 1]) {
    const { items, pagination } = (await api.get(`${calls}&time.start=${wednesday / 1000 - days * 86_400}`))
      .body
    const ends = [items[0], items.at(-1)].map(({ id, dateCreated }) => [id, dateCreated])
    assert.deepEqual(
      ends,
      FUTURE_IDS.map(id => [id, '2026-05-27T14:00:00.000Z']),
    )
    assert.equal(items.length, pagination.total)
  }
})

test('future-record: an empty list stays empty, and what has no time is left alone', async () => {
  await using api = await open({ faults: 'future-record' })
  assert.equal((await api.get(`${calls}&time.start=4000000000`)).body.pagination.total, 0)
  assert.equal((await api.get('/api/v2/queues')).body.pagination.total, 12)
})

const rows = [
  { faults: 'impossible-dates', dates: impossible },
  { faults: 'impossible-dates:zero', dates: impossible.slice(0, 1) },
  { faults: 'impossible-dates:year-0', dates: impossible.slice(1, 2) },
  { faults: 'impossible-dates:month-13', dates: impossible.slice(2, 3) },
  { faults: 'impossible-dates:huge', dates: impossible.slice(3) },
]

for (const { faults, dates } of rows)
  test(`${faults}: one call in five is dated so, always the same ones`, async () => {
    await using api = await open({ faults })
    const seen = await datesOf(api)
    const odd = seen.filter(date => impossible.includes(date as string))
    assert.deepEqual(new Set(odd), new Set(dates))
    assert.ok(odd.length > 150 && odd.length < 250, `${odd.length}`)
    assert.deepEqual(await datesOf(api), seen)
  })

test('impossible-dates:huge beside a fault that holds new records back: what has no date is not new', async () => {
  await using api = await open({ faults: 'impossible-dates:huge,reporting-lags:1' })
  assert.ok((await datesOf(api)).filter(date => date === 1e300).length > 150)
})

test('dates that there are none of are refused', async () => {
  await assert.rejects(
    open({ faults: 'impossible-dates:never' }),
    /zero, year-0, month-13, huge; not "never"/,
  )
})
