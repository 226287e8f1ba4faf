import { momentOf } from '../time/timestamps.ts'
import { dateTimeAt, isDateTime } from './date-time.ts'
import type { JudgedFields, Line } from './raw-record.ts'

/** The values of the fields that a record's key and parent are in as JSON, in the order of their names; undefined where absent. */
type Values = readonly (string | undefined)[]

/** Makes a line of the record that stands from `start` to `end`. */
export type MakeLine = (bytes: Buffer, start: number, end: number, values: Values, moment?: number) => Line

const QUOTE = 0x22
const NULL = 'null'
const EMPTY = '""'

/** Makes lines of records whose judged fields have these names, those of the key first. */
export function lineMaker(names: readonly string[], judged: JudgedFields): MakeLine {
  const parts = judged.key.length
  const parentAt = judged.parent === undefined ? -1 : names.indexOf(judged.parent)
  return (bytes, start, end, values, moment) => ({
    bytes,
    start,
    end,
    key: keyIn(values, parts),
    moment,
    parent: textIn(values[parentAt]),
  })
}

/** The key of a record whose first values are its parts, as `keyOf` tells it of a parsed one. */
function keyIn(values: Values, parts: number): string | undefined {
  if (parts === 1) return values[0] === NULL || values[0] === EMPTY ? undefined : values[0]
  const own = values.slice(0, parts)
  // includes, unlike some, sees the gaps that absent fields leave.
  const isPartial = own.length === 0 || own.includes(undefined) || own.includes(NULL)
  return isPartial ? undefined : `[${own.join(',')}]`
}

/** The text of a JSON value, without its quotes; a number's digits; null for null. */
function textIn(json: string | undefined): string | null | undefined {
  if (json === undefined || json === NULL) return json === NULL ? null : undefined
  return json.charCodeAt(0) === QUOTE ? json.slice(1, -1) : json
}

/** The moment that the JSON value from `start` to `end` stands for, in milliseconds; undefined where it stands for none, and
 *  AMBIGUOUS where it must be parsed to be known. */
export function momentAt(bytes: Buffer, start: number, end: number): number | typeof AMBIGUOUS | undefined {
  if (bytes[start] === QUOTE && isDateTime(bytes, start + 1, end - 1)) return dateTimeAt(bytes, start + 1)
  const json = jsonAt(bytes, start, end)
  return json === AMBIGUOUS ? json : momentOf(textIn(json))
}

/** Stands for a value that JSON can write in more ways than one: it must be parsed to be known. */
export const AMBIGUOUS = '\\'
const OTHER_NUMBER = /[.eE]|^-0$/

/** The value that stands from `start` to `end`, in JSON, where the parser would write it the same way. */
export function jsonAt(bytes: Buffer, start: number, end: number): string {
  const json = bytes.toString('utf8', start, end)
  const first = bytes[start] ?? 0
  if (first === QUOTE) return json.includes('\\') ? AMBIGUOUS : json
  return isLetter(first) || !OTHER_NUMBER.test(json) ? json : AMBIGUOUS
}

/** That of true, false or null. */
function isLetter(byte: number): boolean {
  return byte >= 0x61
}
