import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { Request } from '../../http/types.ts'
import type { JsonObject } from '../../json.ts'
import { UNKNOWN_ROUTE } from '../evidence/route-facts.ts'
import { callsBetween, pageOf, serveCalls } from '../lists-testing.ts'
import { NOTHING_READ } from '../state/progress.ts'
import { type Api, CALLS, DAY, HOUR, NOW, read } from '../testing.ts'

/** An API whose filter by time is off: by hours, as in another zone. */
const shifted =
  (calls: readonly JsonObject[], hours: number, quirks: Parameters<typeof serveCalls>[1] = {}): Api =>
  (request, index) => {
    const { 'time.start': from, 'time.end': to, ...rest } = request.query ?? {}
    const query = {
      ...rest,
      'time.start': Number(from) + hours * 3600,
      'time.end': Number(to) + hours * 3600,
    }
    return serveCalls(calls, quirks)({ ...request, query }, index)
  }

const START = NOW - 60 * DAY
const settings = { startMs: START, endMs: START + 10 * DAY, longestWindowMs: DAY, concurrency: 2 }
const idsOf = (calls: readonly JsonObject[]) => calls.map(({ id }) => String(id)).sort()
/** Wider windows overlap, and what lies in two of them may come twice. */
const each = (ids: readonly string[]) => [...new Set(ids)].sort()

for (const hours of [-3, -1, 1, 2]) {
  test(`a filter that is off by ${hours} hours loses nothing, is said once, and is known from then on`, async () => {
    const calls = callsBetween(START, START + 10 * DAY, 480)
    const { ids, error, lines, last } = await read(CALLS, shifted(calls, hours), { settings })
    assert.deepEqual([each(ids), error], [idsOf(calls), undefined])
    const margin = Math.abs(hours)
    assert.deepEqual(lines, [
      `INFO calls: the API's filter by time is off by up to ${margin * 60} minutes, so windows are asked for that much wider.`,
    ])
    assert.equal(last?.routes?.get('/calls')?.marginMs, margin * HOUR)
    const again = await read(CALLS, shifted(calls, hours), {
      settings: { ...settings, startMs: START - DAY },
      progress: last ?? assert.fail(),
    })
    assert.deepEqual(widthsOf(again.asked), [24 + 2 * margin], 'a day, wider at either end')
  })
}

/** How many hours each request asks for, without the second more at either end. */
function widthsOf(asked: readonly Request[]): number[] {
  return asked.map(({ query = {} }) => (Number(query['time.end']) - Number(query['time.start']) - 2) / 3600)
}

test('a window that is hardly longer than what it is asked wider by is not halved because its last page is full', async () => {
  const calls = callsBetween(START, START + DAY, 36)
  const uncounted = shifted(calls, 2, { leavesOut: ['total', 'pages'] })
  const { ids, error, asked } = await read(CALLS, uncounted, {
    settings: { ...settings, endMs: START + DAY, pageSize: 3 },
  })
  assert.deepEqual([each(ids), error], [idsOf(calls), undefined])
  assert.ok(asked.length < 100, `${asked.length} requests`)
})

test('a window that was asked for before that was known is asked for again', async () => {
  const callAt = (hour: number) => ({
    id: `h${hour}`,
    dateCreated: new Date(START + hour * HOUR).toISOString(),
  })
  // Of the first day nothing comes. The second one tells, while the third, the last one, has been asked for, and was empty.
  const calls = [22.5, 30, 71].map(callAt)
  const threeDays = { ...settings, endMs: START + 3 * DAY }
  const { ids, error } = await read(CALLS, shifted(calls, -2), { settings: threeDays })
  assert.deepEqual([each(ids), error], [idsOf(calls), undefined])
})

// Bug: the first window lacked what came in none, for the next one alone showed by how much the filter is off.
test('what the outermost window lacked comes once a later one tells that the filter is off', async () => {
  const at = (hour: number) => ({
    id: `h${hour}`,
    dateCreated: new Date(START + hour * HOUR).toISOString(),
  })
  const calls = [0.5, 5, 12, 30, 49.5, 60, 71.5].map(at)
  const threeDays = { ...settings, endMs: START + 3 * DAY, concurrency: 1 }
  const { ids, error, asked } = await read(CALLS, shifted(calls, 2), { settings: threeDays })
  assert.deepEqual([each(ids), error], [idsOf(calls), undefined])
  assert.equal(asked.length, 5, 'three windows, the second and the first of them once more')
})

