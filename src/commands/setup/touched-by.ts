import type { StreamDef } from '../../engine/stream/definition.ts'

/** Whether a filter of the config, by its name there, narrows this stream. */
export function isTouchedByFilter(def: StreamDef, filter: string): boolean {
  return (
    def.routes.some(route => filter in (route.filters ?? {})) ||
    filter in (def.clientFilters ?? {}) ||
    Object.values(def.splitBy ?? {}).some(({ as }) => as === filter)
  )
}
