import type { WrittenWindow } from '../../engine/stream/asked-window.ts'
import type { Adapt, Incremental, StreamDef } from '../../engine/stream/definition.ts'
import { byInterval, byOwnTime, byTime } from '../../engine/stream/definition.ts'
import { rfc3339 } from '../../engine/time/timestamps.ts'
import type { JsonObject } from '../../json.ts'
import type { CustomStreamConfig } from '../config.ts'
import type { DateFormat } from '../request/dates.ts'
import { cursorStepMs } from './cursor.ts'
import { type Columns, MOMENT, OBJECT, TEXT } from './schema.ts'

type Stamps = ReadonlyMap<string, string>
type Keyed = Pick<StreamDef, 'primaryKey' | 'incremental'>
/** How a custom stream is read by time. */
type Time = { readonly incremental: Incremental | undefined; readonly window: WrittenWindow | undefined }

/** How a stream is read by time. With a window in its requests and a cursor field, the server filters; with only a window, each
 *  day is read once; with only a cursor field, the connector filters. */
export function timeOf(stream: CustomStreamConfig, isWindowed: boolean, { widen, stepMs }: DateFormat): Time {
  const { cursor_field: field, cursor_format } = stream
  if (!isWindowed)
    return { incremental: field === undefined ? undefined : byOwnTime(field), window: undefined }
  if (field === undefined) return { incremental: byInterval(), window: { widen: span => span, stepMs } }
  const coarser = Math.max(stepMs, cursorStepMs(cursor_format))
  return { incremental: byTime(field), window: { widen, stepMs: coarser } }
}

/** The primary key. Records of a day also have the day in theirs. */
export function primaryKeyOf({ primary_key = [] }: CustomStreamConfig, incremental: Time['incremental']) {
  const isDaily = incremental?.strategy === 'intervals' && primary_key.length > 0
  return [...new Set(isDaily ? [...primary_key, 'window_start'] : primary_key)]
}

/** What is added to each record, unless it has a field of that name: the values that the config includes, and the day for records of a day. */
export function adaptOf(stamps: Stamps, incremental: Time['incremental']) {
  const isDaily = incremental?.strategy === 'intervals'
  if (stamps.size === 0 && !isDaily) return undefined
  const adapt: Adapt = (record, { parent, window }) => {
    const stamped = [...stamps].map(([name, column]) => [column, parent[name] ?? null] as const)
    return {
      ...record,
      ...Object.fromEntries(stamped.filter(([column]) => !Object.hasOwn(record, column))),
      ...(isDaily && window && { window_start: rfc3339(window.from), window_end: rfc3339(window.to) }),
    }
  }
  return adapt
}

/** The columns that a stream has, whatever is in its records. */
export function columnsFor({ metadata_path }: CustomStreamConfig, def: Keyed, stamps: Stamps): Columns {
  const cursor = def.incremental === undefined ? [] : [[def.incremental.field, MOMENT] as const]
  const daily = def.incremental?.strategy === 'intervals' ? ['window_start', 'window_end'] : []
  return new Map<string, JsonObject>([
    ...[...def.primaryKey, ...stamps.values()].map(name => [name, TEXT] as const),
    ...cursor,
    ...daily.map(name => [name, MOMENT] as const),
    ...(metadata_path === undefined ? [] : [['metadata', OBJECT] as const]),
  ])
}
