import type { JsonObject } from '../../json.ts'
import { isDay } from '../time/timestamps.ts'

/** The JSON types that a column takes, as bits; 0 for any. */
export type ColumnTypes = number

const STRING = 1
const INTEGER = 2
const NUMBER = 4
const BOOLEAN = 8
const LIST = 16
const OBJECT = 32
const DATE_TIME = 64
/** Left to the slower check of fit-schema. */
const DATE = 128

const BITS: Readonly<Record<string, ColumnTypes>> = {
  string: STRING,
  integer: INTEGER,
  number: NUMBER,
  boolean: BOOLEAN,
  array: LIST,
  object: OBJECT,
}

/** The types that a column's schema allows. */
export function columnTypesOf(column: JsonObject): ColumnTypes {
  if (column['format'] === 'date-time') return DATE_TIME
  if (column['format'] === 'date') return DATE
  return [column['type'] ?? []].flat().reduce((bits: number, type) => bits | (BITS[String(type)] ?? 0), 0)
}

/** Whether the value in the bytes is of one of these types; null always is. */
export function fitsColumn(bytes: Uint8Array, start: number, end: number, kinds: ColumnTypes): boolean {
  if (kinds === 0) return true
  switch (bytes[start]) {
    case 0x22:
      return (kinds & STRING) !== 0 || (kinds === DATE_TIME && isDateTime(bytes, start + 1, end - 1))
    case 0x7b:
      return (kinds & OBJECT) !== 0
    case 0x5b:
      return (kinds & LIST) !== 0
    case 0x74:
    case 0x66:
      return (kinds & BOOLEAN) !== 0
    case 0x6e:
      return true
    default:
      return (kinds & NUMBER) !== 0 || ((kinds & INTEGER) !== 0 && isWhole(bytes, start, end))
  }
}

/** A number without fraction and exponent. */
function isWhole(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte === 0x2e || byte === 0x65 || byte === 0x45) return false
  }
  return true
}

/** What stands at each place of 2026-01-31T12:00:00: a digit where there is a 0, else the character itself. */
const PATTERN = Buffer.from('0000-00-00T00:00:00')

/** Whether the bytes are a moment as RFC 3339 writes it: to the second or finer, in UTC (Z) or with an offset, by the
 *  calendar and the clock. Other spellings are left to fit-schema. */
function isDateTime(bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = 0; index < PATTERN.length; index++) {
    const byte = bytes[start + index] ?? 0
    const expected = PATTERN[index]
    if (expected === ZERO ? !isDigit(byte) : byte !== expected) return false
  }
  const day = start + '2026-'.length
  if (!isDay(two(bytes, start) * 100 + two(bytes, start + 2), two(bytes, day), two(bytes, day + 3)))
    return false
  if (!isTime(bytes, start + '2026-01-31T'.length) || two(bytes, start + PATTERN.length - 2) > 59)
    return false
  return isZone(bytes, afterFraction(bytes, start + PATTERN.length), end)
}

/** After the fraction of a second that may stand here; NOWHERE where it has no digits. */
function afterFraction(bytes: Uint8Array, dot: number): number {
  if (bytes[dot] !== 0x2e) return dot
  let at = dot + 1
  while (isDigit(bytes[at] ?? 0)) at++
  return at === dot + 1 ? NOWHERE : at
}

const NOWHERE = -1

function isZone(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] === 0x5a) return at + 1 === end
  const isOffset = (bytes[at] === 0x2b || bytes[at] === 0x2d) && end - at === '+00:00'.length
  return (
    isOffset &&
    bytes[at + 3] === 0x3a &&
    areDigits(bytes, at + 1) &&
    areDigits(bytes, at + 4) &&
    isTime(bytes, at + 1)
  )
}

/** Whether the hours and minutes that stand here as 00:00 are on the clock. */
function isTime(bytes: Uint8Array, at: number): boolean {
  return two(bytes, at) <= 23 && two(bytes, at + 3) <= 59
}

function areDigits(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at] ?? 0) && isDigit(bytes[at + 1] ?? 0)
}

/** The number of two digits. */
function two(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) - ZERO) * 10 + (bytes[at + 1] ?? 0) - ZERO
}

const ZERO = 0x30

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39
}
