import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Settings } from '../config/settings.ts'
import type { ConnectorError } from '../errors.ts'
import { judge, judgeBody } from '../http/retry/outcomes.ts'
import { BadBody, type Call, type Reply, type Request } from '../http/types.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import { UNKNOWN_ROUTE } from './evidence/route-facts.ts'
import type { CompiledStream } from './records/compile.ts'
import type { StreamRecord } from './records/filter.ts'
import { emptyTally, type Tally } from './records/tally.ts'
import { NOTHING_READ, type Progress } from './state/progress.ts'
import type { Engine } from './stream/context.ts'
import { byTime, defineStream, listAt, type Route, type StreamDef } from './stream/definition.ts'
import { byPage } from './stream/paginators.ts'
import type { Job } from './sync/job/job.ts'
import { readStream, shareOf } from './sync/strategy.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** When every sync of these tests takes place. */
export const NOW = Date.parse('2026-01-31T12:00:00Z')

export const SETTINGS: Settings = {
  account: { origin: 'https://services.babelforce.com' },
  nowMs: NOW,
  startMs: NOW - 365 * DAY,
  endMs: NOW,
  lookbackMs: DAY,
  longestWindowMs: 30 * DAY,
  concurrency: 8,
  requestsPerSecond: undefined,
  pageSize: 100,
  filters: {},
  ids: {},
  intervalMs: DAY,
  splitBy: undefined,
  agentSync: { enabled: false, method: 'POST', path: '' },
}

/** An API of one function. */
export type Api = (request: Request, index: number) => Reply

interface World {
  readonly engine: Engine
  /** The requests made, in their order. */
  readonly asked: readonly Request[]
  /** The lines of the log, each after its level. */
  readonly lines: readonly string[]
  /** What was said for those who look into a sync. */
  readonly debugs: readonly string[]
  /** The most requests that were under way at once. */
  busiest(): number
}

/** How often a broken answer is asked for: as often as the way to the API does. */
const TRIES = 6

/** An engine whose calls are answered by `api`, each in a turn of its own; a bad status becomes the error that the way
 *  to the API gives once its patience has ended. */
export function createWorld(api: Api, settings: Partial<Settings> = {}, nowMs = NOW): World {
  const asked: Request[] = []
  const lines: string[] = []
  const debugs: string[] = []
  let busy = 0
  let busiest = 0
  const attempt = async <T>(request: Request, take: (reply: Reply) => T): Promise<T> => {
    busiest = Math.max(busiest, ++busy)
    const answer = api(request, asked.push(request) - 1)
    await nextTurn()
    busy--
    const verdict = judge(request, answer)
    if (verdict.verdict !== 'ok') throw verdict.error
    return take(answer)
  }
  const call: Call = async (request, take) => {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(request, take)
      } catch (error) {
        if (!(error instanceof BadBody)) throw error
        if (tries === TRIES) throw judgeBody(request, error).error
      }
    }
  }
  const say = (level: string) => (text: string) => void lines.push(`${level} ${text}`)
  const engine: Engine = {
    call,
    log: { warn: say('WARN'), info: say('INFO'), debug: text => void debugs.push(text()) },
    settings: { ...SETTINGS, ...settings },
    service: 'Babelforce',
    signal: new AbortController().signal,
    now: () => nowMs,
    apiNow: () => nowMs,
  }
  return { engine, asked, lines, debugs, busiest: () => busiest }
}

/** A documented list of /things under `items`, in numbered pages. */
export function listRoute(more: Partial<Route> = {}): Route {
  return {
    source: 'documented',
    path: '/things',
    records: listAt('items'),
    paginate: byPage({ page: 'page', size: 'max', largest: 500 }),
    ...more,
  }
}

/** A stream of things; with a time where `incremental` is given. */
export function things(more: Partial<StreamDef> = {}): StreamDef {
  return defineStream({ name: 'things', primaryKey: ['id'], routes: [listRoute()], ...more })
}

/** Calls, which the server filters by time. */
export const CALLS = things({
  name: 'calls',
  incremental: byTime('dateCreated'),
  routes: [
    listRoute({ path: '/calls', window: { from: 'time.start', to: 'time.end', format: 'unix-seconds' } }),
  ],
})

interface Reading {
  readonly mode?: Job['mode']
  readonly progress?: Progress
  readonly settings?: Partial<Settings>
  /** When the sync takes place. */
  readonly nowMs?: number
  readonly compiled?: Partial<CompiledStream>
  /** Other streams that this one needs: its parents. */
  readonly others?: readonly StreamDef[]
}

/** Reads one stream from a scripted API, and tells all that came of it. */
export async function read(def: StreamDef, api: Api, reading: Reading = {}) {
  const world = createWorld(api, reading.settings, reading.nowMs)
  const find = (name: string) => [def, ...(reading.others ?? [])].find(one => one.name === name)
  const progress = { ...fullPages([def, ...(reading.others ?? [])]), ...(reading.progress ?? NOTHING_READ) }
  const shared = shareOf(world.engine, find, [progress])
  const job: Job = { def, mode: reading.mode ?? 'incremental', progress }
  const records: JsonObject[] = []
  const told: Progress[] = []
  const sink = async (kept: readonly StreamRecord[]) => {
    records.push(...kept.map(jsonOf))
  }
  const end = await readStream(job, reading.compiled ?? {}, shared, {
    sink,
    onProgress: one => told.push(one),
  }).catch((error: ConnectorError) => ({ tally: emptyTally(), error }))
  return {
    ...world,
    ...end,
    told,
    records,
    last: told.at(-1),
    ids: records.map(({ id }) => String(id)).sort(),
  }
}

/** What is known of the routes of these streams: that their pages are as long as they are asked for. */
export function fullPages(defs: readonly StreamDef[]): Pick<Progress, 'routes'> {
  const paths = defs.flatMap(({ routes }) => routes.map(({ path }) => path))
  return { routes: new Map(paths.map(path => [path, { ...UNKNOWN_ROUTE, fullest: 500 }])) }
}

/** What a progress says of time alone. */
export function timeOf(progress: Progress | undefined) {
  const { cursorMs, closed, readToMs, finished } = progress ?? NOTHING_READ
  return { cursorMs, closed, readToMs, finished }
}

/** A record, parsed where it is bytes still. */
export function jsonOf(kept: StreamRecord): JsonObject {
  const json: Json =
    'bytes' in kept ? JSON.parse(kept.bytes.toString('utf8', kept.start, kept.end)) : kept.json
  return isObject(json) ? json : {}
}

/** A tally that is empty but for these counts. */
export function tallyOf(counts: Partial<Tally>): Tally {
  return { ...emptyTally(), ...counts }
}