/** Calls so many hours after the start. */
const callsAt = (...hours: readonly number[]) =>
  hours.map(hour => ({ id: `h${hour}`, dateCreated: new Date(START + hour * HOUR).toISOString() }))

// Bug: only windows that had been read by then were read again, and nobody looked at one that was being read.
test('so it comes where that window is still being read when another one tells', async () => {
  const calls = callsAt(0.5, 5, 6, 7, 8, 9, 10, 30, 49.5)
  const twoAtOnce = { ...settings, endMs: START + 2.2 * DAY, pageSize: 3, concurrency: 2 }
  const { ids, error } = await read(CALLS, shifted(calls, 2), { settings: twoAtOnce })
  assert.deepEqual([each(ids), error], [idsOf(calls), undefined])
})

// Bug: of a list that comes newest first, the first page told nothing, and the others were not asked.
test('a filter that is off is found out by further pages too', async () => {
  const [before, ...calls] = callsAt(-1.5, 1, 5, 10, 21, 23.5)
  const oneDay = { ...settings, endMs: START + DAY, pageSize: 3 }
  const { ids, error, last } = await read(CALLS, shifted([before ?? {}, ...calls], -2), { settings: oneDay })
  assert.deepEqual([each(ids), error], [idsOf(calls), undefined])
  assert.equal(last?.routes?.get('/calls')?.marginMs, 2 * HOUR)
})

// Bug: until the outermost windows were read again they were closed, and a sync that ended in between lost what they lacked.
test('a window that is to be read again, and fails then, is read by the next sync', async () => {
  const calls = callsAt(0.5, 5, 12, 30, 49.5, 60, 71.5)
  const threeDays = { ...settings, endMs: START + 3 * DAY, concurrency: 1 }
  const isWider = ({ query = {} }: Request) => Number(query['time.start']) * 1000 < START - HOUR
  const failing: Api = (request, index) => (isWider(request) ? reply(500) : shifted(calls, 2)(request, index))
  const first = await read(CALLS, failing, { settings: threeDays })
  assert.equal(first.error?.failure, 'transient_error')
  const { ids, error } = await read(CALLS, shifted(calls, 2), {
    settings: threeDays,
    progress: first.last ?? assert.fail(),
  })
  assert.deepEqual([each([...first.ids, ...ids]), error], [idsOf(calls), undefined])
})

// Bug: counts that windows had refuted, since the filter was ignored, were not believed of the whole list either, which broke off.
for (const { says, most, isShort } of [
  { says: 'breaks off is short of its count, though windows refuted that', most: 44, isShort: true },
  { says: 'holds all that it counts is whole', most: 60, isShort: false },
])
  test(`a list that ignores the filter by time and ${says}`, async () => {
    const rows = callsBetween(NOW - 20 * DAY, NOW - 19 * DAY, 60)
    const served: Api = request => {
      const page = pageOf(rows, request)
      const { items, pagination } = JSON.parse(page.bytes.toString())
      const from = (Number(request.query?.['page']) - 1) * 20
      return reply(200, {
        items: items.slice(0, Math.max(0, most - from)),
        pagination: { ...pagination, pages: undefined },
      })
    }
    const routes = new Map([['/calls', { ...UNKNOWN_ROUTE, fullest: 20, surplus: 'all' as const }]])
    const { error, last } = await read(CALLS, served, {
      settings: { startMs: NOW - 90 * DAY, pageSize: 20 },
      progress: { ...NOTHING_READ, routes },
    })
    assert.equal(error?.failure, isShort ? 'transient_error' : undefined)
    assert.equal(last?.closed.length ?? 0, isShort ? 0 : 1)
    assert.equal(last?.routes?.get('/calls')?.surplus, 'all')
  })
