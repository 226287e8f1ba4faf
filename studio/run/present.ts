import { isList, isObject, type Json, type JsonObject } from '../../src/json.ts'

/** The longest text of a record that the page is sent. */
const LONGEST_TEXT = 2000
/** The most fields of an object, and elements of a list, that the page is sent. */
const MOST_MEMBERS = 500
/** The most of a response that the page is sent. */
const LONGEST_RAW = 100_000

type Mask = (text: string) => string

/** A record as the page may show it: secrets masked, and cut where nobody would read on. */
export function presentRecord(record: JsonObject, mask: Mask): JsonObject {
  return present(record, mask) as JsonObject
}

/** A text, likewise. */
export function presentText(text: string, mask: Mask): string {
  return cut(text, LONGEST_TEXT, mask)
}

/** A response as text, likewise. */
export function presentRaw(bytes: Buffer | undefined, mask: Mask): string {
  return cut((bytes ?? Buffer.alloc(0)).toString('utf8'), LONGEST_RAW, mask)
}

function present(value: Json, mask: Mask): Json {
  if (typeof value === 'string') return cut(value, LONGEST_TEXT, mask)
  if (isList(value)) return value.slice(0, MOST_MEMBERS).map(one => present(one, mask))
  if (isObject(value)) return presentObject(value, mask)
  if (typeof value === 'boolean' || value === null) return value
  const digits = String(value)
  if (mask(digits) !== digits) return mask(digits)
  return typeof value === 'number' ? value : digits
}

function presentObject(value: JsonObject, mask: Mask): JsonObject {
  const entries = Object.entries(value)
  const shown = entries
    .slice(0, MOST_MEMBERS)
    .map(([key, one = null]) => [cut(key, LONGEST_TEXT, mask), present(one, mask)])
  const rest = entries.length - shown.length
  return Object.fromEntries(rest > 0 ? [...shown, [`… ${rest} more`, null]] : shown)
}

/** An ellipsis tells `mask` that what precedes it may be the beginning of a secret. */
function cut(text: string, longest: number, mask: Mask): string {
  if (text.length <= longest) return mask(text)
  return `${mask(`${text.slice(0, longest)}…`)} (${text.length} characters)`
}
