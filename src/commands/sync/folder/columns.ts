import { isList, isObject, type JsonObject } from '../../../json.ts'

/** When a record was read: each line of a file has it. */
export const EXTRACTED_AT = '_extracted_at'

/** Holds the fields that no column holds. */
export const CATCH_ALL = 'additional_fields'

/** The schema without the columns that DuckDB could not tell apart: its names are the same in capitals, and one of them is
 *  `_extracted_at`. Of those that are alike the first stays, those in `first` before all others; the values of the rest go to
 *  additional_fields, as those of any other field that a schema does not name. */
export function withDistinctColumns(schema: JsonObject, first: readonly string[]): JsonObject {
  const { properties } = schema
  if (!isObject(properties)) return schema
  const taken = new Map([[EXTRACTED_AT, '']])
  for (const name of [...first, ...Object.keys(properties)])
    if (Object.hasOwn(properties, name) && !taken.has(name.toLowerCase())) taken.set(name.toLowerCase(), name)
  const kept = Object.entries(properties).filter(([name]) => taken.get(name.toLowerCase()) === name)
  return { ...schema, properties: Object.fromEntries(kept) }
}

/** The columns of a schema with their types in DuckDB. */
export function duckColumns({ properties }: JsonObject): Record<string, string> {
  const columns = Object.entries(isObject(properties) ? properties : {})
  return Object.fromEntries(columns.map(([name, column]) => [name, duckType(isObject(column) ? column : {})]))
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
}

function duckType({ type, format }: JsonObject): string {
  const types = (isList(type) ? type : [type]).filter(one => one !== 'null')
  const [only = ''] = types
  if (types.length !== 1) return 'JSON'
  if (format === 'date-time') return 'TIMESTAMPTZ'
  if (format === 'date') return 'DATE'
  return TYPES[String(only)] ?? 'JSON'
}
