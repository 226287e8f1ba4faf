import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../../simulator/response.ts'
import type { Settings } from '../../config/settings.ts'
import { reply } from '../../http/testing.ts'
import type { Json } from '../../json.ts'
import { pageOf } from '../lists-testing.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import { byInterval } from '../stream/definition.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { unpaged } from '../stream/paginators.ts'
import { type Api, DAY, HOUR, listRoute, NOW, read, SECOND, things, timeOf } from '../testing.ts'

const MIDNIGHT = Math.floor(NOW / DAY) * DAY
const iso = (moment: number) => new Date(moment).toISOString()
const window = { from: 'start', to: 'end', format: 'iso' } as const
const def = things({
  primaryKey: ['window_start'],
  incremental: byInterval('configured'),
  adapt: (record, context) => ({ ...record, window_start: iso(context.window?.from ?? 0) }),
  routes: [listRoute({ records: { kind: 'body' }, paginate: unpaged, window })],
})
const days = things({ ...def, incremental: byInterval('day') })
const api: Api = () => reply(200, { value: 1 })
const settings: Partial<Settings> = { startMs: MIDNIGHT - 3 * DAY + HOUR }
const asks = ({ asked }: Awaited<ReturnType<typeof read>>) =>
  asked.map(({ query }) => [query?.['start'], query?.['end']])
const dayFrom = (moment: number) => [iso(moment), iso(moment + DAY)]
const upTo = (to: number): Progress => ({
  cursorMs: to,
  closed: [{ from: MIDNIGHT - 3 * DAY, to }],
  readToMs: to,
  valuedToMs: to,
  finished: false,
})

test('intervals are whole days of UTC without overlap, from the one that holds the start to the last that is over', async () => {
  const found = await read(days, api, { settings })
  assert.deepEqual(
    asks(found),
    [3, 2, 1].map(back => dayFrom(MIDNIGHT - back * DAY)),
  )
  assert.equal(found.records.length, 3)
})

test('intervals may be hours', async () => {
  const hourly = { ...settings, startMs: NOW - 3 * HOUR, intervalMs: HOUR } as const
  const found = await read(def, api, { settings: hourly })
  assert.deepEqual(
    asks(found),
    [3, 2, 1].map(back => [iso(NOW - back * HOUR), iso(NOW - (back - 1) * HOUR)]),
  )
})

test('an interval is read when it is over and again once it is a lookback old, and then it is closed', async () => {
  const first = await read(def, api, { settings })
  assert.deepEqual(first.last?.closed, [{ from: MIDNIGHT - 3 * DAY, to: MIDNIGHT - DAY }])
  const progress = first.last ?? assert.fail()
  const sooner = await read(def, api, { settings, progress })
  assert.deepEqual([sooner.asked, sooner.last?.closed], [[], progress.closed])
  const later = await read(def, api, { settings, progress, nowMs: MIDNIGHT + DAY - 1 + HOUR })
  assert.deepEqual(asks(later), [dayFrom(MIDNIGHT - DAY)])
  assert.deepEqual(later.last?.closed, [{ from: MIDNIGHT - 3 * DAY, to: MIDNIGHT }])
})

test('intervals of a stream that an account lacks count as read, and nothing is asked for each of them', async () => {
  const { asked, error, last } = await read({ ...def, absence: 'empty' }, () => reply(404), { settings })
  assert.deepEqual([asked.length, error, last?.readToMs], [1, undefined, MIDNIGHT])
})

// Bug: what a metric had not been worked out yet stayed null for ever.
test('the newest intervals without a value stay open; the first value has all of them read again', async () => {
  const hasValue = ({ value }: JsonObject) => value !== null && value !== 0
  const valued = { ...def, hasValue }
  let known = MIDNIGHT - 2 * DAY
  const lagging: Api = ({ query }) =>
    reply(200, { value: Date.parse(String(query?.['end'])) <= known ? 7 : null })
  const first = await read(valued, lagging, { settings })
  assert.deepEqual(first.last?.closed, [{ from: MIDNIGHT - 3 * DAY, to: MIDNIGHT - 2 * DAY }])
  const progress = first.last ?? assert.fail()
  const quiet = await read(valued, lagging, { settings, progress })
  assert.deepEqual(asks(quiet), [dayFrom(MIDNIGHT - DAY)], 'the newest is looked at')
  known = MIDNIGHT
  const caughtUp = await read(valued, lagging, { settings, progress: quiet.last ?? assert.fail() })
  const [newest, lastValued, quietSince] = [1, 3, 2].map(back => dayFrom(MIDNIGHT - back * DAY))
  assert.deepEqual(
    asks(caughtUp),
    [newest, lastValued, quietSince],
    'what is late may lack in the last one too',
  )
  assert.deepEqual(
    caughtUp.records.map(({ value }) => value),
    [7, 7, 7],
  )
})

