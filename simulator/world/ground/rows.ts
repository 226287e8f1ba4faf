/** One record as the API serves it. */
export type Row = Readonly<Record<string, unknown>>

/** A list of records that are made on demand. */
export interface Rows {
  readonly count: number
  /** The record at a place from 0 to count - 1, in the order of the API's list. */
  readonly at: (place: number) => Row
  /** The records' ids without making the records, where that is cheaper. */
  readonly idAt?: (place: number) => string
  /** The JSON of records `from` to `to` (exclusive), comma separated, where it has been rendered already. */
  readonly bytes?: (from: number, to: number) => Uint8Array
}

/** A list without records. */
export const noRows: Rows = { count: 0, at: place => missing(place) }

/** The rows that pass a test, in the same order. */
export function rowsWhere(rows: Rows, passes: (row: Row) => boolean): Rows {
  const kept: Row[] = []
  for (let place = 0; place < rows.count; place++) {
    const row = rows.at(place)
    if (passes(row)) kept.push(row)
  }
  return rowsOf(kept)
}

/** The list that holds these records. */
export function rowsOf(records: readonly Row[]): Rows {
  return { count: records.length, at: place => records[place] ?? missing(place) }
}

/** Several lists, one after the other. */
export function joinRows(lists: readonly Rows[]): Rows {
  const count = lists.reduce((sum, rows) => sum + rows.count, 0)
  return { count, at: place => atJoined(lists, place) }
}

/** The same records with additional fields, such as the id of the parent they were listed under. */
export function stamped(rows: Rows, fields: Row): Rows {
  return { count: rows.count, at: place => ({ ...rows.at(place), ...fields }) }
}

/** The same records in reverse order. */
export function reversed(rows: Rows): Rows {
  return { count: rows.count, at: place => rows.at(rows.count - 1 - place) }
}

/** The records sorted by the text or number in a field, smallest first; those without it come last. */
export function sortedBy(rows: Rows, field: string): Rows {
  return rowsOf(sliceRows(rows, 0, rows.count).sort((one, other) => compare(one[field], other[field])))
}

/** The records from `from` to `to` (exclusive, and limited to the end of the list). */
export function sliceRows(rows: Rows, from: number, to: number): Row[] {
  const records: Row[] = []
  for (let place = from; place < Math.min(to, rows.count); place++) records.push(rows.at(place))
  return records
}

/** The key of the record at a place: its key fields joined by `|`. */
export function keyAt(rows: Rows, place: number, key: readonly string[]): string {
  if (rows.idAt && key.length === 1 && key[0] === 'id') return rows.idAt(place)
  const row = rows.at(place)
  return key.map(field => String(row[field])).join('|')
}

function atJoined(lists: readonly Rows[], place: number): Row {
  let rest = place
  for (const rows of lists) {
    if (rest < rows.count) return rows.at(rest)
    rest -= rows.count
  }
  return missing(place)
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  const [left, right] = [String(one ?? '\uffff'), String(other ?? '\uffff')]
  return left < right ? -1 : Number(left > right)
}

function missing(place: number): never {
  throw new RangeError(`There is no record at place ${place}.`)
}
