/** Any JSON value, read-only. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object, read-only; an absent key reads as undefined. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** Whether the value is a JSON object: not null and not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the value is an array of JSON values. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value)
}

/** The value's JSON type in words, for messages: "a list", "null", "text" ... */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? 'text' : `a ${typeof value}`
}

/** The whole number that the value stands for, also when the API sent it as text; otherwise undefined. */
export function wholeNumber(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
}

/** The first `length` characters of a text on one line, with an ellipsis where something was cut. */
export function excerpt(text: string, length = 120): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length)}…` : line
}
