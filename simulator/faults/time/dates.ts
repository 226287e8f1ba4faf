import { type Row, type Rows, rowsOf, sliceRows } from '../../world/ground/rows.ts'
import { DAY_MS, isoTime } from '../../world/ground/time.ts'
import type { World } from '../../world/view.ts'
import { type FaultRow, wholeIn } from '../fault.ts'
import { markOf, timeFieldOf } from '../records.ts'

const ONE_IN = 5
const impossible: Readonly<Record<string, unknown>> = {
  zero: '0000-00-00T00:00:00Z',
  'year-0': '0000-01-01T00:00:00Z',
  'month-13': '2026-13-01T00:00:00.000Z',
  huge: 1e300,
}

/** Faults in the dates of records. */
export const dateFaults: readonly FaultRow[] = [
  {
    says: 'future-record:DAYS',
    does: 'every list begins and ends with copies of its records, under other ids, dated DAYS (7) after the start',
    make: argument => {
      const days = wholeIn(argument, 7)
      return { rows: (rows, _, world) => withFuture(rows, world, days) }
    },
  },
  {
    says: 'impossible-dates:WHAT',
    does: 'one record in five is dated zero, year-0, month-13 or huge (1e300); they take turns without WHAT',
    make: argument => {
      const dates = argument === '' ? Object.values(impossible) : [impossible[argument]]
      if (argument !== '' && !(argument in impossible))
        throw new Error(
          `An impossible date is one of ${Object.keys(impossible).join(', ')}; not "${argument}".`,
        )
      return { rows: rows => rowsOf(sliceRows(rows, 0, rows.count).map(row => misdated(row, dates))) }
    },
  },
]

/** The ids of the records that a list begins and ends with when they are dated in the future. */
export const FUTURE_IDS = ['f'.repeat(32), 'e'.repeat(32)] as const

function withFuture(rows: Rows, world: World, days: number): Rows {
  if (rows.count === 0 || timeFieldOf(rows.at(0)) === undefined) return rows
  const date = isoTime(world.facts.startedAt + days * DAY_MS)
  const [first, last] = [dated(rows.at(0), date, 0), dated(rows.at(rows.count - 1), date, 1)]
  return {
    count: rows.count + 2,
    at: place => (place === 0 ? first : place > rows.count ? last : rows.at(place - 1)),
  }
}

function dated(row: Row, date: string, end: 0 | 1): Row {
  return { ...row, ...('id' in row ? { id: FUTURE_IDS[end] } : {}), [timeFieldOf(row) ?? '']: date }
}

function misdated(row: Row, dates: readonly unknown[]): Row {
  const field = timeFieldOf(row)
  const mark = markOf(row)
  if (field === undefined || mark % ONE_IN !== 0) return row
  return { ...row, [field]: dates[Math.floor(mark / ONE_IN) % dates.length] }
}
