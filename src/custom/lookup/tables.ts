import { didYouMean } from '../../config/nearest.ts'
import type { Lookup } from '../../engine/stream/lookup.ts'
import { MOST_PARTS } from '../../engine/sync/job/partitions.ts'
import type { CustomStreamConfig, LookupConfig } from '../config.ts'
import { InvalidField, onBehalf } from '../invalid.ts'
import { columnsOf, different, type LookupRow, rowsOf } from './rows.ts'

/** A table of values: its rows where they are known, or else the stream whose records they are; with its columns, if known. */
export type Table = { readonly columns: readonly string[] | undefined } & (
  | { readonly rows: readonly LookupRow[] }
  | { readonly stream: string }
)

/** Tables by what precedes the dot in the names of their values: parent, and the names of lookups. */
export type Tables = ReadonlyMap<string, Table>

/** The values that a stream refers to, such as lists.id, each with the config's field that does so. */
export type NamedValues = ReadonlyMap<string, string>

/** The fields of a stream's records, if they are known. */
export type FieldsOf = (stream: string) => readonly string[] | undefined

/** The table of a lookup. Throws an InvalidField for one that cannot be read. */
export function tableOf({ source }: LookupConfig, fieldsOf: FieldsOf): Table {
  if (source.type === 'stream') return { stream: source.stream, columns: fieldsOf(source.stream) }
  const rows = onBehalf(`source.${source.type}`, () => rowsOf(source))
  return { rows, columns: columnsOf(rows) }
}

/** What a stream's requests and records take from its parent and lookups: one lookup of the engine for each, with only the
 *  columns that are used. Throws an InvalidField for a table that is not used. */
export function lookupsOf(names: NamedValues, tables: Tables): readonly Lookup[] {
  const lookups = [...tables].map(([name, table]) => lookupOf(name, table, names))
  const parts = lookups.reduce((product, one) => product * ('rows' in one ? one.rows.length : 1), 1)
  if (parts > MOST_PARTS)
    throw new InvalidField(
      'lookups',
      `multiply to ${parts} requests, but at most ${MOST_PARTS} are allowed; use fewer rows`,
    )
  return lookups
}

/** The columns to add to each record, by the name of their value: parent.owner.id becomes parent_owner_id. */
export function stampsOf({ include_fields = [] }: CustomStreamConfig, tables: Tables) {
  const strange = include_fields.find(name => !/^\w+(\.[^.]+)+$/.test(name) || !isValue(name, tables))
  if (strange === undefined) return new Map(include_fields.map(name => [name, name.replaceAll('.', '_')]))
  const known = valuesIn(tables)
  const there =
    known.length === 0
      ? 'it has neither lookups nor a parent'
      : `${didYouMean(strange, known)}there are ${known.join(', ')}`
  const what = `names ${strange}, which is not a value that this stream has`
  throw new InvalidField('include_fields', `${what}; ${there}`)
}

/** Whether a name such as lists.id or parent.owner.id is that of a value in these tables, as far as their columns are known. */
export function isValue(name: string, tables: Tables): boolean {
  const table = tables.get(tableIn(name))
  const column = columnIn(name)
  return table?.columns?.some(one => one === column || one === tableIn(column)) ?? table !== undefined
}

/** How many columns of a table are listed. */
const MOST_LISTED = 20

/** The names of the values in tables, for messages. */
export function valuesIn(tables: Tables): readonly string[] {
  return [...tables].flatMap(([table, { columns = [table === 'parent' ? 'FIELD' : 'COLUMN'] }]) =>
    columns.slice(0, MOST_LISTED).map(column => `${table}.${column}`),
  )
}

/** The table in the name of a value: parent in parent.owner.id. */
export const tableIn = (name: string) => name.replace(/\..*/, '')

function lookupOf(name: string, table: Table, names: NamedValues): Lookup {
  const used = [...names.keys()].filter(one => tableIn(one) === name)
  if (used.length === 0) throw unused(name)
  const needed = used.filter(one => names.get(one) === 'url')
  if ('rows' in table) return { rows: picked(used, table.rows), needed }
  const fields = used.map(as => ({ field: columnIn(as), as, isOptional: !needed.includes(as) }))
  return { stream: table.stream, fields }
}

function unused(table: string): InvalidField {
  const [field, name, value] =
    table === 'parent' ? ['parent', 'a stream', 'id'] : ['lookups', table, 'COLUMN']
  const use = `put {${table}.${value}} into the url, or remove it`
  return new InvalidField(field, `names ${name}, but uses nothing from it; ${use}`)
}

/** The column in the name of a value: owner.id in parent.owner.id. */
const columnIn = (name: string) => name.slice(name.indexOf('.') + 1)

/** The rows with these values only, each once. */
function picked(names: readonly string[], rows: readonly LookupRow[]): readonly LookupRow[] {
  return different(rows.map(row => Object.fromEntries(names.map(name => [name, row[columnIn(name)] ?? '']))))
}
