/** Any JSON value, read-only. */
export type Json = null | boolean | number | string | ExactNumber | readonly Json[] | JsonObject

declare const EXACT: unique symbol

/** A number whose digits no double holds. `String` gives the digits as they came, and so does JSON.stringify, but for those
 *  beyond any double (1e400), which it writes as text: strict readers refuse them as numbers. */
export interface ExactNumber {
  readonly [EXACT]: true
}

/** A JSON object, read-only; an absent key reads as undefined. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }

/** What exact numbers inherit, and are known by. Their digits are no field of their own: nothing that walks over objects
 *  finds any. */
const EXACT_NUMBER = {
  [Symbol.toPrimitive](this: { digits: string }, hint: string): string | number {
    return hint === 'number' ? Number(this.digits) : this.digits
  },
  toJSON(this: { digits: string }): unknown {
    return Number.isFinite(Number(this.digits)) ? rawJSON(this.digits) : this.digits
  },
}

/** The number that is written with these digits, which must be a number in JSON. */
export function exactNumber(digits: string): ExactNumber {
  return Object.freeze(Object.create(EXACT_NUMBER, { digits: { value: digits } }))
}

/** Whether the value is an exact number. */
export function isExactNumber(value: unknown): value is ExactNumber {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === EXACT_NUMBER
}

/** Whether the value is a JSON object: not null, not an array, and no exact number. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value)
}

/** Whether the value is an array of JSON values. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value)
}

/** Whether a value is how APIs say that there is nothing: null, false, an empty text, list or object. */
export function isNothing(value: Json | undefined): boolean {
  if (isList(value)) return value.length === 0
  return isObject(value) ? Object.keys(value).length === 0 : !value && value !== 0
}

/** The value of a field: of the one with exactly this name, or else of the one that it leads to as a path, as in
 *  customer.id. Undefined where there is none. */
export function valueAt(record: JsonObject, field: string): Json | undefined {
  const own = record[field]
  if (own !== undefined || !field.includes('.')) return own
  let value: Json | undefined = record
  for (const name of field.split('.'))
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return value
}

/** Whether the value has more containers within containers than this, itself counted. */
export function isDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  if (isList(value)) return value.some(one => isDeeperThan(one, levels - 1))
  for (const name in value) if (isDeeperThan((value as JsonObject)[name] ?? null, levels - 1)) return true
  return false
}

/** The value's JSON type in words, for messages: "a list", "null", "text" ... */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (isExactNumber(value)) return 'a number'
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
