import { DAY_MS, HOUR_MS } from '../durations.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import type { Span } from '../engine/time/spans.ts'
import { momentOf } from '../engine/time/timestamps.ts'
import type { Call } from '../http/types.ts'
import { isObject, type JsonObject } from '../json.ts'
import { type Ask, createAsk } from './ask/ask.ts'
import { type ErrorShape, errorShape } from './ask/errors.ts'
import type { Witness } from './ask/witness.ts'
import { judgeTime } from './judge/judge.ts'
import { surveyFilter } from './measure/filter.ts'
import { type ListSurvey, surveyList } from './measure/lists.ts'
import { type Load, surveyLoad } from './measure/load.ts'
import { countWindow, surveyReach } from './measure/reach.ts'
import { type Settling, surveySettling } from './measure/settling.ts'
import { type FirstAnswer, type StreamSurvey, surveyStreams } from './measure/streams.ts'
import { type Findings, verdictOn } from './verdicts.ts'

/** What a survey is made with. */
export interface Surveyor {
  readonly call: Call
  readonly witness: Witness
  readonly defs: readonly StreamDef[]
  readonly schemaOf: (stream: string) => Promise<JsonObject>
  readonly now: () => number
  readonly version: string
  /** Whether to measure how long requests take side by side; streams that ask by id are left out then. */
  readonly load: boolean
  /** An earlier survey of the account, to see whether counts have settled since. */
  readonly earlier: { readonly settling: readonly Settling[] } | undefined
  readonly progress: (what: string) => void
}

/** Lists of every dialect on which the deep questions are asked. */
const DEEP = ['calls', 'call_records', 'agents', 'tasks', 'scim_users']

/** What was asked for, and came of it. */
export interface Asked {
  readonly streams: StreamSurvey
  readonly lists: readonly ListSurvey[]
  readonly time: Findings
  readonly errors: Awaited<ReturnType<typeof surveyErrors>>
  readonly parameters: Findings
  readonly settling: readonly Settling[]
  readonly load: readonly Load[]
  /** The time for which streams by time were asked. */
  readonly interval: Span
}

/** Asks all that a survey asks, one thing after the other. */
export async function askAll(surveyor: Surveyor): Promise<Asked> {
  const { call, witness, defs, now, progress } = surveyor
  const ask = createAsk(call, witness)
  const interval = yesterday(now())
  const asked = surveyor.load ? defs.filter(def => def.costly !== true) : defs
  const streams = await surveyStreams(asked, { ...surveyor, ask, interval })
  progress('lists')
  const lists = await deepLists(streams.first, ask)
  const [calls, agents] = [streams.first.get('calls'), streams.first.get('agents')]
  progress('time')
  const time = await surveyTime(calls, listOf('calls', lists), ask, now())
  progress('errors')
  const errors = await surveyErrors(ask)
  const parameters = await surveyParameters(agents, ask)
  const settling = await surveySettling(calls, surveyor.earlier?.settling, ask, now())
  const limited = () => witness.seen.limited
  const load = surveyor.load ? await surveyLoad(agents, ask, { now, limited }) : []
  return { streams, lists, time, errors, parameters, settling, load, interval }
}

/** What was asked of this list, where it was. */
export function listOf(stream: string, lists: readonly ListSurvey[]): ListSurvey | undefined {
  return lists.find(list => list.stream === stream)
}

function yesterday(nowMs: number): Span {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS
  return { from: today - DAY_MS, to: today }
}

async function deepLists(first: ReadonlyMap<string, FirstAnswer>, ask: Ask): Promise<readonly ListSurvey[]> {
  const lists: ListSurvey[] = []
  for (const name of DEEP) {
    const answer = first.get(name)
    const list = answer === undefined ? undefined : await surveyList(answer, ask)
    if (list !== undefined) lists.push(list)
  }
  return lists
}

async function surveyTime(
  calls: FirstAnswer | undefined,
  list: ListSurvey | undefined,
  ask: Ask,
  nowMs: number,
): Promise<Findings> {
  if (calls === undefined) return {}
  const pageSize = list?.clampedTo ?? 100
  const filter =
    list === undefined ? undefined : await surveyFilter(calls, list.rows, ask, Math.min(100, pageSize))
  const reach = await surveyReach(calls, ask, nowMs)
  return { ...judgeTime(filter, reach), ...(await surveyWhole(calls, list, ask, nowMs)) }
}

/** Whether a list without a time window holds only the last day, although there is more. */
async function surveyWhole(
  calls: FirstAnswer,
  list: ListSurvey | undefined,
  ask: Ask,
  nowMs: number,
): Promise<Findings> {
  const times = (list?.rows ?? []).filter(isObject).flatMap(row => momentOf(row['dateCreated']) ?? [])
  if (list === undefined || times.length === 0) return {}
  if (times.some(ms => ms < nowMs - DAY_MS - HOUR_MS)) return verdictOn('unfiltered-whole', true)
  if (!list.isWhole) return {}
  const before = await countWindow(calls, { from: nowMs - 30 * DAY_MS, to: nowMs - 2 * DAY_MS }, ask)
  return verdictOn('unfiltered-whole', before === undefined ? undefined : before === 0)
}

async function surveyErrors(ask: Ask) {
  const shapes: ErrorShape[] = []
  let isJson: boolean | undefined
  for (const path of ['/api/v2/no-such-path', '/api/v3/no-such-path']) {
    const answer = await ask({ method: 'GET', path })
    if (answer === undefined || answer.status < 400) continue
    const shape = errorShape(answer.status, answer.body)
    isJson = isJson !== false && shape !== undefined
    if (shape !== undefined) shapes.push(shape)
  }
  return { shapes, findings: verdictOn('errors-json', isJson) }
}

async function surveyParameters(agents: FirstAnswer | undefined, ask: Ask): Promise<Findings> {
  if (agents === undefined) return {}
  const answer = await ask({ method: 'GET', path: agents.route.path, query: { survey: 1 } })
  const is =
    answer === undefined ? undefined : answer.status < 300 ? true : answer.status === 400 ? false : undefined
  return verdictOn('parameters-ignored', is)
}
