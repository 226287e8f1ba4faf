import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../durations.ts'
import { isDay } from '../time/timestamps.ts'

/** What stands at each place of 2026-01-31T12:00:00: a digit where there is a 0, else the character itself. */
const PATTERN = Buffer.from('0000-00-00T00:00:00')

/** Whether the bytes are a moment as RFC 3339 writes it: to the second or finer, in UTC (Z) or with an offset, by the
 *  calendar and the clock. Other spellings are left to fit-schema. */
export function isDateTime(bytes: Uint8Array, start: number, end: number): boolean {
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
  const dot = start + PATTERN.length
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
  if (bytes[at] === 0x5a) return 0
  const ms = two(bytes, at + 1) * HOUR_MS + two(bytes, at + 4) * MINUTE_MS
  return bytes[at] === 0x2d ? -ms : ms
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
