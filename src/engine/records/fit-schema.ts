import { isList, isObject, type Json, type JsonObject } from '../../json.ts'

/** Where everything goes that the schema has no place for. */
const CATCH_ALL = 'additional_fields'

/** A record as its schema wants it, and the columns whose values did not fit. */
interface Fitted {
  readonly data: JsonObject
  /** Columns that were left empty; their values are in the catch-all. */
  readonly misfits: readonly string[]
}

/** Fits a record to a schema. */
export type FitSchema = (record: JsonObject) => Fitted

type Fits = (value: Json) => boolean

const NONE: readonly string[] = []

/** Fits records to a JSON schema's top level, compiled once. A record that fits comes back as it is. Fields that the schema
 *  does not name, and values that do not fit their column, go to the catch-all: the platform drops undeclared columns,
 *  and destinations break on values of another type. */
export function compileFit(schema: JsonObject): FitSchema {
  const columns = new Map<string, Fits>()
  for (const [name, column] of Object.entries(isObject(schema['properties']) ? schema['properties'] : {})) {
    columns.set(name, fitsOf(isObject(column) ? column : {}))
  }
  const fits = (name: string, value: Json | undefined) => {
    const column = columns.get(name)
    return column !== undefined && (value === null || value === undefined || column(value))
  }
  return record => {
    for (const name in record) if (!fits(name, record[name])) return refit(record, fits, columns)
    return { data: record, misfits: NONE }
  }
}

function refit(
  record: JsonObject,
  fits: (name: string, value: Json | undefined) => boolean,
  columns: ReadonlyMap<string, Fits>,
): Fitted {
  // Entries, not assignments: a field called __proto__ is a field like any other.
  const fitting: [string, Json | undefined][] = []
  const rest: [string, Json | undefined][] = []
  const misfits: string[] = []
  for (const [name, value] of Object.entries(record)) {
    if (fits(name, value)) {
      fitting.push([name, value])
      continue
    }
    rest.push([name, value])
    if (!columns.has(name)) continue
    fitting.push([name, null])
    misfits.push(name)
  }
  const data = Object.fromEntries(fitting)
  const before = data[CATCH_ALL]
  const others = Object.fromEntries(rest)
  return { data: { ...data, [CATCH_ALL]: isObject(before) ? { ...before, ...others } : others }, misfits }
}

const BY_TYPE: Readonly<Record<string, Fits>> = {
  string: value => typeof value === 'string',
  integer: value => Number.isInteger(value),
  number: value => typeof value === 'number',
  boolean: value => typeof value === 'boolean',
  array: isList,
  object: isObject,
}

function fitsOf(column: JsonObject): Fits {
  const types = [column['type'] ?? []].flat().filter(type => typeof type === 'string' && type !== 'null')
  const allowed = types.flatMap(type => BY_TYPE[String(type)] ?? [])
  const format = FORMATS[String(column['format'])]
  if (format !== undefined) return value => typeof value === 'string' && format.test(value)
  if (allowed.length === 0) return () => true
  const [only] = allowed
  return allowed.length === 1 && only !== undefined ? only : value => allowed.some(fits => fits(value))
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/,
}
