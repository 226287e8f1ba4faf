import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { Request } from '../../http/types.ts'
import type { JsonObject } from '../../json.ts'
import { UNKNOWN_ROUTE } from '../evidence/route-facts.ts'
import { callsBetween, pageOf, serveCalls } from '../lists-testing.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import type { Route } from '../stream/definition.ts'
import {
  type Api,
  CALLS,
  DAY,
  HOUR,
  listRoute,
  NOW,
  read,
  SECOND,
  SETTINGS,
  tallyOf,
  timeOf,
} from '../testing.ts'
import type { Span } from '../time/spans.ts'

const START = NOW - 10 * DAY
const SAFE = NOW - 60 * SECOND
const settings = { startMs: START, longestWindowMs: DAY }
const calls = callsBetween(START, NOW, 200)
const idsOf = (some: readonly JsonObject[]) => some.map(({ id }) => String(id)).sort()
const since = (moment: number) =>
  idsOf(calls.filter(call => Date.parse(String(call['dateCreated'])) >= moment))
const momentsOf = calls.map(call => Date.parse(String(call['dateCreated'])))
/** When the newest call began. */
const NEWEST = Math.max(...momentsOf)
const closedTo = (to: number, from = START, readToMs = to): Progress => ({
  cursorMs: to,
  closed: [{ from, to }],
  readToMs,
  finished: false,
})
/** All calls were read, and time is closed up to the newest. */
const DONE = closedTo(NEWEST, START, SAFE)
/** Pages of this route are known to be as long as they are asked for. */
const FULL = { routes: new Map([['/calls', { ...UNKNOWN_ROUTE, fullest: 100 }]]) }

/** The span of time that a request asks for, without the second more at either end. */
function windowOf({ query = {} }: Request): Span {
  return { from: (Number(query['time.start']) + 1) * SECOND, to: (Number(query['time.end']) - 1) * SECOND }
}

test('a first sync reads everything from the start, and closes it up to the newest call', async () => {
  const { ids, last, tally } = await read(CALLS, serveCalls(calls), { settings })
  assert.deepEqual(ids, idsOf(calls))
  assert.deepEqual(timeOf(last), DONE)
  assert.deepEqual(tally, tallyOf({ duplicate: tally.duplicate }))
})

test('a further sync reads what came since, and the lookback before it', async () => {
  const cursor = NOW - 3 * DAY
  const { ids, asked, last } = await read(CALLS, serveCalls(calls), { settings, progress: closedTo(cursor) })
  assert.deepEqual(asked[0] && windowOf(asked[0]).from, cursor - DAY)
  assert.deepEqual(ids, since(cursor - DAY))
  assert.deepEqual(timeOf(last), DONE)
})

test('the lookback counts from where the last sync had read to, so that old calls are not given again and again', async () => {
  const quiet = calls.filter(call => Date.parse(String(call['dateCreated'])) < NOW - 5 * DAY)
  const newest = Date.parse(String(quiet.at(-1)?.['dateCreated']))
  const progress = closedTo(newest, START, NOW - 2 * HOUR)
  const { ids, last } = await read(CALLS, serveCalls(quiet), { settings, progress })
  assert.deepEqual(ids, idsOf(quiet.slice(-1)))
  assert.deepEqual(timeOf(last), closedTo(newest, START, SAFE))
})

