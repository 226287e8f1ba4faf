import { type ConnectorError, systemError } from '../../../errors.ts'
import { type JsonObject, valueAt } from '../../../json.ts'
import type { Shortage } from '../../evidence/shortages.ts'
import type { Sink } from '../../records/filter.ts'
import type { FitKey } from '../../records/fit-schema.ts'
import type { Slice } from '../../stream/context.ts'
import type { StreamDef } from '../../stream/definition.ts'
import type { LookupField } from '../../stream/lookup.ts'
import { objectIn, textOf } from './parent-ids.ts'

/** What came of reading a stream for others. */
interface ReadForOthers {
  /** Why it may not be whole. */
  readonly error: ConnectorError | undefined
  readonly shortages: readonly Shortage[]
}

/** Reads the records of a stream for others, whole or as much as is wanted of it. A record that does not pass `fitKey` is as
 *  one without a key. */
export type ReadFor = (def: StreamDef, sink: Sink, fitKey?: FitKey) => Promise<ReadForOthers>

/** The stream of a name, where there is one. */
export type Find = (name: string) => StreamDef | undefined

/** What tells a partition from others. */
export type Values = NonNullable<Slice['parent']>
type Fields = readonly LookupField[]

/** Rows of values, for each of which there is a partition. */
export interface Rows extends ReadForOthers {
  readonly rows: readonly Values[]
  /** How many were passed over, since they lack a value that is needed. */
  readonly valueless: number
}

/** The rows of a stream, and what its records had: the first fields seen, and of those asked for the ones that none had. */
export interface Collected extends Rows {
  readonly seen: readonly string[]
  readonly absent: readonly string[]
}

/** The rows that these fields of a stream's records give. */
export type RowsOf = (stream: string, fields: Fields, fitKey?: FitKey) => Promise<Collected>

/** How many fields a message names. */
const MOST_NAMED = 30

/** Reads streams for the rows that they give, each once however many ask it for the same. */
export function collectOnce(find: Find, read: ReadFor): RowsOf {
  const known = new Map<string, Promise<Collected>>()
  return async (name, fields, fitKey) => {
    const def = find(name)
    if (def === undefined) throw systemError(`A stream has a parent that does not exist: ${name}.`)
    const key = JSON.stringify([name, fields, fitKey !== undefined])
    const rows = known.get(key) ?? collectRows(def, fields, (one, sink) => read(one, sink, fitKey))
    known.set(key, rows)
    return rows
  }
}

/** The different values of these fields in a stream's records; a record that lacks one that is needed is none's parent. */
async function collectRows(def: StreamDef, fields: Fields, read: ReadFor): Promise<Collected> {
  const rows = new Map<string, Values>()
  let absent = fields.map(({ field }) => field)
  let first: JsonObject | undefined
  let valueless = 0
  const take = (record: JsonObject) => {
    first ??= record
    absent = absent.filter(field => valueAt(record, field) === undefined)
    const values = valuesIn(record, fields)
    if (values === undefined) valueless++
    else rows.set(JSON.stringify(values), values)
  }
  const { error, shortages } = await read(def, async records => {
    for (const record of records) take(objectIn(record))
  })
  return {
    rows: [...rows.values()],
    error,
    shortages: shortages.map(one => ({ ...one, of: def.name })),
    valueless,
    seen: Object.keys(first ?? {}).slice(0, MOST_NAMED),
    absent: first === undefined ? [] : absent,
  }
}

/** The values of these fields, without those that are absent; undefined where one that is needed is. */
function valuesIn(record: JsonObject, fields: Fields): Values | undefined {
  const values = fields.map(({ field }) => textOf(record, field))
  if (fields.some(({ isOptional }, index) => isOptional !== true && !values[index])) return undefined
  return Object.fromEntries(
    fields.flatMap(({ as }, index) => (values[index] === undefined ? [] : [[as, values[index]] as const])),
  )
}
