import assert from 'node:assert/strict'
import { reply } from '../../http/testing.ts'
import type { JsonObject } from '../../json.ts'
import { callsBetween, pageOf } from '../lists-testing.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import { byInterval, byOwnTime, type StreamDef } from '../stream/definition.ts'
import { unpaged } from '../stream/paginators.ts'
import { type Api, CALLS, DAY, listRoute, NOW, read, things } from '../testing.ts'

const START = NOW - 60 * DAY
/** The first moment of the days that are read. */
export const MIDNIGHT = Math.ceil(START / DAY) * DAY
const WINDOW = { from: 'time.start', to: 'time.end', format: 'unix-seconds' } as const
const AGENTS = things({ name: 'agents', routes: [listRoute({ path: '/agents' })] })

const momentOf = (row: JsonObject) => Date.parse(String(row['dateCreated']))

/** Records of three months. */
const HISTORY = callsBetween(START, NOW + 30 * DAY, 500)
/** When reporting stands still: nothing after `seenTo` is shown meanwhile. */
export interface Stall {
  readonly from: number
  readonly to: number
  readonly seenTo: number
}

function seenAt(nowMs: number, { from, to, seenTo }: Stall, history = HISTORY): readonly JsonObject[] {
  const untilMs = nowMs >= from && nowMs < to ? Math.min(nowMs, seenTo) : nowMs
  return history.filter(row => momentOf(row) <= untilMs)
}

/** A way of reading: its stream, how it is served from what the API shows, and what must have come of a history. */
export interface Way {
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

/** Each way of reading that goes by time. */
export const ways: Readonly<Record<string, Way>> = {
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

/** One sync of a history. */
export interface Sync {
  readonly nowMs: number
  readonly startMs: number
  readonly windowDays: number
  /** Whether the API fails where it is asked for time from here on, as its request of this number. */
  readonly fails?: (from: number, index: number) => boolean
}

/** What is missing once these syncs are over, of the days since `fromMs` that are over by then: of an interval its newest number
 *  counts. Only syncs in which the API fails may end in an error. */
export async function missingAfter(
  { def, serve, owed, keyOf }: Way,
  stall: Stall,
  syncs: readonly Sync[],
  fromMs = MIDNIGHT,
): Promise<readonly string[]> {
  const newest = new Map<string, string>()
  let progress: Progress = NOTHING_READ
  for (const { nowMs, startMs, windowDays, fails = () => false } of syncs) {
    const settings = {
      startMs,
      endMs: nowMs,
      longestWindowMs: windowDays * DAY,
      lookbackMs: DAY,
      concurrency: 3,
    }
    const api = serve(seenAt(nowMs, stall))
    let hasFailed = false
    const failing: Api = (request, index) => {
      const isFailure = fails(fromOf(request), index)
      hasFailed ||= isFailure
      return isFailure ? reply(500) : api(request, index)
    }
    const found = await read(def, failing, { progress, settings, nowMs, others: [AGENTS] })
    assert.ok(hasFailed || !('error' in found) || found.error === undefined)
    for (const record of found.records) newest.set(String(record[def.primaryKey[0] ?? '']), keyOf(record))
    progress = found.last ?? progress
  }
  const lastMs = Math.floor((syncs.at(-1)?.nowMs ?? 0) / DAY) * DAY
  const came = new Set(newest.values())
  const isOwed = (row: JsonObject) => momentOf(row) >= fromMs && momentOf(row) < lastMs
  return owed(HISTORY.filter(isOwed)).filter(key => !came.has(key))
}

/** The moment from which on a request asks for records; none where it asks for all. */
function fromOf({ query }: Parameters<Api>[0]): number {
  const from = query?.['time.start']
  return typeof from === 'string' ? Date.parse(from) : Number(from ?? Number.NaN) * 1000
}