const ahead = [
  { says: 'by no more than 30 days is cut to 30 days before now, with a warning', days: 30, asked: true },
  { says: 'by more makes no request, and stays as it is', days: 31, asked: false },
]
for (const { says, days, asked } of ahead) {
  test(`a state that is ahead of the API's clock ${says}`, async () => {
    for (const mode of ['incremental', 'full_refresh'] as const) {
      const progress = closedTo(NOW + days * DAY, NOW - 90 * DAY)
      const found = await read(CALLS, serveCalls(calls), {
        mode,
        settings: { ...settings, startMs: NOW - 90 * DAY },
        progress,
      })
      assert.equal(found.asked.length > 0, asked)
      assert.equal(
        found.lines.some(line => /^WARN calls: its state is ahead of the API's clock/.test(line)),
        asked,
      )
      if (asked) assert.deepEqual(found.ids, idsOf(calls))
      else assert.deepEqual(found.told.map(timeOf), [timeOf(progress)])
    }
  })
}

test('nothing is closed beyond a minute before the moment that the API dates its answers with', async () => {
  const dateMs = NOW - 3 * DAY
  const dated: Api = (request, index) => {
    const answer = serveCalls(calls)(request, index)
    return { ...answer, headers: { date: new Date(dateMs).toUTCString() } }
  }
  const { last } = await read(CALLS, dated, { settings })
  assert.deepEqual(last?.closed, [{ from: START, to: dateMs - 60 * SECOND }])
})

test('what an earlier sync left open is read, and the rest left alone', async () => {
  const closed = [
    { from: START, to: START + 2 * DAY },
    { from: START + 4 * DAY, to: SAFE },
  ]
  const progress = { ...NOTHING_READ, cursorMs: START + 2 * DAY, closed, readToMs: SAFE }
  const { asked, last } = await read(CALLS, serveCalls(calls), { settings, progress })
  const spans = asked.map(windowOf)
  assert.deepEqual(spans[0]?.from, START + DAY)
  assert.ok(spans.every(({ from, to }) => to <= START + 4 * DAY || from >= SAFE - DAY))
  assert.deepEqual(last?.closed, [{ from: START, to: SAFE }])
})

test('a start that moved back does not move the cursor back, however far its part came', async () => {
  const progress = { ...closedTo(NOW - 2 * DAY, START + 5 * DAY), ...FULL }
  const { told } = await read(
    CALLS,
    (request, index) => (index > 1 ? reply(500) : serveCalls(calls)(request, index)),
    { settings: { ...settings, concurrency: 1 }, progress },
  )
  assert.ok(told.every(({ cursorMs }) => cursorMs === NOW - 2 * DAY))
  assert.deepEqual(told.at(-1)?.closed[0], { from: START, to: START + 2 * DAY })
})

test('progress is told after each window, and never claims more than was read', async () => {
  const { told, asked } = await read(CALLS, serveCalls(calls), {
    settings: { ...settings, concurrency: 1 },
    progress: { ...NOTHING_READ, ...FULL },
  })
  assert.equal(told.length, 11)
  for (const [index, { closed }] of told.slice(0, 3).entries()) {
    const end = closed[0]?.to ?? 0
    assert.ok(end <= START + (index + 1) * DAY && end > START + index * DAY, new Date(end).toISOString())
  }
  assert.equal(asked.length, 10)
})

test('a full refresh that was interrupted goes on where it stopped, without lookback', async () => {
  const { ids, last } = await read(CALLS, serveCalls(calls), {
    mode: 'full_refresh',
    settings,
    progress: closedTo(NOW - DAY),
  })
  assert.deepEqual(ids, since(NOW - DAY - SECOND))
  assert.deepEqual(timeOf(last), { ...DONE, finished: true })
})

test('a full refresh after one that finished starts afresh', async () => {
  const progress = { ...closedTo(SAFE), finished: true }
  const { ids } = await read(CALLS, serveCalls(calls), { mode: 'full_refresh', settings, progress })
  assert.deepEqual(ids, idsOf(calls))
})

test('a sync whose end lies in the past closes everything up to it', async () => {
  const endMs = NOW - 5 * DAY
  const { ids, last } = await read(CALLS, serveCalls(calls), { settings: { ...settings, endMs } })
  assert.deepEqual(last?.closed, [{ from: START, to: endMs }])
  assert.equal(ids.length, 101)
})

test('an end that moves on, or a start that moves back, has exactly the holes read', async () => {
  const within = { ...settings, startMs: NOW - 6 * DAY, endMs: NOW - 3 * DAY, lookbackMs: 0 }
  const first = await read(CALLS, serveCalls(calls), { settings: within })
  const progress = first.last ?? assert.fail()
  const wider = await read(CALLS, serveCalls(calls), {
    settings: { ...within, startMs: START, endMs: NOW },
    progress,
  })
  const spans = wider.asked.map(windowOf)
  assert.ok(
    spans.every(({ from, to }) => to <= within.startMs || from >= within.endMs),
    JSON.stringify(spans),
  )
  assert.deepEqual([...new Set([...first.ids, ...wider.ids])].sort(), idsOf(calls))
})

test('a filter that is ignored is noticed, and everything is read once, without windows', async () => {
  const newestFirst = calls.toReversed()
  for (const concurrency of [1, 8]) {
    const { ids, records, asked, lines, last } = await read(CALLS, request => pageOf(newestFirst, request), {
      settings: { ...settings, startMs: START + DAY, concurrency },
    })
    assert.deepEqual(ids, since(START + DAY))
    assert.equal(new Set(ids).size, records.length)
    assert.deepEqual(lines, [
      'WARN calls: the API ignores the time filter, so everything is read and filtered here.',
    ])
    const whole = asked.filter(({ query }) => query?.['time.end'] === NOW / SECOND + 1)
    assert.deepEqual(
      whole.map(({ query }) => [query?.['time.start'], query?.['page']]),
      [1, 2, 3].map(page => [(START + DAY) / SECOND - 1, page]),
    )
    assert.ok(asked.length - whole.length <= 2, 'two windows at most are tried before')
    assert.deepEqual(timeOf(last), closedTo(NEWEST, START + DAY, SAFE))
  }
})

for (const status of [400, 413, 422, 500])
  test(`where the filter is ignored and so long a time is refused (${status}), ${status < 500 ? 'all is asked for without one' : 'that is a failure'}`, async () => {
    const isWhole = ({ query }: Request) =>
      query?.['time.start'] === (START + DAY) / SECOND - 1 && query['time.end'] === NOW / SECOND + 1
    const { asked, error, ids } = await read(
      CALLS,
      request => (isWhole(request) ? reply(status) : pageOf(calls.toReversed(), request)),
      { settings: { ...settings, startMs: START + DAY } },
    )
    const untimed = asked.filter(({ query }) => query?.['time.start'] === undefined)
    assert.equal(untimed.length > 0, status < 500)
    assert.deepEqual(
      [ids.length > 0, error?.failure],
      status < 500 ? [true, undefined] : [false, 'transient_error'],
    )
  })

test('rows that lie a step outside, where moments are written in steps, are of the time that was asked for', async () => {
  const widen = ({ from, to }: Span) => ({
    from: Math.floor(from / HOUR) * HOUR,
    to: Math.ceil(to / HOUR) * HOUR,
  })
  const route: Route = {
    ...listRoute({ path: '/calls' }),
    window: { stepMs: HOUR, widen },
    write: ({ window, paging }) => {
      const { from, to } = window ?? assert.fail('a window is asked for')
      const query = { ...paging, 'time.start': from / SECOND - 3599, 'time.end': to / SECOND + 3599 }
      return { path: '/calls', query }
    },
  }
  const { ids, lines } = await read({ ...CALLS, routes: [route] }, serveCalls(many), {
    settings: { ...settings, startMs: NOW - 2 * DAY, longestWindowMs: 6 * HOUR, pageSize: 500 },
  })
  assert.deepEqual([lines, new Set(ids).size], [[], 2000])
})

test('a stream that is absent is read without a record', async () => {
  const { records, error } = await read({ ...CALLS, absence: 'empty' }, () => reply(404), { settings })
  assert.deepEqual({ records, error }, { records: [], error: undefined })
})

test('a full page of records without a time is no reason to cut the windows short', async () => {
  const rows = Array.from({ length: 100 }, (_, index) => ({ id: `t${index}` }))
  const { asked, ids } = await read(
    CALLS,
    request => pageOf(rows, request, { leavesOut: ['pages', 'total', 'max'] }),
    { settings: { ...settings, startMs: NOW - DAY } },
  )
  assert.deepEqual({ requests: asked.length, records: ids.length }, { requests: 2, records: 100 })
})

const many = callsBetween(NOW - 30 * DAY, NOW, 30_000)
for (const failing of [0, 1, 2, 5, 20, 60]) {
  const says = `an error at request ${failing}, and wherever its records are, leaves their time open, stops nothing else, and does not hang`
  test(says, { timeout: 60_000 }, async () => {
    const served = serveCalls(many)
    let broken: string | undefined
    const api: Api = (request, index) => {
      const answer = served(request, index)
      if (index === failing) broken = answer.bytes.toString().match(/"c\d+"/)?.[0] ?? 'none'
      return broken !== undefined && answer.bytes.includes(broken) ? reply(500) : answer
    }
    const { error, told, asked, ids } = await read(CALLS, api, {
      settings: { ...settings, startMs: NOW - 30 * DAY, concurrency: 8 },
    })
    assert.match(String(error), /500/)
    const came = new Set(ids)
    const closed = told.at(-1)?.closed ?? []
    assert.ok(asked.length > failing && closed.length > 0)
    assert.ok(many.every(call => came.has(String(call['id'])) || !closed.some(span => isIn(call, span))))
  })
}

function isIn(call: JsonObject, { from, to }: Span): boolean {
  const at = Date.parse(String(call['dateCreated']))
  return at >= from && at < to
}

test('the longest window of the config bounds what is asked for', async () => {
  const { asked } = await read(CALLS, serveCalls([]), { settings: { ...settings, longestWindowMs: 2 * DAY } })
  assert.deepEqual(
    asked.map(windowOf).map(({ from, to }) => (to - from) / DAY),
    [2, 2, 2, 2, 2],
  )
  assert.equal(SETTINGS.longestWindowMs, 30 * DAY)
})
