import { didYouMean } from '../../config/nearest.ts'
import type { Lookup } from '../../engine/stream/lookup.ts'
import { MOST_PARTS } from '../../engine/sync/job/partitions.ts'
import type { CustomStreamConfig, LookupConfig } from '../config.ts'
import { InvalidField, onBehalf } from '../invalid.ts'
import { columnsOf, type LookupRow, rowsOf } from './rows.ts'

/** A lookup: its rows where they are known, or else the stream whose records they are. */
export type Table = { readonly rows: readonly LookupRow[] } | { readonly stream: string }

/** The values that a stream refers to, such as lists.id, each with the config's field that does so. */
export type NamedValues = ReadonlyMap<string, string>

/** The fields of a stream's records, if they are known. */
export type FieldsOf = (stream: string) => readonly string[] | undefined

/** The table of a lookup. Throws an InvalidField for one that cannot be read. */
export function tableOf({ source }: LookupConfig): Table {
  if (source.type === 'stream') return { stream: source.stream }
  return onBehalf(`source.${source.type}`, () => ({ rows: rowsOf(source) }))
}

/** What a stream's requests and records take from its parent and lookups: one lookup of the engine for each, with only the
 *  columns that are used. Throws an InvalidField for a column that does not exist, and for a table that is not used. */
export function lookupsOf(
  stream: CustomStreamConfig,
  names: NamedValues,
  tables: ReadonlyMap<string, Table>,
  fieldsOf: FieldsOf,
): readonly Lookup[] {
  const lookups = [...tables].map(([table, rows]) => {
    const columns = [...names.keys()]
      .filter(name => name.startsWith(`${table}.`))
      .map(name => name.slice(table.length + 1))
    if (columns.length === 0) throw unused(table)
    const known = 'rows' in rows ? columnsOf(rows.rows) : fieldsOf(rows.stream)
    for (const column of columns)
      if (known !== undefined && !hasField(known, column)) throw noColumn(`${table}.${column}`, names, known)
    const isNeeded = (column: string) => names.get(`${table}.${column}`) === 'url'
    return 'rows' in rows
      ? picked(table, columns, rows.rows, isNeeded)
      : fieldsFrom(table, columns, rows.stream, isNeeded)
  })
  const parts = lookups.reduce((product, one) => product * ('rows' in one ? one.rows.length : 1), 1)
  if (parts > MOST_PARTS && (stream.lookups ?? []).length > 1)
    throw new InvalidField(
      'lookups',
      `multiply to ${parts} requests, but at most ${MOST_PARTS} are allowed; use fewer rows`,
    )
  return lookups
}

/** The columns to add to each record, by the name of their value: parent.id becomes parent_id, parent.owner.id
 *  parent_owner_id. */
export function stampsOf(
  { include_fields = [] }: CustomStreamConfig,
  tables: readonly string[],
): Map<string, string> {
  const stamps = new Map<string, string>()
  for (const name of include_fields) {
    const [table = '', ...path] = name.split('.')
    if (path.length === 0 || path.includes('') || !tables.includes(table)) {
      const known = tables.map(one => `${one}.${one === 'parent' ? 'FIELD' : 'COLUMN'}`).join(', ')
      throw new InvalidField(
        'include_fields',
        `names ${name}, which is not a value that this stream has; ${known === '' ? 'it has neither lookups nor a parent' : `there are ${known}`}`,
      )
    }
    stamps.set(name, [table, ...path].join('_'))
  }
  return stamps
}

function unused(table: string): InvalidField {
  const [field, what] = table === 'parent' ? ['parent', '{parent.id}'] : ['lookups', `{${table}.COLUMN}`]
  return new InvalidField(
    field,
    `names ${table === 'parent' ? 'a stream' : table}, but uses nothing from it; put ${what} into the url, or remove it`,
  )
}

function hasField(known: readonly string[], field: string): boolean {
  return known.includes(field) || known.includes(field.split('.', 1)[0] ?? field)
}

function picked(
  table: string,
  columns: readonly string[],
  rows: readonly LookupRow[],
  isNeeded: (column: string) => boolean,
): Lookup {
  const different = new Map<string, LookupRow>()
  for (const row of rows) {
    const values = Object.fromEntries(columns.map(column => [`${table}.${column}`, row[column] ?? '']))
    different.set(JSON.stringify(values), values)
  }
  return {
    rows: [...different.values()],
    needed: columns.filter(isNeeded).map(column => `${table}.${column}`),
  }
}

function fieldsFrom(
  table: string,
  columns: readonly string[],
  stream: string,
  isNeeded: (column: string) => boolean,
): Lookup {
  const fields = columns.map(field => ({ field, as: `${table}.${field}`, isOptional: !isNeeded(field) }))
  return { stream, fields }
}

function noColumn(name: string, names: NamedValues, columns: readonly string[]): InvalidField {
  const meant = didYouMean(name.slice(name.indexOf('.') + 1), columns)
  return new InvalidField(
    names.get(name) ?? 'url',
    `names ${name}, which does not exist; ${meant}there are ${columns.slice(0, 30).join(', ')}`,
  )
}
