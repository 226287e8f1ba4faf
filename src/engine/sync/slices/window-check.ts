import { type RawRecord, timeIn } from '../../bytes/raw-record.ts'
import type { StreamDef } from '../../stream/definition.ts'
import type { Span } from '../../time/spans.ts'
import { momentOf } from '../../time/timestamps.ts'

/** How far outside a window a record may lie and still speak for the filter. */
const NEAR_MS = 2000

/** Whether most of the records that have a time lie outside the span asked for: the server ignores the filter. */
export function ignoresWindow(rows: readonly RawRecord[], def: StreamDef, { from, to }: Span): boolean {
  const moments = momentsOf(rows, def)
  const strays = moments.filter(moment => moment < from - NEAR_MS || moment > to + NEAR_MS)
  return strays.length * 2 > moments.length
}

/** The times of those records that have one, by the stream's cursor field. */
export function momentsOf(rows: readonly RawRecord[], def: StreamDef): number[] {
  const { field = '' } = def.incremental ?? {}
  return rows.map(row => momentOf(timeIn(row, field))).filter(moment => moment !== undefined)
}
