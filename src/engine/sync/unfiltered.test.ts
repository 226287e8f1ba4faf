import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { JsonObject } from '../../json.ts'
import { callsBetween, pageOf } from '../lists-testing.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import { byOwnTime, type StreamDef } from '../stream/definition.ts'
import { type Api, CALLS, DAY, HOUR, NOW, read, things } from '../testing.ts'

/** How many records the list gives at most. */
const MOST = 44
const SIZE = 20
/** All within half a day, so that no row lies far from any window. */
const calls = callsBetween(NOW - 20 * HOUR, NOW - 8 * HOUR, 80)
const settings = { startMs: NOW - 3 * DAY, longestWindowMs: 2 * DAY, pageSize: SIZE }
const FRESH: Progress = { ...NOTHING_READ, routes: new Map() }

/** An API that gives the newest records only, by empty pages after them, and counts them all; the time that is asked for changes
 *  nothing where it ignores it. */
const cutOff =
  (rows: readonly JsonObject[], most = MOST, hasFilter = false): Api =>
  ({ query = {} }) => {
    const [from, to] = [Number(query['time.start'] ?? 0) * 1000, Number(query['time.end'] ?? NOW) * 1000]
    const isAsked = ({ dateCreated }: JsonObject) =>
      Date.parse(String(dateCreated)) >= from && Date.parse(String(dateCreated)) <= to
    const found = hasFilter ? rows.filter(isAsked) : rows
    const { bytes } = pageOf([...found].reverse().slice(0, most), { query } as never)
    const { items } = JSON.parse(bytes.toString())
    return reply(200, { items, pagination: { total: found.length } })
  }

const idsOf = (rows: readonly JsonObject[]) => rows.map(({ id }) => String(id)).sort()
const each = (ids: readonly string[]) => [...new Set(ids)].sort()
const momentOf = (call: JsonObject | undefined) => Date.parse(String(call?.['dateCreated']))
const asksAround = (moment: number) => (query: JsonObject) => Number(query['time.end']) * 1000 < moment - DAY

// Bug: every window gave the same records and the same count, which then was taken for no count at all, without a word.
for (const concurrency of [1, 8])
  test(`a list that breaks off, whatever time is asked for, is short of its count (${concurrency} at once)`, async () => {
    const { error, lines, last, asked } = await read(CALLS, cutOff(calls), {
      settings: { ...settings, concurrency },
      progress: FRESH,
    })
    assert.equal(error?.failure, 'transient_error')
    assert.match(error?.message ?? '', /counts 80 records and gave 44 in two readings/)
    assert.ok(
      lines.includes('WARN calls: the API ignores the time filter, so everything is read and filtered here.'),
    )
    assert.deepEqual(last?.closed ?? [], [])
    assert.ok(asked.length <= 40, `${asked.length} requests`)
  })

// Bug: each window was halved down to a second, since it counts two and gives one of another time.
test('a list of one record that counts two, whatever time is asked for, takes few requests', async () => {
  const { asked, ids, error } = await read(CALLS, cutOff(calls.slice(0, 2), 1), {
    settings: { ...settings, startMs: NOW - 30 * DAY, longestWindowMs: DAY / 5 },
    progress: FRESH,
  })
  assert.equal(each(ids).length, 1)
  assert.match(error?.message ?? '', /counts 2 records and gave 1/)
  assert.ok(asked.length < 150, `${asked.length} requests`)
})

test('so it is where it is known from an earlier sync that windows must be asked for a day wider', async () => {
  const first = await read(CALLS, cutOff(calls.slice(0, 40), 100), { settings, progress: FRESH })
  const { error } = await read(CALLS, cutOff(calls), { settings, progress: first.last ?? assert.fail() })
  assert.match(error?.message ?? '', /counts 80 records and gave 44 in two readings/)
})

test('a filter that is merely off by hours is found to be one by a single request, and windows are halved', async () => {
  const rows = callsBetween(NOW - 40 * DAY, NOW - 38 * DAY, 200)
  const shifted: Api = (request, index) => {
    const { 'time.start': from, 'time.end': to, ...rest } = request.query ?? {}
    const query = { ...rest, 'time.start': Number(from) + 7200, 'time.end': Number(to) + 7200 }
    return cutOff(rows, MOST, true)({ ...request, query }, index)
  }
  const { ids, error, asked } = await read(CALLS, shifted, {
    settings: { ...settings, startMs: NOW - 60 * DAY, endMs: NOW - 35 * DAY, concurrency: 1 },
    progress: FRESH,
  })
  assert.deepEqual([each(ids), error], [idsOf(rows), undefined])
  const before = asked.filter(({ query = {} }) => asksAround(momentOf(rows[0]) - DAY)(query as JsonObject))
  assert.ok(before.length > 0)
})

const filtered: StreamDef = things({ name: 'calls', incremental: byOwnTime('dateCreated') })
for (const { says, def } of [
  { says: 'that ignores the filter by time', def: CALLS },
  { says: 'without a filter by time', def: filtered },
])
  test(`of a list ${says} and is short of its count for an hour only that is closed which came`, async () => {
    const first = await read(def, cutOff(calls), { settings, progress: FRESH })
    assert.equal(first.error?.failure, 'transient_error')
    const later = { settings: { ...settings, endMs: NOW + 2 * HOUR }, nowMs: NOW + 2 * HOUR }
    const second = await read(def, cutOff(calls), { ...later, progress: first.last ?? assert.fail() })
    assert.equal(second.error, undefined)
    assert.ok(second.lines.some(line => line.includes('counts 80 records in one part, and gave the same 44')))
    const [oldest, newest] = [momentOf(calls[80 - MOST]), momentOf(calls.at(-1))]
    assert.deepEqual(second.last?.closed, [{ from: oldest, to: newest }])
    const third = await read(def, cutOff(calls, 100), { ...later, progress: second.last ?? assert.fail() })
    assert.deepEqual(
      [each([...first.ids, ...third.ids]), third.error],
      [idsOf(calls), undefined],
      'what it shows after that is read',
    )
  })

// Bug: by how much the filter seemed to be off while it was ignored was believed once it was not, and no window was short enough.
test('by how much an ignored filter seemed to be off is forgotten', async () => {
  const { last } = await read(CALLS, cutOff(calls), { settings, progress: FRESH })
  assert.equal(last?.routes?.get('/calls')?.marginMs, 0)
  const { ids, error } = await read(CALLS, cutOff(calls, MOST, true), {
    settings,
    progress: last ?? assert.fail(),
  })
  assert.deepEqual([each(ids), error], [idsOf(calls), undefined])
})

// Bug: a first page of one moment made windows as short as a second, each of which gave the whole list.
test('a list that ignores the filter by time and begins with many records of one moment is read in tens of requests', async () => {
  const rows = [20, 14, 8].flatMap(hours =>
    Array.from({ length: 30 }, (_, index) => ({
      id: `${hours}-${index}`,
      dateCreated: new Date(NOW - hours * HOUR).toISOString(),
    })),
  )
  const uncounted: Api = request => pageOf(rows, request, { leavesOut: ['total', 'pages'] })
  const { ids, error, asked } = await read(CALLS, uncounted, {
    settings: { ...settings, startMs: NOW - 30 * HOUR },
    progress: FRESH,
  })
  assert.deepEqual([each(ids), error], [idsOf(rows), undefined])
  assert.ok(asked.length < 100, `${asked.length} requests`)
})
