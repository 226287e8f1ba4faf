import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { JsonObject } from '../../json.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import { byInterval, byOwnTime, type StreamDef } from '../stream/definition.ts'
import { unpaged } from '../stream/paginators.ts'
import { type Api, CALLS, callsBetween, DAY, HOUR, listRoute, NOW, pageOf, read, things } from '../testing.ts'

const START = NOW - 60 * DAY
const MIDNIGHT = Math.ceil(START / DAY) * DAY
const WINDOW = { from: 'time.start', to: 'time.end', format: 'unix-seconds' } as const
const AGENTS = things({ name: 'agents', routes: [listRoute({ path: '/agents' })] })

const momentOf = (row: JsonObject) => Date.parse(String(row['dateCreated']))

/** A history of records, and what of it the API shows at a moment: nothing after `seenTo` while reporting stands still. */
const HISTORY = callsBetween(START, NOW + 30 * DAY, 500)
interface Stall {
  readonly from: number
  readonly to: number
  readonly seenTo: number
}

function seenAt(nowMs: number, { from, to, seenTo }: Stall, history = HISTORY): readonly JsonObject[] {
  const untilMs = nowMs >= from && nowMs < to ? Math.min(nowMs, seenTo) : nowMs
  return history.filter(row => momentOf(row) <= untilMs)
}

/** A way of reading: its stream, how it is served from what the API shows, and what must have come of a history. */
interface Way {
  readonly def: StreamDef
  readonly serve: (seen: readonly JsonObject[]) => Api
  readonly owed: (history: readonly JsonObject[]) => readonly string[]
  readonly keyOf: (record: JsonObject) => string
}

const idOf = ({ id }: JsonObject) => String(id)
const ids = (rows: readonly JsonObject[]) => rows.map(idOf)

function served(rows: readonly JsonObject[]): Api {
  return request => {
    const { 'time.start': from = 0, 'time.end': to = NOW } = request.query ?? {}
    const within = (row: JsonObject) =>
      momentOf(row) >= Number(from) * 1000 && momentOf(row) <= Number(to) * 1000
    return pageOf(rows.filter(within), request)
  }
}

/** Records of three agents in turn. */
const agentOf = (row: JsonObject) => `agent${Number(idOf(row).slice(1)) % 3}`

const ways: Readonly<Record<string, Way>> = {
  windows: { def: CALLS, serve: served, owed: ids, keyOf: idOf },
  'windows of parents': {
    def: things({
      ...CALLS,
      name: 'agent_calls',
      parent: { stream: 'agents', field: 'id', as: 'agent' },
      routes: [listRoute({ path: '/agents/{agent}/calls', window: WINDOW })],
    }),
    serve: seen => request => {
      if (request.path === '/agents')
        return pageOf(
          [0, 1, 2].map(index => ({ id: `agent${index}` })),
          request,
        )
      const agent = request.path.split('/')[2]
      return served(seen.filter(row => agentOf(row) === agent))(request, 0)
    },
    owed: ids,
    keyOf: idOf,
  },
  intervals: {
    def: things({
      primaryKey: ['window_start'],
      incremental: byInterval('day'),
      hasValue: ({ value }) => value !== null && value !== 0,
      adapt: (record, { window }) => ({ ...record, window_start: new Date(window?.from ?? 0).toISOString() }),
      routes: [
        listRoute({ records: { kind: 'body' }, paginate: unpaged, window: { ...WINDOW, format: 'iso' } }),
      ],
    }),
    serve: seen => request => {
      const [from, to] = [request.query?.['time.start'], request.query?.['time.end']].map(text =>
        Date.parse(String(text)),
      )
      const value = seen.filter(row => momentOf(row) >= (from ?? 0) && momentOf(row) < (to ?? 0)).length
      return reply(200, { value })
    },
    owed: history => {
      const counts = new Map<string, number>()
      for (const row of history) {
        const day = new Date(Math.floor(momentOf(row) / DAY) * DAY).toISOString()
        counts.set(day, (counts.get(day) ?? 0) + 1)
      }
      return [...counts].map(([day, count]) => `${day} ${count}`)
    },
    keyOf: ({ window_start, value }) => `${window_start} ${value}`,
  },
  'a filter of the connector': {
    def: things({ incremental: byOwnTime('dateCreated') }),
    serve: seen => request => pageOf(seen, request),
    owed: ids,
    keyOf: idOf,
  },
}

/** Syncs each day from the 30th day on, as long as the stall lasts and two days more. Tells what is missing in the end: of an
 *  interval its newest number counts. `startAt` is where the sync of a moment begins. */
