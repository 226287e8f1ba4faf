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
  const lookups = [...tables].map(([name, table]) => {
    const used = [...names.keys()].filter(one => one.startsWith(`${name}.`))
    if (used.length === 0) throw unused(name)
    const known = 'rows' in table ? columnsOf(table.rows) : fieldsOf(table.stream)
    const missing = used.find(one => known !== undefined && !hasField(known, columnIn(one)))
    if (missing !== undefined && known !== undefined)
      throw new InvalidField(
        names.get(missing) ?? 'url',
        `names ${missing}, which does not exist; ${didYouMean(columnIn(missing), known)}there are ${known.slice(0, 30).join(', ')}`,
      )
    const needed = used.filter(one => names.get(one) === 'url')
    return 'rows' in table
      ? { rows: picked(used, table.rows), needed }
      : {
          stream: table.stream,
          fields: used.map(as => ({ field: columnIn(as), as, isOptional: !needed.includes(as) })),
        }
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

/** The column in the name of a value: owner.id in parent.owner.id. */
function columnIn(name: string): string {
  return name.slice(name.indexOf('.') + 1)
}

/** The rows with these values only, each once. */
function picked(names: readonly string[], rows: readonly LookupRow[]): readonly LookupRow[] {
  const some = rows.map(row => Object.fromEntries(names.map(name => [name, row[columnIn(name)] ?? ''])))
  return [...new Map(some.map(row => [JSON.stringify(row), row])).values()]
}