// Bug: the interval in which reporting stopped again was closed, and forgotten, where the one before could not be read again.
test('reporting that stops again while the interval in which it stopped before cannot be read loses no number', async () => {
  const valued = { ...days, hasValue: ({ value }: JsonObject) => value !== null }
  /** What is shown of the day in which reporting stopped, of those after it, and of those before. */
  const shown = (day: number, stopped: number) => (day === stopped ? 3 : day > stopped ? null : 7)
  const came = new Map<unknown, unknown>()
  let progress = NOTHING_READ
  for (const { now, stopped, fails } of [
    { now: 0, stopped: -2, fails: undefined },
    { now: 3, stopped: 1, fails: -2 },
    { now: 6, stopped: 9, fails: undefined },
  ]) {
    const nowMs = MIDNIGHT + now * DAY + HOUR
    const stopping: Api = ({ query }) => {
      const day = Math.round((Date.parse(String(query?.['start'])) - MIDNIGHT) / DAY)
      return day === fails ? reply(500) : reply(200, { value: shown(day, stopped) })
    }
    const found = await read(valued, stopping, { settings: { ...settings, endMs: nowMs }, progress, nowMs })
    for (const record of found.records) came.set(record['window_start'], record['value'])
    progress = found.last ?? assert.fail()
  }
  assert.deepEqual(
    [...came].filter(([, value]) => value !== 7),
    [],
  )
})

for (const hoursLate of [2, 20, 40])
  test(`numbers that always come ${hoursLate} hours late come, though a newer interval lacks its own`, async () => {
    const valued = { ...days, hasValue: ({ value }: JsonObject) => value !== null }
    const came = new Map<unknown, unknown>()
    let progress = NOTHING_READ
    const lastMs = MIDNIGHT + 9 * DAY + HOUR
    for (let nowMs = MIDNIGHT + HOUR; nowMs <= lastMs; nowMs += DAY) {
      const late: Api = ({ query }) =>
        reply(200, { value: Date.parse(String(query?.['end'])) + hoursLate * HOUR <= nowMs ? 7 : null })
      const found = await read(valued, late, {
        settings: { ...settings, endMs: nowMs, lookbackMs: 2 * DAY },
        progress,
        nowMs,
      })
      for (const record of found.records) came.set(record['window_start'], record['value'])
      progress = found.last ?? progress
    }
    const settled = [...came].filter(([start]) => Date.parse(String(start)) + 2 * DAY < lastMs - 2 * DAY)
    assert.deepEqual(
      settled.filter(([, value]) => value !== 7),
      [],
    )
  })

test('intervals without a value are closed when they are thirty days old', async () => {
  const valueless = { ...def, hasValue: () => false }
  const long = { ...settings, startMs: MIDNIGHT - 40 * DAY }
  const { last } = await read(valueless, api, { settings: long })
  assert.deepEqual(last?.closed, [{ from: MIDNIGHT - 40 * DAY, to: MIDNIGHT - 30 * DAY }])
})

test('an interval that is not over by the clock of the API stays open', async () => {
  const readAt = async (dateMs: number) => {
    const dated: Api = () => reply(200, { value: 1 }, { date: new Date(dateMs).toUTCString() })
    return (await read(def, dated, { settings })).last?.readToMs
  }
  assert.equal(await readAt(MIDNIGHT - DAY - SECOND), MIDNIGHT - 2 * DAY)
  assert.equal(await readAt(MIDNIGHT - DAY), MIDNIGHT - DAY, 'it is over when it ends')
})

test('a cursor in the middle of an interval has that interval read', async () => {
  const found = await read(def, api, { settings, progress: upTo(MIDNIGHT - DAY - HOUR) })
  assert.deepEqual(asks(found), [dayFrom(MIDNIGHT - 2 * DAY), dayFrom(MIDNIGHT - DAY)])
})

