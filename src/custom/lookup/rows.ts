import { counted } from '../../counted.ts'
import { isExactNumber, isList, isObject, type Json, kindOf } from '../../json.ts'
import type { LookupConfig } from '../config.ts'
import { jsonIn } from '../invalid.ts'
import { csvLines } from './csv.ts'

/** Where a lookup has its rows, within the config. */
export type LookupSource = Exclude<LookupConfig['source'], { readonly type: 'stream' }>

/** A row: values by column name. */
export type LookupRow = Readonly<Record<string, string>>

/** The rows of a lookup, all with the same columns, in their order, each once. Throws an Error whose message is the rest of a
 *  sentence that begins with the field's name. */
export function rowsOf(source: LookupSource): readonly LookupRow[] {
  const rows = different(read(source))
  if (rows.length === 0) throw new Error('has no rows; enter at least one, or remove the lookup')
  for (const column of columnsOf(rows)) refuseName(column)
  return rows
}

/** The columns that all rows of a lookup have. */
export function columnsOf([first = {}]: readonly LookupRow[]): readonly string[] {
  return Object.keys(first)
}

function read(source: LookupSource): readonly LookupRow[] {
  if (source.type === 'values') return source.values.map(value => ({ [source.column]: value }))
  return source.type === 'csv' ? fromCsv(source.csv) : fromJson(source.json)
}

/** Each row once; the order in which a row names its columns does not matter. */
export function different(rows: readonly LookupRow[]): LookupRow[] {
  const columns = columnsOf(rows)
  const seen = new Set<string>()
  return rows.filter(row => seen.size < seen.add(JSON.stringify(columns.map(column => row[column]))).size)
}

function refuseName(column: string): void {
  if (/^[A-Za-z_]\w*$/.test(column)) return
  if (column === '') throw new Error('has a column without a name; name it, or remove it')
  throw new Error(`has the column "${column}", which no macro can name; use letters, digits and underscores`)
}

function fromCsv(text: string): LookupRow[] {
  const [header, ...lines] = csvLines(text)
  if (header === undefined) throw new Error('is empty; the first row names the columns')
  const twice = header.find((name, index) => name !== '' && header.indexOf(name) !== index)
  if (twice !== undefined)
    throw new Error(`has the column ${twice} twice; give each column a name of its own`)
  if (lines.length === 0)
    throw new Error('has a header but no rows; the first row names the columns, the values follow')
  return lines.map((cells, index) => {
    if (cells.length === header.length)
      return Object.fromEntries(header.map((name, at) => [name, cells[at] ?? '']))
    throw new Error(
      `has ${counted(cells.length, 'cell')} in row ${index + 2}, but the header has ${header.length}; put cells that contain commas in quotes`,
    )
  })
}

function fromJson(text: string): LookupRow[] {
  const list = jsonIn(
    text.replace(/^\ufeff/, ''),
    complaint => new Error(`is not JSON (${complaint}); write a list such as [{"id": "a"}]`),
  )
  if (!isList(list)) throw new Error('must be a JSON list, such as [{"id": "a"}]')
  const rows = list.map((one, index) => fromElement(one, index + 1))
  const columns = columnsOf(rows)
  const odd = rows.findIndex(row => [...columnsOf([row])].sort().join() !== [...columns].sort().join())
  if (odd === -1) return rows
  throw new Error(
    `has different fields in element ${odd + 1} than in the first; every element must have ${columns.join(', ')}`,
  )
}

function fromElement(element: Json, number: number): LookupRow {
  const at = `element ${number}`
  if (!isObject(element)) return { value: textOf(element, at) }
  const fields = Object.entries(element)
  if (fields.length === 0) throw new Error(`has no fields in ${at}; enter some, or remove it`)
  return Object.fromEntries(fields.map(([name, value]) => [name, textOf(value, `${name} of ${at}`)]))
}

function textOf(value: Json | undefined, at: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  if (isExactNumber(value)) return String(value)
  throw new Error(`has ${kindOf(value)} as ${at}; use text, a number, true or false`)
}
