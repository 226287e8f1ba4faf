import { isExactNumber, type Json } from '../../json.ts'

/** The moment that a record's field stands for, in milliseconds: an ISO 8601 text (a time without a zone is in UTC, a day
 *  begins at midnight), or a unix time in seconds, milli-, micro- or nanoseconds, as a number or its digits, told apart by
 *  their size. Undefined for anything else, and for what no calendar or clock shows, such as February 30th or the year 0. */
export function momentOf(value: Json | undefined): number | undefined {
  const text = timestampOf(value)
  return text === undefined ? undefined : Date.parse(text.length > LONGEST_SOUND ? inThousandths(text) : text)
}

/** V8 misreads ten digits of a second and more that begin with zeros; no text this short has so many. */
const LONGEST_SOUND = '2026-01-31T12:00:00.123456789Z'.length

function inThousandths(text: string): string {
  return text.replace(/(\.\d{3})\d+/, '$1')
}

/** The moment of a field as RFC 3339, as precise as it came; the same text where it is that already. Undefined where it
 *  is no moment. */
export function timestampOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string' && RFC_3339.test(value))
    return value.charAt(8) < '2' || isDate(value) ? value : undefined
  return typeof value === 'string' && value.charAt(4) === '-' ? respelled(value) : ofEpoch(value)
}

/** The moment as RFC 3339 in UTC with milliseconds. */
export function rfc3339(ms: number): string {
  return new Date(ms).toISOString()
}

/** Whether the text begins with a day that there is in the calendar: "2024-02-29", not "2023-02-29". */
export function isDate(text: string): boolean {
  return isDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)))
}

/** Whether the calendar has this day, with months and days from 1. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || day < 1) return false
  return day <= (DAYS[month - 1] ?? 0) || (month === 2 && day === 29 && isLeap(year))
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** How many days each month has, in a year that is no leap year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const CALENDAR = '(?!0000)\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])'
const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d'
const RFC_3339 = new RegExp(`^${CALENDAR}T${CLOCK}:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${CLOCK})$`)

/** What others write: blanks, small letters, no seconds, commas, offsets without a colon, no zone, no time. */
const ISO_8601 =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(?: ?(?:Z|UTC|([+-]\d\d)(?::?(\d\d))?))?$/i

function respelled(text: string): string | undefined {
  const [, day, time = '00:00', seconds = '00', fraction, hours, minutes = '00'] = ISO_8601.exec(text) ?? []
  if (day === undefined || !isDate(day)) return undefined
  const zone = hours === undefined ? 'Z' : `${hours}:${minutes}`
  const rest = `:${seconds}${fraction === undefined ? '' : `.${fraction}`}${zone}`
  if (time === '24:00') return endOfDay(day, rest)
  const whole = `${day}T${time}${rest}`
  return RFC_3339.test(whole) ? whole : undefined
}

/** Midnight as the end of a day is the beginning of the next one. */
function endOfDay(day: string, rest: string): string | undefined {
  const ms = Date.parse(`${day}T24:00${rest}`)
  return Number.isNaN(ms) ? undefined : rfc3339(ms)
}

/** Units of unix times by how many digits more than seconds they have: seconds have up to eleven, until the year 5138. */
const SECONDS_DIGITS = 11
const UNIT_DIGITS = 3
const FINEST_DIGITS = 9

/** A unix time of fewer than nine digits, before 1973, is some other number. */
const EPOCH = /^([1-9]\d{8,19})(?:\.(\d+))?$/

function ofEpoch(value: Json | undefined): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string' && !isExactNumber(value)) return undefined
  const [, whole = '', fraction = ''] = EPOCH.exec(String(value)) ?? []
  if (whole === '') return undefined
  const finer = Math.max(0, Math.ceil((whole.length - SECONDS_DIGITS) / UNIT_DIGITS)) * UNIT_DIGITS
  const seconds = whole.slice(0, whole.length - finer)
  const rest = (whole.slice(seconds.length) + fraction).padEnd(UNIT_DIGITS, '0')
  const ms = Number(seconds) * 1000 + Number(rest.slice(0, UNIT_DIGITS))
  return rfc3339(ms).replace('Z', `${rest.slice(UNIT_DIGITS, FINEST_DIGITS).replace(/0+$/, '')}Z`)
}
