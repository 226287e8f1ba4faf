import { isTouchedByFilter } from '../../src/commands/setup/touched-by.ts'
import type { StreamDef } from '../../src/engine/stream/definition.ts'
import { fieldsOf } from '../config/schema.ts'

/** Whether a stream is touched by the fields of a part of the config, given the field's name within that part. */
const TOUCHES: Readonly<Record<string, (def: StreamDef, name: string) => boolean>> = {
  filters: isTouchedByFilter,
  ids: ({ parent }, name) => parent?.ids === name && name !== 'metrics',
  metrics: (def, name) => touchedByMetrics(def, name),
  agent_sync: ({ onlyIf }) => onlyIf === 'agent_sync',
  start_date: hasTime,
  end_date: hasTime,
  lookback_hours: hasTime,
  window_days: ({ incremental }) =>
    incremental?.strategy === 'windowed' || incremental?.strategy === 'through-parent',
}

/** The fields of the config that touch some streams but not all, each with those that it touches. */
export function touchesOf(streams: readonly StreamDef[]): Readonly<Record<string, readonly string[]>> {
  const entries = fieldsOf().flatMap(field => {
    const [part = '', name = ''] = field.split('.')
    const touches = TOUCHES[part]
    const names = streams.filter(def => touches?.(def, name)).map(def => def.name)
    return names.length === 0 ? [] : [[field, names] as const]
  })
  return Object.fromEntries(entries)
}

function touchedByMetrics({ incremental, splitBy, parent }: StreamDef, name: string): boolean {
  const isConfigured = incremental?.strategy === 'intervals' && incremental.length === 'configured'
  return { interval: isConfigured, by: splitBy !== undefined, ids: parent?.ids === 'metrics' }[name] ?? false
}

function hasTime({ incremental }: StreamDef): boolean {
  return incremental !== undefined
}
