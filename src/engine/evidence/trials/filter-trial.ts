import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../durations.ts'
import { momentIn, type RawRecord } from '../../bytes/raw-record.ts'
import { lengthOf, type Span } from '../../time/spans.ts'

/** What the rows of a first page say of the API's filter by time: they are of the time that was asked for; the filter is off
 *  by so much, as one is that rounds or counts in another zone; or there is no filter. `astray`: the only row is of another time,
 *  which a single one may be by mistake. */
export type FilterFinding = 'fits' | 'unfiltered' | 'astray' | { readonly marginMs: number }

/** How far outside of what was asked for a row may lie and still speak for the filter. */
const NEAR_MS = 2 * SECOND_MS

/** Judges rows by the time that was asked for, of which `marginMs` at either end is known to be needed. A single row does not
 *  tell whether there is a filter; rows within a day of the window tell by how much it is off. */
export function tryFilter(
  rows: readonly RawRecord[],
  field: string,
  asked: Span,
  marginMs: number,
): FilterFinding {
  const distances = momentsIn(rows, field).map(moment => distanceOf(moment, asked))
  const far = distances.filter(distance => distance > DAY_MS)
  if (far.length * 2 > distances.length) return far.length > 1 ? 'unfiltered' : 'astray'
  const furthest = extentOf(distances.filter(distance => distance <= DAY_MS))?.to
  const fits = furthest === undefined || furthest <= Math.max(NEAR_MS, marginMs)
  return fits ? 'fits' : { marginMs: roundedUp(furthest) }
}

/** By how much a filter is off, as the first and the last moment of a whole list show; 0 where neither lies outside by more than
 *  is known. A list of clearly more time than was asked for, or of any time, is not filtered on all of its pages: it tells
 *  nothing. */
export function marginOf(all: Span, asked: Span, marginMs: number): number {
  const furthest = Math.max(distanceOf(all.from, asked), distanceOf(all.to, asked))
  const isFiltered = furthest <= DAY_MS && lengthOf(all) <= 2 * lengthOf(asked)
  return isFiltered && furthest > Math.max(NEAR_MS, marginMs) ? roundedUp(furthest) : 0
}

/** The moments of those rows that have one, in milliseconds. */
export function momentsIn(rows: readonly RawRecord[], field: string): number[] {
  return rows.map(row => momentIn(row, field)).filter(moment => moment !== undefined)
}

/** The first and the last of these moments, of which there may be more than a call takes arguments; undefined without any. */
export function extentOf(moments: readonly number[]): Span | undefined {
  const [one] = moments
  if (one === undefined) return undefined
  return moments.reduce(
    ({ from, to }, moment) => ({ from: Math.min(from, moment), to: Math.max(to, moment) }),
    { from: one, to: one },
  )
}

/** How far outside of a span a moment lies; below 0 within it. */
function distanceOf(moment: number, { from, to }: Span): number {
  return Math.max(from - moment, moment - to)
}

/** To whole minutes or hours, as filters are off. */
function roundedUp(ms: number): number {
  const unit = ms <= MINUTE_MS ? MINUTE_MS : HOUR_MS
  return Math.min(DAY_MS, Math.ceil(ms / unit) * unit)
}
