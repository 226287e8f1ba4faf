import { type Json, type JsonObject, valueAt } from '../../json.ts'

/** The record's key: the exact JSON of the one value, or of the list of its parts. Undefined when a part is missing, or when
 *  all there is is an empty text. */
export function keyOf(record: JsonObject, primaryKey: readonly string[]): string | undefined {
  const parts: Json[] = []
  for (const part of primaryKey) {
    const value: Json | undefined = valueAt(record, part)
    if (value === undefined || value === null) return undefined
    parts.push(value)
  }
  const [first] = parts
  if (parts.length > 1) return JSON.stringify(parts)
  return first === undefined || first === '' ? undefined : JSON.stringify(first)
}
