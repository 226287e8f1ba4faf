import type { Row } from '../world/ground/rows.ts'

const timeFields = ['dateCreated', 'date', 'created_at'] as const
/** Numbers above are milliseconds: as seconds they would be beyond the year 5000. */
const MOST_SECONDS = 1e11
/** The last moment that a Date can be, in unix ms. */
const LAST_MS = 8.64e15

/** The field that says when a record was made, if it has one of the usual names. */
export function timeFieldOf(row: Row): string | undefined {
  return timeFields.find(field => row[field] !== undefined)
}

/** When a record was made, in unix ms; undefined where what it says is no moment. */
export function timeOf(row: Row): number | undefined {
  const value = row[timeFieldOf(row) ?? '']
  if (typeof value === 'number') return momentOf(value)
  const time = Date.parse(String(value))
  return Number.isNaN(time) ? undefined : time
}

function momentOf(value: number): number | undefined {
  const time = value > MOST_SECONDS ? value : value * 1000
  return time > LAST_MS ? undefined : time
}

/** A number of 31 bits that is always the same for the same record. */
export function markOf(row: Row): number {
  const text = String(row['id'] ?? row['date'] ?? JSON.stringify(row))
  let mark = 0x811c9dc5
  for (let at = 0; at < text.length; at++) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193)
  return (mark ^ (mark >>> 15)) >>> 1
}
