import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../durations.ts'
import { isDay } from '../time/timestamps.ts'

/** Whether the bytes are a moment as RFC 3339 writes it: to the second or finer, in UTC (Z) or with an offset, by the
 *  calendar and the clock. Other spellings are left to fit-schema. */
export function isDateTime(bytes: Uint8Array, start: number, end: number): boolean {
  const year = two(bytes, start) * 100 + two(bytes, start + 2)
  return (
    bytes[start + 4] === MINUS &&
    bytes[start + 7] === MINUS &&
    bytes[start + 10] === LETTER_T &&
    bytes[start + 16] === COLON &&
    isDay(year, two(bytes, start + 5), two(bytes, start + 8)) &&
    isTime(bytes, start + 11) &&
    isUpTo(59, two(bytes, start + 17)) &&
    isZone(bytes, afterFraction(bytes, start + SECONDS_END), end)
  )
}

const MINUS = 0x2d
const COLON = 0x3a
const LETTER_T = 0x54
const SECONDS_END = '2026-01-31T12:00:00'.length

/** The moment, in milliseconds, of bytes for which isDateTime is true: the same as momentOf tells of their text. */
export function dateTimeAt(bytes: Uint8Array, start: number): number {
  const year = two(bytes, start) * 100 + two(bytes, start + 2)
  const seconds = Date.UTC(
    // Years of two digits are of the twentieth century to Date.UTC; the calendar comes again every 400 years.
    year + CALENDAR_YEARS,
    two(bytes, start + 5) - 1,
    two(bytes, start + 8),
    two(bytes, start + 11),
    two(bytes, start + 14),
    two(bytes, start + 17),
  )
  const dot = start + SECONDS_END
  const zone = afterFraction(bytes, dot)
  return seconds - CALENDAR_MS + thousandths(bytes, dot, zone) - offsetAt(bytes, zone)
}

const CALENDAR_YEARS = 400
const CALENDAR_MS = 146_097 * DAY_MS

/** The fraction of a second that stands between the two places, in whole milliseconds. */
function thousandths(bytes: Uint8Array, dot: number, end: number): number {
  let ms = 0
  for (let place = 1; place <= 3; place++)
    ms = ms * 10 + (dot + place < end ? (bytes[dot + place] ?? 0) - ZERO : 0)
  return ms
}

/** How far the zone that stands here is ahead of UTC, in milliseconds. */
function offsetAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LETTER_Z) return 0
  const ms = two(bytes, at + 1) * HOUR_MS + two(bytes, at + 4) * MINUTE_MS
  return bytes[at] === MINUS ? -ms : ms
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
  if (bytes[at] === LETTER_Z) return at + 1 === end
  const isOffset = (bytes[at] === PLUS || bytes[at] === MINUS) && end - at === '+00:00'.length
  return isOffset && isTime(bytes, at + 1)
}

const LETTER_Z = 0x5a
const PLUS = 0x2b

/** Whether hours and minutes that are on the clock stand here as 00:00. */
function isTime(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 2] === COLON && isUpTo(23, two(bytes, at)) && isUpTo(59, two(bytes, at + 3))
}

function isUpTo(most: number, number: number): boolean {
  return number >= 0 && number <= most
}

/** The number of two digits; far below zero where no such two stand here. */
function two(bytes: Uint8Array, at: number): number {
  return digit(bytes[at]) * 10 + digit(bytes[at + 1])
}

/** The digit that a byte stands for; far below zero where it stands for none. */
function digit(byte = 0): number {
  return isDigit(byte) ? byte - ZERO : NO_DIGIT
}

const ZERO = 0x30
/** So far below zero that no year with it is above. */
const NO_DIGIT = -10_000

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39
}
