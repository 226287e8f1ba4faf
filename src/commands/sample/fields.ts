import { isList, isObject, type Json, type JsonObject } from '../../json.ts'

/** The fields of records, those first that tell records apart, in the order in which they appear; then those with the same value
 *  in every record; then those that are empty in every record. */
export function fieldsBySubstance(records: readonly JsonObject[]): string[] {
  const fields = [...new Set(records.flatMap(record => Object.keys(record)))]
  const ranks = new Map(fields.map(field => [field, rankOf(records.map(record => ownValue(record, field)))]))
  return fields.toSorted((one, other) => (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0))
}

/** A record's own value; undefined where it has none. */
export function ownValue(record: JsonObject, field: string): Json | undefined {
  return Object.hasOwn(record, field) ? record[field] : undefined
}

const DIFFERENT = 0
const SAME = 1
const EMPTY = 2

function rankOf(values: readonly (Json | undefined)[]): number {
  if (values.every(isEmpty)) return EMPTY
  const isSame = values.length > 1 && new Set(values.map(value => JSON.stringify(value))).size === 1
  return isSame ? SAME : DIFFERENT
}

function isEmpty(value: Json | undefined): boolean {
  if (isList(value)) return value.length === 0
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (isObject(value) && Object.keys(value).length === 0)
  )
}

/** An id of 32 hexadecimal digits, with or without dashes, alone or as a text in JSON. */
const ID = /(?<=^|")([0-9a-f]{8})(?:[0-9a-f]{16,56}|(?:-[0-9a-f]{4,12}){4})(?=$|")/gi

/** A text with each id cut to its first eight characters, by which a person tells ids apart. */
export function withShortIds(text: string): string {
  return text.replace(ID, '$1…')
}
