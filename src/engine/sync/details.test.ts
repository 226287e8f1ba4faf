import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { Json } from '../../json.ts'
import { callsBetween, pageOf, serveCalls } from '../lists-testing.ts'
import { NOTHING_READ } from '../state/progress.ts'
import { oneAt } from '../stream/definition.ts'
import { unpaged } from '../stream/paginators.ts'
import { type Api, CALLS, DAY, HOUR, listRoute, NOW, read, things } from '../testing.ts'

const agents = things({ name: 'agents', routes: [listRoute({ path: '/agents' })] })
/** Each agent, asked for by its id. */
const details = things({
  name: 'details',
  parent: { stream: 'agents', field: 'id', as: 'id' },
  absence: 'gone',
  routes: [listRoute({ path: '/agents/{id}', records: oneAt('item'), paginate: unpaged })],
})
/** What is known of each agent, which names it. */
const journals = things({
  ...details,
  name: 'journals',
  primaryKey: ['agent_id'],
  parent: { stream: 'agents', field: 'id', as: 'agent', stamp: 'agent_id' },
  routes: [listRoute({ path: '/agents/{agent}', records: { kind: 'body' }, paginate: unpaged })],
})

/** An account of these agents, each of which is answered with the record of another one, if it says so. */
const accountOf =
  (agentsAnd: Readonly<Record<string, Json>>): Api =>
  request => {
    if (request.path === '/agents')
      return pageOf(
        Object.keys(agentsAnd).map(id => ({ id })),
        request,
      )
    const id = agentsAnd[request.path.replace('/agents/', '')] ?? null
    return reply(200, { item: { id }, agent_id: id })
  }
const full = (
  def: typeof details,
  api: Api,
  nowMs: number,
  progress?: Awaited<ReturnType<typeof read>>['last'],
) =>
  read(def, api, {
    mode: 'full_refresh',
    others: [agents],
    nowMs,
    ...(progress === undefined ? {} : { progress }),
  })

const MIXED = /1 record of one part came with another id than the one that was asked for/

for (const def of [details, journals])
  test(`an answer with another record (${def.name}) is no evidence, until it is an hour old`, async () => {
    const mixed = accountOf({ A: 'B', B: 'B', C: 'C' })
    const first = await full(def, mixed, NOW)
    assert.equal(first.error?.failure, 'transient_error')
    assert.match(first.error?.message ?? '', MIXED)
    const later = await full(def, mixed, NOW + HOUR, first.last)
    assert.deepEqual([later.error, later.lines.filter(line => MIXED.test(line)).length], [undefined, 1])
    const third = await full(def, mixed, NOW + HOUR, later.last)
    assert.equal(third.error, undefined)
    const mended = await full(def, accountOf({ A: 'A', B: 'B', C: 'C' }), NOW + HOUR, first.last)
    assert.deepEqual([mended.error, mended.lines, mended.last?.shortages], [undefined, [], []])
  })

test('three records of other ids are mistakes where one record has its own', async () => {
  const { error } = await full(details, accountOf({ A: 'xA', B: 'xB', C: 'xC', D: 'D' }), NOW)
  assert.match(
    error?.message ?? '',
    /: 3 short of their own count\. .*another id than the one that was asked for/,
  )
})

const own: readonly { says: string; in: Readonly<Record<string, Json>> }[] = [
  { says: 'that has the id', in: { A: 'A' } },
  { says: 'that spells the id in another way', in: { 'a-b': 'AB', '42': 42 } },
  { says: 'of another id each, as the API may name them', in: { A: 'xA', B: 'xB', C: 'xC' } },
]
for (const { says, in: account } of own)
  test(`an answer with a record ${says} is what was asked for`, async () => {
    const { error, ids, asked } = await full(details, accountOf(account), NOW)
    assert.equal(error, undefined)
    assert.deepEqual(ids, Object.values(account).map(String).sort())
    assert.equal(asked.length, 1 + ids.length)
  })

test('an id that is but a part of the key is no one’s own', async () => {
  const parts = things({ ...details, primaryKey: ['id', 'on'] })
  const api: Api = ({ path }) =>
    path === '/agents' ? reply(200, { items: [{ id: 'A' }] }) : reply(200, { item: { id: 'B', on: 'x' } })
  const { error, ids } = await full(parts, api, NOW)
  assert.deepEqual([error, ids], [undefined, ['B']])
})

test('records that all name other parents are no answers either, and are not believed', async () => {
  const api = accountOf({ A: 'xA', B: 'xB', C: 'xC' })
  const first = await full(journals, api, NOW)
  assert.match(first.error?.message ?? '', /other parents/)
  assert.equal((await full(journals, api, NOW + HOUR, first.last)).error?.failure, 'transient_error')
})

test('a record without a key is believed for good once it was an hour old, and more of them are not', async () => {
  const listOf =
    (keyless: number, others = 1): Api =>
    request =>
      pageOf(
        [...Array(others).keys()].map((n): Json => ({ id: `a${n}` })).concat(Array(keyless).fill({})),
        request,
      )
  const failures: (string | undefined)[] = []
  let progress = (await full(agents, listOf(1), NOW)).last
  for (const api of [listOf(1), listOf(1), listOf(1, 5), listOf(1, 3), listOf(2, 3), listOf(0), listOf(1)]) {
    const { error, last } = await full(agents, api, NOW + HOUR, progress)
    failures.push(error?.failure)
    progress = last
  }
  const open = 'transient_error'
  assert.deepEqual(failures, [undefined, undefined, undefined, undefined, open, undefined, open])
})

const CALL_DETAILS = things({
  name: 'call_details',
  parent: { stream: 'calls', field: 'id', as: 'id' },
  incremental: { strategy: 'through-parent', field: 'dateCreated' },
  routes: [listRoute({ path: '/calls/{id}', records: { kind: 'body' }, paginate: unpaged })],
})
const legs = callsBetween(NOW - 5 * DAY, NOW - 4 * DAY, 12)
const byId: Api = (request, index) =>
  request.path === '/calls'
    ? serveCalls(legs)(request, index)
    : reply(
        200,
        legs.find(({ id }) => request.path === `/calls/${id}`),
      )

// Bug: where nothing new had come since, what was owed of earlier time was closed without asking for its details.
for (const { says, startsAgo, lookbackMs, owed } of [
  { says: 'where the start moves back', startsAgo: 6 * DAY, lookbackMs: 0, owed: 12 },
  { says: 'and where that meets the lookback', startsAgo: 6 * DAY, lookbackMs: 5 * DAY, owed: 12 },
  { says: 'and those of the lookback', startsAgo: 4.5 * DAY, lookbackMs: 5 * DAY, owed: 6 },
])
  test(`details of calls are read, though no call is new, ${says}`, async () => {
    const sync = (startMs: number, endMs: number, progress = NOTHING_READ) =>
      read(CALL_DETAILS, byId, {
        progress,
        nowMs: endMs,
        settings: { startMs, endMs, longestWindowMs: DAY, lookbackMs },
        others: [CALLS],
      })
    const first = await sync(NOW - 4.5 * DAY, NOW - HOUR)
    assert.equal(first.records.length, 6)
    const { error, ids } = await sync(NOW - startsAgo, NOW, first.last)
    assert.equal(error, undefined)
    assert.ok(ids.length >= owed - 6, `${ids.length} details`)
    assert.deepEqual([...new Set([...first.ids, ...ids])].length, owed)
    if (owed === 6) assert.deepEqual(ids, first.ids)
  })
