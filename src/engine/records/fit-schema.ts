import { isDeeperThan, isExactNumber, isList, isObject, type Json, type JsonObject } from '../../json.ts'
import { DEEPEST } from '../bytes/json-walker.ts'
import { isDate, timestampOf } from '../time/timestamps.ts'
import { isWithinDouble, respellFor } from './spelling.ts'

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

/** Brings a record's key into its columns: the same record where it is in them already, undefined where a part that is
 *  there does not fit. A part that is missing is not looked for. */
export type FitKey = (record: JsonObject) => JsonObject | undefined

/** A value as its column holds it: the same one where it fits, one in another spelling, or undefined. */
type Column = (value: Json) => Json | undefined

const NONE: readonly string[] = []

/** Fits records to a JSON schema's top level, compiled once. A record that fits comes back as it is. Values that have the
 *  right meaning are spelled as their column wants them. Fields that the schema does not name, and values that do not fit
 *  their column, go to the catch-all, very deep ones as text: the platform drops undeclared columns, and destinations break
 *  on values of another type. */
export function compileFit(schema: JsonObject): FitSchema {
  const columns = columnsOf(schema)
  const fits = (name: string, value: Json | undefined) => {
    const column = columns.get(name)
    return column !== undefined && (value === null || value === undefined || column(value) === value)
  }
  return record => {
    for (const name in record) if (!fits(name, record[name])) return refit(record, columns)
    return { data: record, misfits: NONE }
  }
}

/** Brings keys of these parts into their columns. */
export function compileFitKey(schema: JsonObject, key: readonly string[]): FitKey {
  const columns = columnsOf(schema)
  return record => {
    let fitting = record
    for (const part of key) {
      const value = record[part]
      const column = columns.get(part)
      if (value === undefined || value === null || column === undefined) continue
      const spelled = column(value)
      if (spelled === undefined) return undefined
      if (spelled !== value) fitting = { ...fitting, [part]: spelled }
    }
    return fitting
  }
}

function columnsOf({ properties }: JsonObject): ReadonlyMap<string, Column> {
  const columns = Object.entries(isObject(properties) ? properties : {})
  return new Map(columns.map(([name, column]) => [name, columnOf(isObject(column) ? column : {})]))
}

function refit(record: JsonObject, columns: ReadonlyMap<string, Column>): Fitted {
  // Entries, not assignments: a field called __proto__ is a field like any other.
  const fitting: [string, Json][] = []
  const rest: [string, Json][] = []
  const misfits: string[] = []
  for (const [name, value] of Object.entries(record)) {
    if (value === undefined) continue
    const column = columns.get(name)
    const fitted = value === null ? null : column?.(value)
    if (column !== undefined) fitting.push([name, fitted ?? null])
    if (column !== undefined && fitted !== undefined) continue
    rest.push([name, shallow(value)])
    if (column !== undefined) misfits.push(name)
  }
  const data = Object.fromEntries(fitting)
  if (rest.length === 0) return { data, misfits }
  const before = data[CATCH_ALL]
  const others = Object.fromEntries(rest)
  return { data: { ...data, [CATCH_ALL]: isObject(before) ? { ...before, ...others } : others }, misfits }
}

type Fits = (value: Json) => boolean

const BY_TYPE: Readonly<Record<string, Fits>> = {
  string: value => typeof value === 'string',
  integer: value =>
    Number.isInteger(value) ||
    (isExactNumber(value) && /^-?\d+$/.test(String(value)) && isWithinDouble(value)),
  number: value => (typeof value === 'number' || isExactNumber(value)) && isWithinDouble(value),
  boolean: value => typeof value === 'boolean',
  array: isList,
  object: isObject,
}

function columnOf(column: JsonObject): Column {
  const fits = fitsOf(column)
  const respell = respellFor(column)
  return value => (fits(value) && !isDeeperThan(value, DEEPEST) ? value : respell(value))
}

function shallow(value: Json): Json {
  return isDeeperThan(value, DEEPEST) ? JSON.stringify(value) : value
}

function fitsOf(column: JsonObject): Fits {
  const types = [column['type'] ?? []].flat()
  const allowed = types.flatMap(type => BY_TYPE[String(type)] ?? [])
  const format = FORMATS[String(column['format'])]
  if (format !== undefined) return format
  if (allowed.length === 0) return () => true
  const [only] = allowed
  return allowed.length === 1 && only !== undefined ? only : value => allowed.some(fits => fits(value))
}

const FORMATS: Readonly<Record<string, Fits>> = {
  date: value => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isDate(value),
  'date-time': value => timestampOf(value) === value,
}
