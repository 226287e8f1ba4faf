import { DAY_MS } from '../../world/ground/time.ts'
import { type Fault, type FaultRow, wholeIn } from '../fault.ts'
import { withoutParameters } from '../parameters.ts'
import { type Window, withWindow } from './windows.ts'

const HOUR_MS = 3_600_000
const units = { minute: 60_000, hour: HOUR_MS } as const

// Lists of records; an aggregate of another time than the one requested would say so.
const where = ['/api/v2/calls', '/api/v2/agents/', '/api/v2/audit/']

/** Faults in how a list is limited to a time window. */
export const filterFaults: readonly FaultRow[] = [
  {
    says: 'ignore-time-filter',
    does: 'times in the query change nothing',
    make: () => ({
      query: query =>
        withoutParameters(
          query,
          [...query.keys()].filter(name =>
            /time\.|startDate|endDate|filters\.(from|to|dateCreated)/.test(name),
          ),
        ),
    }),
  },
  {
    says: 'ignore-metric-dates',
    does: 'metrics are for today, whatever dates are requested',
    where: ['/api/v2/metrics/'],
    make: () => ({ query: query => withoutParameters(query, ['startDate', 'endDate']) }),
  },
  {
    says: 'filter-floor:UNIT',
    does: 'both ends of a window are rounded down to a whole hour or minute (hour)',
    where,
    make: argument => {
      const unit = unitIn(argument)
      return changing(({ from, to }) => ({ from: floored(from, unit), to: floored(to, unit) }))
    },
  },
  {
    says: 'filter-inward:UNIT',
    does: 'windows are narrowed to whole hours or minutes (hour); no record shows it',
    where,
    make: argument => {
      const unit = unitIn(argument)
      return changing(({ from, to }) => ({
        from: from === undefined ? from : Math.ceil(from / unit) * unit,
        to: floored(to, unit),
      }))
    },
  },
  {
    says: 'filter-exclusive',
    does: 'records of the first and the last second of a window are left out',
    where,
    make: () =>
      changing(({ from, to }) => ({
        from: from === undefined ? from : from + 1000,
        to: to === undefined ? to : to - 1,
      })),
  },
  {
    says: 'filter-shift:HOURS',
    does: 'windows are taken for those HOURS (2) later, as if in another zone',
    where,
    make: argument => {
      const by = wholeIn(argument, 2) * HOUR_MS
      return changing(({ from, to }) => ({
        from: from === undefined ? from : from + by,
        to: to === undefined ? to : to + by,
      }))
    },
  },
  {
    says: 'filter-last-day',
    does: 'a list that could be limited to a time window, and is not, holds the last day only',
    where,
    make: () => ({
      query: (query, request, world) =>
        withWindow(query, request, window =>
          window.from === undefined && window.to === undefined
            ? { from: world.now() - DAY_MS, to: undefined }
            : window,
        ),
    }),
  },
]

function changing(change: (window: Window) => Window): Fault {
  return { query: (query, request) => withWindow(query, request, change) }
}

function floored(time: number | undefined, unit: number): number | undefined {
  return time === undefined ? undefined : Math.floor(time / unit) * unit
}

function unitIn(argument: string): number {
  if (argument === '' || argument === 'hour' || argument === 'minute')
    return units[argument === 'minute' ? 'minute' : 'hour']
  throw new Error(`A fault's unit must be hour or minute; it is "${argument}".`)
}
