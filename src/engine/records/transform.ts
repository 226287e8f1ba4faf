import { systemError } from '../../errors.ts'
import { isObject, type Json, type JsonObject } from '../../json.ts'
import type { RecordContext, StreamDef } from '../stream/definition.ts'
import { momentOf, rfc3339 } from '../time/timestamps.ts'

/** Turns what stood in an answer into the stream's records: wraps what is no object, unfolds one into many, adapts each.
 *  Empty for what cannot be a record. */
export type Open = (raw: Json) => readonly JsonObject[]

/** The opening of a slice's answers. */
export function createOpen(def: StreamDef, context: () => RecordContext): Open {
  const { wrap, unfold, adapt } = def
  return raw => {
    const wrapped = isObject(raw) || wrap === undefined || raw === null ? raw : { [wrap]: raw }
    if (!isObject(wrapped)) return []
    refuseOtherWindow(wrapped, def, context)
    const unfolded = unfold === undefined ? [wrapped] : unfold(wrapped)
    return adapt === undefined ? unfolded : unfolded.map(record => adapt(record, context()))
  }
}

const TOLERANCE_MS = 1000

/** Refuses an aggregate that speaks of another stretch of time than the one asked for: its number would be wrong. */
function refuseOtherWindow(record: JsonObject, def: StreamDef, context: () => RecordContext): void {
  const echoed = def.checkWindow?.(record)
  const { window } = context()
  if (echoed === undefined || window === undefined) return
  const from = momentOf(echoed['from'])
  const to = momentOf(echoed['to'])
  const differs = (one: number | undefined, asked: number) =>
    one !== undefined && Math.abs(one - asked) > TOLERANCE_MS
  if (!differs(from, window.from) && !differs(to, window.to)) return
  throw systemError(
    `Babelforce answered ${def.name} for ${told(from)} to ${told(to)}, though ${rfc3339(window.from)} to ` +
      `${rfc3339(window.to)} was asked for. Rather than report wrong numbers, the stream stops.`,
  )
}

function told(moment: number | undefined): string {
  return moment === undefined ? 'an unknown time' : rfc3339(moment)
}
