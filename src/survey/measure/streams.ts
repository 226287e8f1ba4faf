import { pageSizeFor, requestFor } from '../../engine/fetch/request.ts'
import { isById, type Route, type StreamDef } from '../../engine/stream/definition.ts'
import type { Span } from '../../engine/time/spans.ts'
import type { Json, JsonObject } from '../../json.ts'
import { isObject } from '../../json.ts'
import {
  type Container,
  type Count,
  containerOf,
  countIn,
  documentedCounts,
  fits,
  rowsOf,
} from '../ask/answers.ts'
import type { Answer, Ask } from '../ask/ask.ts'
import { compareFields, type FieldFindings } from '../ask/fields.ts'

/** What one request told of a stream. */
export interface StreamFinding extends Partial<FieldFindings> {
  /** What kept it from being asked: no record of its parent, or no answer. */
  readonly lacks?: 'parent' | 'answer'
  readonly status?: number
  /** Which description of the API the answer fits. */
  readonly source?: Route['source']
  readonly container?: Container
  readonly records?: number
  readonly named?: readonly Count[]
  readonly omitted?: readonly Count[]
}

/** A stream's first answer, for the deeper questions; never reported. */
export interface FirstAnswer {
  readonly def: StreamDef
  readonly route: Route
  readonly answer: Answer
  readonly rows: readonly Json[]
}

/** Whose first answers there are, and what was found out of every stream. */
export interface StreamSurvey {
  readonly findings: Readonly<Record<string, StreamFinding>>
  readonly first: ReadonlyMap<string, FirstAnswer>
}

/** What the streams are surveyed with. */
interface Surveying {
  readonly ask: Ask
  readonly schemaOf: (stream: string) => Promise<JsonObject>
  /** The interval for which aggregates are asked. */
  readonly interval: Span
  readonly progress: (stream: string) => void
}

const PAGE_SIZE = 100

/** Asks for the first page of every stream once, parents before their children. A second request is made only where the first
 *  way is not served. */
export async function surveyStreams(defs: readonly StreamDef[], surveying: Surveying): Promise<StreamSurvey> {
  const first = new Map<string, FirstAnswer>()
  const findings: Record<string, StreamFinding> = {}
  const answers = new Map<string, Answer>()
  for (const def of parentsFirst(defs)) {
    surveying.progress(def.name)
    const found = await surveyStream(def, { ...surveying, first, answers })
    if (found.first !== undefined) first.set(def.name, found.first)
    if (def.hidden !== true) findings[def.name] = found.finding
  }
  return { findings, first }
}

interface Surveyed {
  readonly finding: StreamFinding
  readonly first?: FirstAnswer
}

interface Knowing extends Surveying {
  readonly first: ReadonlyMap<string, FirstAnswer>
  /** Answers of 2xx by their path: one of them may be of the other dialect. */
  readonly answers: Map<string, Answer>
}

async function surveyStream(def: StreamDef, knowing: Knowing): Promise<Surveyed> {
  const parent = parentOf(def, knowing.first)
  if (parent === undefined) return { finding: { lacks: 'parent' } }
  let seen: { readonly route: Route; readonly answer: Answer } | undefined
  for (const route of def.routes) {
    const answer = await answerOf(def, route, parent, knowing)
    if (answer === undefined) break
    if (fits(route, answer)) return surveyed(def, route, answer, knowing)
    seen = seen !== undefined && seen.answer.status < 300 ? seen : { route, answer }
  }
  if (seen === undefined) return { finding: { lacks: 'answer' } }
  const { route, answer } = seen
  const container = answer.status < 300 ? { container: containerOf(route, answer) } : {}
  return { finding: { status: answer.status, ...container } }
}

async function answerOf(
  def: StreamDef,
  route: Route,
  parent: Readonly<Record<string, string>>,
  { ask, answers, interval }: Knowing,
): Promise<Answer | undefined> {
  const known = answers.get(route.path)
  if (known !== undefined && !isById(route) && fits(route, known)) return known
  const window = def.incremental?.strategy === 'intervals' ? { window: interval } : {}
  const pageSize = pageSizeFor(route, PAGE_SIZE)
  const spec = { def, route, slice: { parent, ...window }, pageSize, filters: {} }
  const answer = await ask(requestFor(spec, route.paginate.first))
  if (answer !== undefined && answer.status < 300) answers.set(route.path, answer)
  return answer
}

async function surveyed(
  def: StreamDef,
  route: Route,
  answer: Answer,
  { schemaOf }: Knowing,
): Promise<Surveyed> {
  const rows = rowsOf(route, answer)
  const counts = documentedCounts(route)
  const isNamed = (count: Count) => countIn(answer, count) !== undefined
  const schema = def.hidden === true ? {} : await schemaOf(def.name)
  const records = def.explode === undefined && def.wrapScalarAs === undefined ? rows : []
  return {
    first: { def, route, answer, rows },
    finding: {
      status: answer.status,
      source: route.source,
      container: containerOf(route, answer),
      records: rows.length,
      named: counts.filter(isNamed),
      omitted: counts.filter(count => !isNamed(count)),
      ...compareFields(records, schema),
    },
  }
}

/** The values that a child takes from the first record of its parent's answer; none where there is no record. */
function parentOf(
  { parent }: StreamDef,
  first: ReadonlyMap<string, FirstAnswer>,
): Readonly<Record<string, string>> | undefined {
  if (parent === undefined) return {}
  for (const row of first.get(parent.stream)?.rows ?? []) {
    const value = isObject(row) ? row[parent.field] : row
    if (typeof value === 'string' || typeof value === 'number') return { [parent.as]: String(value) }
  }
  return undefined
}

function parentsFirst(defs: readonly StreamDef[]): readonly StreamDef[] {
  const isChild = ({ parent }: StreamDef) => parent !== undefined
  return [...defs.filter(def => !isChild(def)), ...defs.filter(isChild)]
}