async function missingAfter(
  way: Way,
  stall: Stall,
  windowDays: number,
  startAt: (nowMs: number) => number = () => MIDNIGHT,
): Promise<readonly string[]> {
  const { def, serve, owed, keyOf } = way
  const newest = new Map<string, string>()
  let progress: Progress = NOTHING_READ
  const last = stall.to + 2 * DAY + HOUR
  for (let nowMs = MIDNIGHT + 30 * DAY + HOUR; nowMs <= last; nowMs += DAY) {
    const settings = {
      startMs: startAt(nowMs),
      endMs: nowMs,
      longestWindowMs: windowDays * DAY,
      lookbackMs: DAY,
    }
    const api = serve(seenAt(nowMs, stall))
    const found = await read(def, api, { progress, settings, nowMs, others: [AGENTS] })
    assert.equal('error' in found ? found.error : undefined, undefined)
    for (const record of found.records) newest.set(String(record[def.primaryKey[0] ?? '']), keyOf(record))
    progress = found.last ?? progress
  }
  const closed = HISTORY.filter(
    row => momentOf(row) >= MIDNIGHT && momentOf(row) < Math.floor(last / DAY) * DAY,
  )
  const came = new Set(newest.values())
  return owed(closed).filter(key => !came.has(key))
}

const stalls = [3, 25].map(days => ({
  says: `a stall of reporting for ${days} days`,
  stall: { from: MIDNIGHT + 31 * DAY, to: MIDNIGHT + (31 + days) * DAY, seenTo: MIDNIGHT + 31 * DAY },
}))
const halfKnown = [3, 25].map(days => ({
  says: `an account that is complete only up to ${days} days before it is first seen`,
  stall: { from: 0, to: MIDNIGHT + 32 * DAY, seenTo: MIDNIGHT + (30 - days) * DAY },
}))

for (const { says, stall } of [...stalls, ...halfKnown])
  for (const [name, way] of Object.entries(ways))
    for (const days of [1, 30])
      test(`${says} loses nothing: ${name}, window_days ${days}`, async () => {
        assert.deepEqual(await missingAfter(way, stall, days), [])
      })

// Bug: what lies before the newest record that was ever seen was closed, though the API did not show that record either.
for (const [name, way] of Object.entries(ways))
  for (const days of [1, 30])
    test(`a start that moves back while the API shows less than before loses nothing: ${name}, window_days ${days}`, async () => {
      const from = MIDNIGHT + 31 * DAY
      const stall = { from, to: from + 3 * DAY, seenTo: MIDNIGHT + 20 * DAY + HOUR }
      const startAt = (nowMs: number) => (nowMs < from ? MIDNIGHT + 28 * DAY : MIDNIGHT)
      assert.deepEqual(await missingAfter(way, stall, days, startAt), [])
    })

// Bug: what was read while reporting stood still, and was not over then, was closed by newer records alone.
for (const [name, way] of Object.entries(ways))
  for (const days of [1, 30])
    test(`a start that moves forward for the sync in which reporting is back loses nothing: ${name}, window_days ${days}`, async () => {
      const from = MIDNIGHT + 31 * DAY
      // Of the day in which reporting stopped nothing was seen, or all: see "What is not promised" in docs/reliability.md.
      const stall = { from, to: from + 4 * DAY, seenTo: from - 1 }
      const startAt = (nowMs: number) =>
        nowMs >= stall.to && nowMs < stall.to + DAY ? stall.to - DAY / 2 : MIDNIGHT
      assert.deepEqual(await missingAfter(way, stall, days, startAt), [])
    })

for (const name of ['windows', 'windows of parents'])
  test(`a window that fails in the sync in which reporting is back stays open: ${name}`, async () => {
    const { def, serve, keyOf, owed } = ways[name] ?? assert.fail()
    const stall = { from: 0, to: NOW, seenTo: NOW - 6 * DAY }
    const came = new Set<string>()
    const sync = async (nowMs: number, progress: Progress, fails: (from: number) => boolean) => {
      const api = serve(seenAt(nowMs, stall))
      const failing: Api = (request, index) =>
        fails(Number(request.query?.['time.start']) * 1000) ? reply(500) : api(request, index)
      const settings = { startMs: START, endMs: nowMs, longestWindowMs: 2 * DAY, concurrency: 1 }
      const found = await read(def, failing, { progress, settings, nowMs, others: [AGENTS] })
      for (const record of found.records) came.add(keyOf(record))
      return found
    }
    const first = await sync(NOW - HOUR, NOTHING_READ, () => false)
    const second = await sync(
      NOW,
      first.last ?? assert.fail(),
      at => at > NOW - 7 * DAY && at < NOW - 3 * DAY,
    )
    assert.notEqual(second.error, undefined)
    const third = await sync(NOW + HOUR, second.last ?? assert.fail(), () => false)
    assert.equal(third.error, undefined)
    assert.deepEqual(
      owed(HISTORY.filter(row => momentOf(row) <= NOW)).filter(key => !came.has(key)),
      [],
    )
  })
