import type { CustomStreamConfig, LookupConfig } from '../../src/custom/config.ts'
import { columnsOf } from '../../src/custom/lookup/rows.ts'
import { tableOf } from '../../src/custom/lookup/tables.ts'
import { isObject, type JsonObject } from '../../src/json.ts'
import { STREAMS } from '../../src/streams/index.ts'
import { readSchema } from '../../src/streams/schemas.ts'

/** The macros that every request may have. */
export const MOMENTS = ['now', 'now-1', 'now+1', 'window.start', 'window.end']

/** What is offered for a stream whose columns are not known before it was read. */
const LIKELY = ['id']

/** The macros that a custom stream of the config may use, without their braces: moments, fields of its parent, columns of its
 *  lookups. */
export async function macrosOf(config: JsonObject, at: number): Promise<readonly string[]> {
  const { custom_streams = [], lookups = [] } = config as unknown as Sources
  const stream = custom_streams[at]
  if (stream === undefined) return MOMENTS
  const parent = stream.parent ? await fieldsOf('parent', stream.parent) : []
  const named = lookups.filter(({ name }) => (stream.lookups ?? []).includes(name))
  const columns = await Promise.all(named.map(columnsIn))
  return [...MOMENTS, ...parent, ...columns.flat()]
}

interface Sources {
  readonly custom_streams?: readonly CustomStreamConfig[]
  readonly lookups?: readonly LookupConfig[]
}

async function columnsIn(lookup: LookupConfig): Promise<readonly string[]> {
  try {
    const table = tableOf(lookup, () => undefined)
    if ('stream' in table) return fieldsOf(lookup.name, table.stream)
    return columnsOf(table.rows).map(column => `${lookup.name}.${column}`)
  } catch {
    return []
  }
}

async function fieldsOf(table: string, stream: string): Promise<readonly string[]> {
  if (!STREAMS.some(({ name }) => name === stream)) return LIKELY.map(field => `${table}.${field}`)
  const { properties } = await readSchema(stream)
  return Object.keys(isObject(properties) ? properties : {}).map(field => `${table}.${field}`)
}
