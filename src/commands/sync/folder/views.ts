import { join } from 'node:path'
import { isList, isObject, type JsonObject } from '../../../json.ts'
import type { Manifest, ManifestStream } from './manifest.ts'

/** SQL that makes a view of each stream in DuckDB: of records with the same key the newest, with the types of the schema. The
 *  folder is named by its absolute path, so the views work from anywhere, and go on working when they are kept in a database. */
export function viewsOf(folder: string, { streams }: Manifest): string {
  const views = Object.entries(streams).map(([name, stream]) => viewOf(folder, name, stream))
  return [
    '-- Written by each sync. For a look: duckdb -init views.sql. To keep the views: duckdb calls.duckdb < views.sql',
    ...views,
    '',
  ].join('\n\n')
}

function viewOf(folder: string, name: string, stream: ManifestStream): string {
  const columns: Readonly<Record<string, string>> = { _extracted_at: 'TIMESTAMPTZ', ...stream.columns }
  const head = `CREATE OR REPLACE VIEW ${quoted(name)} AS`
  const names = Object.keys(columns).map(quoted).join(', ')
  if (stream.files.length === 0) {
    const nothing = Object.entries(columns).map(([column, type]) => `NULL::${type} AS ${quoted(column)}`)
    return `${head}\nSELECT ${nothing.join(', ')} WHERE false;`
  }
  const types = Object.entries(columns).map(([column, type]) => `${text(column)}: ${text(type)}`)
  const from = `read_json(${filesOf(folder, name)}, format = 'newline_delimited', columns = {${types.join(', ')}})`
  return `${head}\nSELECT ${names}\nFROM ${from}${newestPerKey(stream)};`
}

/** The files of a stream: all in its folder, those of later syncs included. */
function filesOf(folder: string, name: string): string {
  return text(join(literally(folder), name, '*.jsonl*'))
}

function newestPerKey({ primary_key }: ManifestStream): string {
  if (primary_key.length === 0) return ''
  const key = primary_key.map(quoted).join(', ')
  return `\nQUALIFY row_number() OVER (PARTITION BY ${key} ORDER BY _extracted_at DESC) = 1`
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

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** A path in which nothing is a wildcard. */
function literally(path: string): string {
  return path.replace(/[[*?]/g, '[$&]')
}
