import type { JsonObject } from '../../json.ts'
import { isDateTime } from './date-time.ts'

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

/** Whether a text that fits is a moment as isDateTime has it. */
export function areDateTimes(kinds: ColumnTypes): boolean {
  return kinds === DATE_TIME
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
