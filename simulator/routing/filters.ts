import type { Row } from '../world/ground/rows.ts'

/** Tests by query parameter: does a record pass for one value of it? A repeated parameter passes with any value. */
export type Filters = Readonly<Record<string, (row: Row, value: string) => boolean>>

/** The test of all filters that a query uses (every one must pass), or undefined when it uses none. */
export function passesAll(filters: Filters, query: URLSearchParams): ((row: Row) => boolean) | undefined {
  const used = Object.entries(filters).flatMap(([name, test]) => {
    const values = query.getAll(name).filter(value => value !== '')
    return values.length === 0 ? [] : [{ test, values }]
  })
  if (used.length === 0) return undefined
  return row => used.every(({ test, values }) => values.some(value => test(row, value)))
}

/** Passes when the field, written as text, is the value. */
export function is(field: string): Filters[string] {
  return (row, value) => String(row[field]) === value
}

/** Passes when one of the fields holds the value somewhere, in upper or lower case. */
export function holds(...fields: readonly string[]): Filters[string] {
  return (row, value) => fields.some(field => textIn(row[field]).includes(value.toLowerCase()))
}

/** Passes when a list in the record has the value: as itself, or as the field of an element. */
export function has(listField: string, elementField?: string): Filters[string] {
  return (row, value) =>
    elements(row[listField]).some(element => elementText(element, elementField) === value)
}

/** The member of an object in a record, or undefined where the record or the object lacks it. */
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
