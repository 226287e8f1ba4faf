import { systemError } from '../../errors.ts'
import { isObject, type Json, type JsonObject } from '../../json.ts'
import type { RecordContext, StreamDef } from '../stream/definition.ts'
import { momentOf, rfc3339 } from '../time/timestamps.ts'

/** Turns what an answer holds into the stream's records. Empty for what cannot be a record. */
export type Transform = (raw: Json) => readonly JsonObject[]

type Context = () => RecordContext
type Step = (value: Json, context: Context) => readonly Json[]

/** What a stream may do to its records, in the order in which it is done. Whatever is added here also keeps records from
 *  passing as bytes. */
const STEPS: readonly ((def: StreamDef) => Step | undefined)[] = [
  ({ wrapScalarAs }) =>
    wrapScalarAs === undefined
      ? undefined
      : value => [isObject(value) || value === null ? value : { [wrapScalarAs]: value }],
  def => def.checkWindow && onRecords((record, context) => [withinWindow(record, def, context)]),
  ({ explode }) => explode && onRecords(explode),
  ({ adapt }) => adapt && onRecords((record, context) => [adapt(record, context())]),
]

/** The transform of a slice's answers. */
export function createTransform(def: StreamDef, context: Context): Transform {
  const steps = stepsOf(def)
  return raw => {
    let values: readonly Json[] = [raw]
    for (const step of steps) values = values.flatMap(value => step(value, context))
    return values.filter(isObject)
  }
}

/** Whether a stream's records go out as they came. */
export function isUntouched(def: StreamDef): boolean {
  return stepsOf(def).length === 0
}

function stepsOf(def: StreamDef): readonly Step[] {
  return STEPS.flatMap(make => make(def) ?? [])
}

function onRecords(step: (record: JsonObject, context: Context) => readonly JsonObject[]): Step {
  return (value, context) => (isObject(value) ? step(value, context) : [])
}

const TOLERANCE_MS = 1000

/** The record, unless it is an aggregate of another time than the one asked for: its number would be wrong. */
function withinWindow(record: JsonObject, def: StreamDef, context: Context): JsonObject {
  const echoed = def.checkWindow?.(record)
  const { window } = context()
  if (echoed === undefined || window === undefined) return record
  const from = momentOf(echoed['from'])
  const to = momentOf(echoed['to'])
  const differs = (one: number | undefined, asked: number) =>
    one !== undefined && Math.abs(one - asked) > TOLERANCE_MS
  if (!differs(from, window.from) && !differs(to, window.to)) return record
  throw systemError(
    `An answer for ${def.name} speaks of ${told(from)} to ${told(to)}, though ${rfc3339(window.from)} to ` +
      `${rfc3339(window.to)} was asked for. Rather than report wrong numbers, the stream stops.`,
  )
}

function told(moment: number | undefined): string {
  return moment === undefined ? 'an unknown time' : rfc3339(moment)
}
