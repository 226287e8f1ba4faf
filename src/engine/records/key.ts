import type { Json, JsonObject } from '../../json.ts'

/** The record's key: the exact JSON of its parts. Undefined when a part is missing, or when all there is is an empty text. */
export function keyOf(record: JsonObject, primaryKey: readonly string[]): string | undefined {
  let key = ''
  for (const part of primaryKey) {
    const value: Json | undefined = record[part]
    if (value === undefined || value === null) return undefined
    key += key === '' ? JSON.stringify(value) : `,${JSON.stringify(value)}`
  }
  return key === '' || key === '""' ? undefined : key
}
