import type { Adapt, RecordContext } from '../engine/stream/definition.ts'
import type { JsonObject } from '../json.ts'

/** The record of an interval: with the span that was asked for, and when. */
export const perInterval: Adapt = (record, context) => ({ ...record, ...span(context) })

/** The columns that say which span of time a record speaks of. */
export function span({ now, window }: RecordContext): JsonObject {
  return {
    window_start: window === undefined ? null : new Date(window.from).toISOString(),
    window_end: window === undefined ? null : new Date(window.to).toISOString(),
    queried_at: new Date(now).toISOString(),
  }
}
