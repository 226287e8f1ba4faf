import { UTCDate } from '@date-fns/utc'
import { parse } from 'date-fns'
import { rfc3339, timestampOf } from '../../engine/time/timestamps.ts'
import { isExactNumber, isObject, type Json, type JsonObject } from '../../json.ts'
import { compileDateFormat } from '../request/dates.ts'

/** Reads a record's time, as RFC 3339; undefined for what is not written in its format. */
export type ReadMoment = (value: Json | undefined) => string | undefined

/** Digits of a second's fraction in each unit of epoch times. */
const EPOCHS: Record<string, number> = { epoch_seconds: 0, epoch_millis: 3, epoch_micros: 6, epoch_nanos: 9 }

/** Compiles a cursor_format: ISO 8601 where it is left out (without a zone it is in UTC), an epoch in a unit, or a date
 *  pattern, in UTC. Throws an Error for anything else; its message is the rest of a sentence. */
export function compileCursorFormat(format = 'iso8601'): ReadMoment {
  if (format === 'iso8601')
    return value => (typeof value === 'string' && value.includes('-') ? timestampOf(value) : undefined)
  const digits = EPOCHS[format]
  if (digits !== undefined) return value => epochIn(value, digits)
  compileDateFormat(format)
  return value => {
    if (typeof value !== 'string') return undefined
    const date = parse(value, format, new UTCDate(0), { useAdditionalDayOfYearTokens: true })
    return Number.isNaN(date.getTime()) ? undefined : rfc3339(date.getTime())
  }
}

/** The smallest difference in time that a cursor_format shows. */
export function cursorStepMs(format = 'iso8601'): number {
  return format === 'iso8601' || format in EPOCHS ? 1 : compileDateFormat(format).stepMs
}

/** The record with its time as RFC 3339, where it is written in another format than that. */
export function withMoment(record: JsonObject, field: string, readMoment: ReadMoment): JsonObject {
  return changed(record, record[field] === undefined ? field.split('.') : [field], readMoment)
}

function changed(record: JsonObject, [name = '', ...rest]: readonly string[], read: ReadMoment): JsonObject {
  const value = record[name]
  if (rest.length > 0) return isObject(value) ? { ...record, [name]: changed(value, rest, read) } : record
  const moment = read(value)
  return moment === undefined || moment === value ? record : { ...record, [name]: moment }
}

function epochIn(value: Json | undefined, digits: number): string | undefined {
  const isText = typeof value === 'number' || typeof value === 'string' || isExactNumber(value)
  if (!isText || !/^-?\d+(\.\d+)?$/.test(String(value))) return undefined
  const date = new Date(Number(`${value}e${3 - digits}`))
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
