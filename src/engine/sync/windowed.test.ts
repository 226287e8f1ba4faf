import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import { callsBetween, serveCalls } from '../lists-testing.ts'
import { NOTHING_READ } from '../state/progress.ts'
import { oneAt } from '../stream/definition.ts'
import { unpaged } from '../stream/paginators.ts'
import { type Api, CALLS, DAY, listRoute, NOW, read, SECOND, tallyOf, things } from '../testing.ts'

const START = NOW - 10 * DAY
const calls = callsBetween(START, NOW, 50)
const settings = { startMs: START }

/** One request for each call in the windows that are read. */
const DETAILS = things({
  name: 'call_details',
  parent: { stream: 'calls', field: 'id', as: 'id', ids: 'calls' },
  incremental: { strategy: 'through-parent', field: 'dateCreated' },
  absence: 'gone',
  routes: [listRoute({ path: '/calls/{id}', records: oneAt('item'), paginate: unpaged })],
})

const gone = new Set(['/calls/c3', '/calls/c7'])
const api: Api = (request, index) => {
  if (request.path === '/calls') return serveCalls(calls)(request, index)
  if (gone.has(request.path)) return reply(404)
  const call = calls.find(({ id }) => request.path === `/calls/${id}`)
  return reply(200, { item: { ...call, detail: true } })
}
const others = [CALLS]

test('a stream that follows its parent reads one record for each of the parent, once', async () => {
  const { records, ids, tally, asked } = await read(DETAILS, api, { settings, others })
  assert.equal(ids.length, 48)
  assert.ok(records.every(({ detail }) => detail === true))
  assert.equal(tally.gone, 2)
  const details = asked.filter(({ path }) => path !== '/calls').map(({ path }) => path)
  assert.equal(new Set(details).size, details.length)
  assert.equal(details.length, 50)
})

test('its progress is the time of its parent, with the lookback', async () => {
  const cursor = NOW - 2 * DAY
  const progress = { cursorMs: cursor, closed: [{ from: START, to: cursor }], finished: false }
  const { ids, last } = await read(DETAILS, api, { settings, others, progress })
  const late = calls.filter(({ dateCreated }) => Date.parse(String(dateCreated)) >= cursor - DAY - SECOND)
  assert.deepEqual(ids, late.map(({ id }) => String(id)).sort())
  assert.deepEqual(last?.cursorMs, Date.parse(String(calls.at(-1)?.['dateCreated'])))
})

test('where the config names ids, those are read, and the parent is not', async () => {
  const { ids, asked, tally } = await read(DETAILS, api, {
    settings: { ...settings, ids: { calls: ['c1', 'c3'] } },
    others,
  })
  assert.deepEqual(ids, ['c1'])
  assert.deepEqual(
    asked.map(({ path }) => path),
    ['/calls/c1', '/calls/c3'],
  )
  assert.deepEqual(tally, tallyOf({ gone: 1 }))
})

test('a parent that does not exist is our fault, and said', async () => {
  const { error } = await read(DETAILS, api, { settings })
  assert.match(String(error), /call_details has a parent that does not exist\./)
})

test('a record that fails stops the stream, and leaves its window open', { timeout: 60_000 }, async () => {
  const { error, told } = await read(
    DETAILS,
    (request, index) => (request.path === '/calls/c41' ? reply(500) : api(request, index)),
    { settings: { ...settings, longestWindowMs: DAY }, others },
  )
  assert.match(String(error), /500/)
  const failedAt = Date.parse(String(calls[41]?.['dateCreated']))
  assert.ok(told.length > 0)
  for (const { closed } of told) assert.ok(closed.every(({ from, to }) => failedAt < from || failedAt >= to))
})

// Bug: the parent's duplicates were reported as the child's.
test('what is left out of the parent is not reported of the child', async () => {
  const twice: Api = (request, index) =>
    request.path === '/calls'
      ? serveCalls([...calls, ...calls.slice(-3)])(request, index)
      : api(request, index)
  const { ids, tally } = await read(DETAILS, twice, { settings, others })
  assert.equal(ids.length, 48)
  assert.deepEqual(tally, tallyOf({ gone: 2 }))
})

// Bug: the parents were read, and none of their parts, where the API ignored the filter by time.
test('where the API ignores the filter by time, it reads one record for each parent all the same', async () => {
  const unfiltered: Api = (request, index) => {
    const { 'time.start': _, 'time.end': __, ...query } = request.query ?? {}
    return api(request.path === '/calls' ? { ...request, query } : request, index)
  }
  const short = { ...settings, longestWindowMs: DAY }
  const { ids, error, last } = await read(DETAILS, unfiltered, { settings: short, others })
  assert.deepEqual([ids.length, error], [48, undefined])
  const failing: Api = (request, index) =>
    request.path === '/calls/c5' ? reply(500) : unfiltered(request, index)
  const found = await read(DETAILS, failing, { settings: short, others })
  assert.deepEqual([found.error?.failure, found.last?.closed ?? []], ['transient_error', []])
  assert.equal(last?.closed.length, 1)
})

// Bug: what a detail failed with was forgotten with the window, and in its halves its parent was known already.
test('a detail that fails in a window that is then halved keeps its time open', async () => {
  let isUp = false
  const cut: Api = (request, index) => {
    if (request.path === '/calls/c40' && !isUp) return reply(500)
    if (request.path !== '/calls') return api(request, index)
    if (Number(request.query?.['page']) > 2) return reply(400)
    return serveCalls(calls, { leavesOut: ['total', 'pages'] })(request, index)
  }
  const reading = { settings: { ...settings, pageSize: 10, concurrency: 1 }, others }
  const first = await read(DETAILS, cut, reading)
  assert.equal(first.error?.failure, 'transient_error')
  isUp = true
  const { ids, error } = await read(DETAILS, cut, { ...reading, progress: first.last ?? NOTHING_READ })
  assert.deepEqual([new Set([...first.ids, ...ids]).size, error], [48, undefined])
})
