import { DAY_MS, HOUR_MS } from '../durations.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import type { Span } from '../engine/time/spans.ts'
import { momentOf } from '../engine/time/timestamps.ts'
import type { Call } from '../http/types.ts'
import { isObject, type JsonObject } from '../json.ts'
import { type Ask, createAsk } from './ask/ask.ts'
import { type ErrorShape, errorShape } from './ask/errors.ts'
import type { Witness } from './ask/witness.ts'
import type { FactId } from './facts.ts'
import { judgeAnswers, judgeEnvelopes, judgeRecords, judgeTime } from './judge/judge.ts'
import { judgeLists, judgeOrder } from './judge/judge-lists.ts'
import { surveyFilter } from './measure/filter.ts'
import { type ListSurvey, surveyList } from './measure/lists.ts'
import { type Load, surveyLoad } from './measure/load.ts'
import { countWindow, surveyReach } from './measure/reach.ts'
import { judgeSettling, type Settling, surveySettling } from './measure/settling.ts'
import { type FirstAnswer, type StreamFinding, type StreamSurvey, surveyStreams } from './measure/streams.ts'
import { completed, type Finding, type Findings, verdictOn } from './verdicts.ts'

/** All that a survey says: docs/survey.schema.json. No value of any record is in it. */
export interface Survey {
  readonly survey: 1
  readonly connector: string
  /** When, to the hour. */
  readonly asked_at: string
  /** Which description of the API most streams fit. */
  readonly world: 'documented' | 'seed'
  readonly requests: number
  readonly facts: Readonly<Record<FactId, Finding>>
  readonly streams: Readonly<Record<string, StreamFinding>>
  readonly errors: readonly ErrorShape[]
  readonly rate_headers: Readonly<Record<string, number>>
  readonly settling: readonly Settling[]
  readonly load: readonly Load[]
}

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
  readonly earlier: Pick<Survey, 'settling'> | undefined
  readonly progress: (what: string) => void
}

/** Lists of every dialect on which the deep questions are asked. */
const DEEP = ['calls', 'call_records', 'agents', 'tasks', 'scim_users']

/** Measures what the connector takes for true of an account. Asks one thing after the other, and never more than
 *  MOST_REQUESTS in all; what it could not ask any more is unknown. */
export async function survey(surveyor: Surveyor): Promise<Survey> {
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
  const load = surveyor.load ? await surveyLoad(agents, ask, { now, limited: witness.limited }) : []
  const legs = listOf('call_records', lists)
  const facts = completed({
    ...judgeEnvelopes(streams, defs),
    ...judgeLists(lists),
    ...judgeOrder(lists.filter(({ stream }) => stream.startsWith('call'))),
    ...judgeRecords(streams.first, legs === undefined ? [] : [...legs.rows, ...legs.more], interval),
    ...time,
    ...parameters,
    ...errors.findings,
    ...verdictOn('scim-served', isScimServed(streams.findings)),
    ...judgeSettling(settling),
    ...judgeAnswers(witness),
  })
  return {
    ...headOf(surveyor, streams),
    facts,
    streams: streams.findings,
    errors: errors.shapes,
    settling,
    load,
  }
}

function headOf({ witness, version, now }: Surveyor, { findings }: StreamSurvey) {
  return {
    survey: 1,
    connector: version,
    asked_at: new Date(Math.floor(now() / HOUR_MS) * HOUR_MS).toISOString(),
    world: worldOf(findings),
    requests: witness.requests(),
    rate_headers: witness.rateHeaders(),
  } as const
}

function listOf(stream: string, lists: readonly ListSurvey[]): ListSurvey | undefined {
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

/** Unknown where nothing is served: then a refusal does not speak of SCIM. */
function isScimServed(findings: StreamSurvey['findings']): boolean | undefined {
  const { status = 500 } = findings['scim_users'] ?? {}
  const isAnyServed = Object.values(findings).some(one => one.source !== undefined)
  return status >= 500 || !isAnyServed ? undefined : status < 300
}

/** By what agents are served as; where nothing fits, by whether a path is there that only one description has. */
function worldOf({ agents, numbers }: Readonly<Record<string, StreamFinding>>): Survey['world'] {
  if (agents?.source !== undefined) return agents.source === 'seed' ? 'seed' : 'documented'
  return numbers?.status === 404 ? 'seed' : 'documented'
}