test('each scope has its own intervals: one that fails stays open, the others are closed', async () => {
  const splitBy = { agent: { stream: 'agents', field: 'id', as: 'agent_id' } }
  const others = [things({ name: 'agents', routes: [listRoute({ path: '/agents' })] })]
  const [own] = def.routes
  const scoped = {
    ...def,
    splitBy,
    primaryKey: ['window_start'],
    routes: [{ ...own, query: { of: '{agent_id}' } }] as const,
  }
  const serve =
    (failing: string): Api =>
    request => {
      if (request.path === '/agents') return pageOf([{ id: 'a' }, { id: 'b' }], request)
      return request.query?.['of'] === failing ? reply(500) : api(request, 0)
    }
  const scope = { settings: { ...settings, splitBy: 'agent', concurrency: 1 } as const, others }
  const found = await read(scoped, serve('b'), scope)
  assert.match(String(found.error), /500/)
  assert.deepEqual([...(found.last?.parents?.keys() ?? [])], ['a'])
  const next = await read(scoped, serve(''), { ...scope, progress: found.last ?? assert.fail() })
  assert.deepEqual(
    [next.error, next.asked.filter(({ query }) => query?.['of'] === 'b').length],
    [undefined, 3],
  )
  assert.equal(next.asked.filter(({ query }) => query?.['of'] === 'a').length, 0)
})

test('without an interval there is one record for the whole time, and nothing to go on from', async () => {
  const found = await read(def, api, {
    mode: 'full_refresh',
    settings: { ...settings, intervalMs: undefined },
  })
  assert.deepEqual(asks(found), [[iso(MIDNIGHT - 3 * DAY + HOUR), iso(NOW)]])
  assert.deepEqual(timeOf(found.last), timeOf({ ...NOTHING_READ, finished: true }))
})

test('a full refresh goes on where it was interrupted, and starts afresh when it finished', async () => {
  const mode = 'full_refresh'
  assert.equal((await read(def, api, { mode, settings, progress: upTo(MIDNIGHT - DAY) })).asked.length, 1)
  const found = await read(def, api, { mode, settings, progress: { ...upTo(MIDNIGHT), finished: true } })
  assert.equal(found.asked.length, 3)
  assert.equal(found.last?.finished, true)
})

test('an interval belongs to the time that is read where its last moment does', async () => {
  const endMs = MIDNIGHT - DAY - 1
  const found = await read(def, api, { settings: { ...settings, endMs } })
  assert.deepEqual(asks(found), [dayFrom(MIDNIGHT - 3 * DAY), dayFrom(MIDNIGHT - 2 * DAY)])
  const sooner = await read(def, api, { settings: { ...settings, endMs: endMs - 1 } })
  assert.deepEqual(asks(sooner), [dayFrom(MIDNIGHT - 3 * DAY)])
})

test('what earlier syncs left out before the intervals that are closed is read, though none of those had a value', async () => {
  const valueless = { ...def, hasValue: () => false }
  const [start, closedFrom, closedTo] = [45, 40, 35].map(back => MIDNIGHT - back * DAY) as [
    number,
    number,
    number,
  ]
  const progress: Progress = {
    ...NOTHING_READ,
    closed: [{ from: closedFrom, to: closedTo }],
    readToMs: MIDNIGHT,
  }
  const found = await read(valueless, api, { settings: { startMs: start }, progress })
  assert.deepEqual(
    asks(found),
    [45, 44, 43, 42, 41, 2].map(back => dayFrom(MIDNIGHT - back * DAY)),
  )
})

const ALIKE: readonly {
  says: string
  rows: (day: number) => readonly Json[]
  days?: number
  isWarned: boolean
}[] = [
  { says: 'the same records for three days', rows: () => [{ id: 1 }, { id: 2 }], isWarned: true },
  { says: 'for two days', rows: () => [{ id: 1 }, { id: 2 }], days: 2, isWarned: false },
  { says: 'one record, always the same', rows: () => [{ id: 1 }], isWarned: false },
  { says: 'nothing', rows: () => [], isWarned: false },
  { says: 'another record on one day', rows: day => [{ id: 1 }, { id: day === 2 ? 3 : 2 }], isWarned: false },
]
for (const { says, rows, days: count = 3, isWarned } of ALIKE) {
  test(`a stream that a person described and of which ${says} comes is ${isWarned ? '' : 'not '}warned of`, async () => {
    const mistakes = { samePage: () => undefined } as unknown as Mistakes
    const described = things({
      ...days,
      primaryKey: ['id', 'window_start'],
      routes: [listRoute({ paginate: unpaged, window })],
      mistakes,
    })
    const answer: Api = (request, index) => pageOf(rows(index), request)
    const startMs = MIDNIGHT - count * DAY
    const { lines } = await read(described, answer, { settings: { ...settings, startMs } })
    const [warning = ''] = lines
    assert.equal(lines.length, isWarned ? 1 : 0, lines.join())
    if (isWarned)
      assert.match(
        warning,
        /^WARN things: the API gave the same records for each of 3 days, .* window\. Look at/,
      )
    const builtIn = await read(things({ ...described, mistakes: undefined as never }), answer, {
      settings: { ...settings, startMs },
    })
    assert.deepEqual(builtIn.lines, [])
  })
}
