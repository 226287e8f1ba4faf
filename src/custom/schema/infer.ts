import { isDate } from '../../engine/time/timestamps.ts'
import { type ExactNumber, isExactNumber, isList, isObject, type Json, type JsonObject } from '../../json.ts'
import { DRAFT_07, MOMENT, OBJECT, TEXT } from './schema.ts'

const DEEPEST = 4
const MOST_COLUMNS = 500
/** An object with more different keys than this in the sample is a map, not a record. */
const MOST_KEYS = 100

/** Types; of equally frequent ones the first wins. */
const ORDER = ['string', 'object', 'array', 'number', 'integer', 'boolean'] as const
type Kind = (typeof ORDER)[number]

/** A JSON schema for a sample of records, the same whatever their order. Every column is nullable and has the type of most of its
 *  values (others go into the catch-all, since destinations want one type); texts are times or dates if all of them are. In
 *  XML what is a list once is always one. Columns are in alphabetical order. */
export function inferSchema(records: readonly JsonObject[], { isXml = false } = {}): JsonObject {
  const properties = propertiesOf(columnsIn(records).slice(0, MOST_COLUMNS), { depth: 1, isXml })
  return { $schema: DRAFT_07, type: 'object', additionalProperties: true, properties }
}

type Column = readonly [name: string, values: readonly Json[]]

/** The columns of records, in alphabetical order. */
function columnsIn(records: readonly JsonObject[]): readonly Column[] {
  const fields = Map.groupBy(
    records.flatMap(record => Object.entries(record)),
    ([name]) => name,
  )
  return [...fields]
    .map(([name, all]) => [name, all.map(([, value = null]) => value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
}

function propertiesOf(columns: readonly Column[], at: At): JsonObject {
  return Object.fromEntries(columns.map(([name, values]) => [name, schemaOf(values, at)]))
}

type At = { readonly depth: number; readonly isXml: boolean }

function schemaOf(found: readonly Json[], at: At): JsonObject {
  const values = at.isXml && found.some(isList) ? found.map(asList) : found
  const kind = commonKind(values)
  const fitting = values.filter(value => columnKind(value) === kind)
  switch (kind) {
    case 'object':
      return objectSchema(fitting.filter(isObject), at)
    case 'array':
      return { type: ['null', 'array'], items: itemsOf(fitting.filter(isList).flat(), at) }
    case 'string':
      return textSchema(fitting)
    default:
      return { type: ['null', kind] }
  }
}

function asList(value: Json): Json {
  return value === null || isList(value) ? value : [value]
}

/** The record with lists where the schema has them, for XML: an element that is alone is a list of one. */
export function withLists(schema: JsonObject): (record: JsonObject) => JsonObject {
  return record => listed(record, schema) as JsonObject
}

function listed(value: Json, { type, items, properties }: JsonObject): Json {
  if (isList(type) && type.includes('array')) {
    const list = asList(value)
    return isList(list) && isObject(items) ? list.map(one => listed(one, items)) : list
  }
  if (!isObject(value) || !isObject(properties)) return value
  const inner = Object.entries(value).map(([name, one = null]) => {
    const column = properties[name]
    return [name, isObject(column) ? listed(one, column) : one] as const
  })
  return Object.fromEntries(inner)
}

/** The type of most values; whole numbers are numbers too. */
function commonKind(values: readonly Json[]): Kind {
  const kinds = values.map(columnKind).filter(kind => kind !== undefined)
  const isMixed = kinds.includes('number')
  const counts = Map.groupBy(kinds, kind => (isMixed && kind === 'integer' ? 'number' : kind))
  const most = Math.max(0, ...[...counts.values()].map(({ length }) => length))
  return ORDER.find(kind => counts.get(kind)?.length === most) ?? 'string'
}

function columnKind(value: Json): Kind | undefined {
  if (value === null) return undefined
  if (isList(value)) return 'array'
  if (typeof value === 'number' || isExactNumber(value)) return isWhole(value) ? 'integer' : 'number'
  return typeof value as Kind
}

/** Whether it is a whole number that a destination has room for: 64 bits. */
function isWhole(value: number | ExactNumber): boolean {
  return /^-?\d+$/.test(String(value)) && Math.abs(Number(value)) < 2 ** 63
}

function objectSchema(objects: readonly JsonObject[], { depth, isXml }: At): JsonObject {
  const fields = columnsIn(objects)
  if (depth >= DEEPEST || fields.length === 0 || fields.length > MOST_KEYS) return OBJECT
  return { ...OBJECT, properties: propertiesOf(fields, { depth: depth + 1, isXml }) }
}

function itemsOf(elements: readonly Json[], { depth, isXml }: At): JsonObject {
  const isUnknown = depth >= DEEPEST || elements.every(one => one === null)
  return isUnknown ? {} : schemaOf(elements, { depth: depth + 1, isXml })
}

const DAY_TEXT = /^\d{4}-\d\d-\d\d$/
const MOMENT_TEXT =
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)$/

/** The column of texts: moments or days, if all of them are. */
function textSchema(texts: readonly Json[]): JsonObject {
  const all = (pattern: RegExp) =>
    texts.length > 0 && texts.every(text => typeof text === 'string' && pattern.test(text) && isDate(text))
  if (all(MOMENT_TEXT)) return MOMENT
  return all(DAY_TEXT) ? { ...TEXT, format: 'date' } : TEXT
}
