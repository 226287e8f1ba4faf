import type { Row } from '../world/ground/rows.ts'

/** By query parameter, whether a record matches a value of it. A repeated parameter matches any of its values. */
export type Filters = Readonly<Record<string, (row: Row, value: string) => boolean>>

/** A test of all filters in a query (each must match), or undefined when it has none. */
export function passesAll(filters: Filters, query: URLSearchParams): ((row: Row) => boolean) | undefined {
  const used = Object.entries(filters).flatMap(([name, test]) => {
    const values = query.getAll(name).filter(value => value !== '')
    return values.length === 0 ? [] : [{ test, values }]
  })
  if (used.length === 0) return undefined
  return row => used.every(({ test, values }) => values.some(value => test(row, value)))
}

/** Matches when the field, written as text, equals the value. */
export function is(field: string): Filters[string] {
  return (row, value) => String(row[field]) === value
}

/** Matches when one of the fields contains the value, in upper or lower case. */
export function holds(...fields: readonly string[]): Filters[string] {
  return (row, value) => fields.some(field => textIn(row[field]).includes(value.toLowerCase()))
}

/** Matches when a list in the record contains the value, as an element or in a field of one. */
export function has(listField: string, elementField?: string): Filters[string] {
  return (row, value) =>
    elements(row[listField]).some(element => elementText(element, elementField) === value)
}

/** The value at a path into a record, or undefined where the path breaks off. */
export function member(row: Row, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, field) => (at as Row | null | undefined)?.[field], row)
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : ''
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function elementText(element: unknown, field: string | undefined): unknown {
  return field === undefined ? element : member(element as Row, field)
}
