import { join } from 'node:path'
import { CATCH_ALL, EXTRACTED_AT } from './columns.ts'
import type { Manifest, ManifestStream } from './manifest.ts'

/** SQL for a DuckDB view of each stream: the newest record of each key, with the types of the schema. The folder is named by its
 *  absolute path, so the views work from anywhere, and keep working when they are saved in a database. */
export function viewsOf(folder: string, { streams }: Manifest): string {
  const views = Object.entries(streams).map(([name, stream]) => viewOf(folder, name, stream))
  return [
    '-- Written by each sync. For a look: duckdb -init views.sql. To keep the views: duckdb calls.duckdb < views.sql',
    ...views,
    '',
  ].join('\n\n')
}

function viewOf(folder: string, name: string, stream: ManifestStream): string {
  const columns = Object.entries({ [EXTRACTED_AT]: 'TIMESTAMPTZ', ...stream.columns })
  const head = `CREATE OR REPLACE VIEW ${quoted(name)} AS`
  if (stream.files.length === 0) {
    const nothing = columns.map(([column, type]) => `NULL::${type} AS ${quoted(column)}`)
    return `${head}\nSELECT ${nothing.join(', ')} WHERE false;`
  }
  const types = columns.map(([column, type]) => `${text(column)}: ${text(readAs(type))}`)
  const values = columns.map(([column, type]) => asColumn(quoted(column), type))
  const from = `read_json(${filesOf(folder, name)}, format = 'newline_delimited', columns = {${types.join(', ')}}) AS line`
  return `${head}\nSELECT ${values.join(', ')}\nFROM ${from}${newestPerKey(stream)};`
}

/** A type that DuckDB reads whatever a line holds. A single value that is not of the column's type, such as an integer of more than
 *  64 bits, or one that was written while the column had another type, would otherwise fail every query on the view. */
function readAs(type: string): string {
  return type === 'JSON' ? 'JSON' : 'VARCHAR'
}

function asColumn(column: string, type: string): string {
  return readAs(type) === type ? column : `TRY_CAST(line.${column} AS ${type}) AS ${column}`
}

/** The files of a stream: all that are in its folder, including those of later syncs. */
function filesOf(folder: string, name: string): string {
  return text(join(literally(folder), name, '*.jsonl*'))
}

function newestPerKey({ primary_key, columns }: ManifestStream): string {
  if (primary_key.length === 0) return ''
  const key = primary_key.map(part => keyPart(part, columns)).join(', ')
  return `\nQUALIFY row_number() OVER (PARTITION BY ${key} ORDER BY line.${quoted(EXTRACTED_AT)} DESC) = 1`
}

/** A part of the key: a column, or a value within one. What no column holds is in additional_fields. */
function keyPart(part: string, columns: ManifestStream['columns']): string {
  if (Object.hasOwn(columns, part)) return `line.${quoted(part)}`
  const [first = '', ...more] = part.split('.')
  const [column, steps] = columns[first] === 'JSON' ? [first, more] : [CATCH_ALL, [first, ...more]]
  const path = `$${steps.map(step => `.${quoted(step)}`).join('')}`
  return `json_extract_string(line.${quoted(column)}, ${text(path)})`
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
