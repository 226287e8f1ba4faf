import type { Json } from '../../json.ts'

/** The moment that a record's field stands for, in milliseconds: an ISO 8601 text, or a unix time in seconds or
 *  milliseconds (told apart by their size). Undefined for anything else. */
export function momentOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value > 1e11 ? value : value * 1000
  if (typeof value !== 'string' || value === '') return undefined
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? undefined : ms
}

/** The moment as RFC 3339 in UTC with milliseconds. */
export function rfc3339(ms: number): string {
  return new Date(ms).toISOString()
}
