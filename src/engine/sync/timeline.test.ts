import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { Request } from '../../http/types.ts'
import type { JsonObject } from '../../json.ts'
import type { Progress } from '../state/progress.ts'
import {
  CALLS,
  callsBetween,
  DAY,
  HOUR,
  NOW,
  pageOf,
  read,
  SECOND,
  SETTINGS,
  serveCalls,
  tallyOf,
} from '../testing.ts'
import type { Span } from '../time/spans.ts'

const START = NOW - 10 * DAY
const SAFE = NOW - 60 * SECOND
const settings = { startMs: START, longestWindowMs: DAY }
const calls = callsBetween(START, NOW, 200)
const idsOf = (some: readonly JsonObject[]) => some.map(({ id }) => String(id)).sort()
const since = (moment: number) =>
  idsOf(calls.filter(call => Date.parse(String(call['dateCreated'])) >= moment))
const closedTo = (to: number, from = START): Progress => ({
  cursorMs: to,
  closed: [{ from, to }],
  finished: false,
})

/** The stretch of time that a request asks for, without the second more at either end. */
function windowOf({ query = {} }: Request): Span {
  return { from: (Number(query['time.start']) + 1) * SECOND, to: (Number(query['time.end']) - 1) * SECOND }
}

test('a first sync reads everything from the start, and closes it up to a minute before now', async () => {
  const { ids, last, tally } = await read(CALLS, serveCalls(calls), { settings })
  assert.deepEqual(ids, idsOf(calls))
  assert.deepEqual(last, closedTo(SAFE))
  assert.deepEqual(tally, tallyOf({ duplicate: tally.duplicate }))
})

test('a further sync reads what came since, and the lookback before it', async () => {
  const cursor = NOW - 3 * DAY
  const { ids, asked, last } = await read(CALLS, serveCalls(calls), { settings, progress: closedTo(cursor) })
  assert.deepEqual(asked[0] && windowOf(asked[0]).from, cursor - DAY)
  assert.deepEqual(ids, since(cursor - DAY))
  assert.deepEqual(last, closedTo(SAFE))
})

test('a cursor beyond the end makes no request, and stays as it is', async () => {
  for (const mode of ['incremental', 'full_refresh'] as const) {
    const progress = closedTo(NOW + HOUR)
    const { asked, told } = await read(CALLS, () => assert.fail(), { mode, settings, progress })
    assert.deepEqual({ asked, told }, { asked: [], told: [progress] })
  }
})

test('what an earlier sync left open is read, and the rest left alone', async () => {
  const closed = [
    { from: START, to: START + 2 * DAY },
    { from: START + 4 * DAY, to: SAFE },
  ]
  const progress = { cursorMs: START + 2 * DAY, closed, finished: false }
  const { asked, last } = await read(CALLS, serveCalls(calls), { settings, progress })
  const spans = asked.map(windowOf)
  assert.deepEqual(spans[0]?.from, START + DAY)
  assert.ok(spans.every(({ from, to }) => to <= START + 4 * DAY || from >= SAFE - DAY))
  assert.deepEqual(last, closedTo(SAFE))
})

test('a start that moved back does not move the cursor back, however far its part came', async () => {
  const progress = closedTo(NOW - 2 * DAY, START + 5 * DAY)
  const { told } = await read(
    CALLS,
    (request, index) => (index > 1 ? reply(500) : serveCalls(calls)(request, index)),
    { settings: { ...settings, concurrency: 1 }, progress },
  )
  assert.deepEqual(
    told.map(({ cursorMs, closed }) => [cursorMs, closed[0]]),
    [1, 2].map(days => [NOW - 2 * DAY, { from: START, to: START + days * DAY }]),
  )
})

test('progress is told after each window, and never claims more than was read', async () => {
  const asked: Span[] = []
  const { told } = await read(
    CALLS,
    request => {
      asked.push(windowOf(request))
      return serveCalls(calls)(request, 0)
    },
    { settings: { ...settings, concurrency: 1 } },
  )
  assert.equal(told.length, 11)
  assert.deepEqual(
    told.slice(0, 3).map(({ closed }) => closed),
    [1, 2, 3].map(days => [{ from: START, to: START + days * DAY }]),
  )
  assert.equal(asked.length, 10)
})

test('a full refresh that was interrupted goes on where it stopped, without lookback', async () => {
  const { ids, last } = await read(CALLS, serveCalls(calls), {
    mode: 'full_refresh',
    settings,
    progress: closedTo(NOW - DAY),
  })
  assert.deepEqual(ids, since(NOW - DAY - SECOND))
  assert.deepEqual(last, { ...closedTo(SAFE), finished: true })
})

test('a full refresh after one that finished starts afresh', async () => {
  const progress = { ...closedTo(SAFE), finished: true }
  const { ids } = await read(CALLS, serveCalls(calls), { mode: 'full_refresh', settings, progress })
  assert.deepEqual(ids, idsOf(calls))
})

test('a sync whose end lies in the past closes everything up to it', async () => {
  const endMs = NOW - 5 * DAY
  const { ids, last } = await read(CALLS, serveCalls(calls), {
    settings: { ...settings, endMs, safeMs: endMs },
  })
  assert.deepEqual(last, closedTo(endMs))
  assert.equal(ids.length, 101)
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
    assert.deepEqual(
      asked.slice(1).map(({ query }) => query),
      [
        { page: 1, max: 100 },
        { page: 2, max: 100 },
      ],
    )
    assert.deepEqual(last, closedTo(SAFE, START + DAY))
  }
})

test('a stream that is absent is read without a record', async () => {
  const { records, last, error } = await read({ ...CALLS, absence: 'empty' }, () => reply(404), { settings })
  assert.deepEqual({ records, last, error }, { records: [], last: closedTo(SAFE), error: undefined })
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
  const says = `an error at request ${failing} stops the stream, keeps what is closed, and does not hang`
  test(says, { timeout: 5000 }, async () => {
    const api = serveCalls(many)
    const { error, told, asked, ids } = await read(
      CALLS,
      (request, index) => (index === failing ? reply(500) : api(request, index)),
      { settings: { ...settings, startMs: NOW - 30 * DAY, concurrency: 8 } },
    )
    assert.match(String(error), /500/)
    assert.ok(asked.length <= failing + 2 * 8 * 10, 'only what is under way is read on')
    const came = new Set(ids)
    const closed = told.at(-1)?.closed ?? []
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
