import { type Row, rowsWhere } from '../../world/ground/rows.ts'
import { isoTime } from '../../world/ground/time.ts'
import type { World } from '../../world/view.ts'
import { type Fault, type FaultRow, wholeIn } from '../fault.ts'
import { markOf, timeOf } from '../records.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const LATE_ONE_IN = 10
const CHANGED_ONE_IN = 3

/** Faults in when records are first shown: lists, metrics and single objects stay behind what has happened. They all
 *  follow the clock, so that a test with a clock of its own sees them come and go. */
export const reportingFaults: readonly FaultRow[] = [
  {
    says: 'reporting-lags:MINUTES',
    does: 'nothing of the last MINUTES (30) is shown',
    make: argument => {
      const lagMs = wholeIn(argument, 30) * MINUTE_MS
      return showingUpTo(now => now - lagMs)
    },
  },
  {
    says: 'reporting-stalls:B+A',
    does: 'nothing from B hours before the start on is shown until A hours after it (24+24); then everything',
    make: argument => {
      const { before, after } = spanIn(argument)
      return showingUpTo((now, start) => (now - start < after ? Math.min(now, start - before) : now))
    },
  },
  {
    says: 'reporting-trails:B+A',
    does: 'the same, but what is missing is made up for little by little',
    make: argument => {
      const { before, after } = spanIn(argument)
      const slope = (before + after) / Math.max(1, after)
      return showingUpTo((now, start) => (now - start < after ? start - before + (now - start) * slope : now))
    },
  },
  {
    says: 'late-records:HOURS',
    does: 'one record in ten is listed only HOURS (24) after it began',
    make: argument => {
      const lateMs = wholeIn(argument, 24) * HOUR_MS
      return {
        rows: (rows, _, world) =>
          rowsWhere(
            rows,
            row => markOf(row) % LATE_ONE_IN !== 0 || (timeOf(row) ?? -Infinity) + lateMs <= world.now(),
          ),
      }
    },
  },
  {
    says: 'late-changes:HOURS',
    does: 'one record in three changes HOURS (24) after the start: its lastUpdated says so',
    make: argument => {
      const lateMs = wholeIn(argument, 24) * HOUR_MS
      return {
        rows: (rows, _, { now, facts }) => {
          const changed = facts.startedAt + lateMs
          return changed <= now()
            ? { count: rows.count, at: place => updated(rows.at(place), changed) }
            : rows
        },
      }
    },
  },
]

// Most of the world follows its clock; records that are just numbered have to be held back one by one. What is listed with the
// time of its last change is read by that: one that changed later than what is shown is not shown yet.
function showingUpTo(limit: (now: number, start: number) => number): Fault {
  const limitOf = ({ now, facts }: World) => Math.floor(limit(now(), facts.startedAt))
  return {
    world: world => ({ ...world, now: () => limitOf(world) }),
    rows: (rows, { route }, world) => {
      const upTo = limitOf(world)
      const timeIn = READ_BY_CHANGE.has(route?.stream ?? '') ? changeOf : timeOf
      return rowsWhere(rows, row => (timeIn(row) ?? -Infinity) <= upTo)
    },
  }
}

/** The streams whose records are read by when they changed. */
const READ_BY_CHANGE: ReadonlySet<string> = new Set([
  'outbound_leads',
  'all_leads',
  'processed_leads',
  'prompts',
])

function changeOf(row: Row): number | undefined {
  return timeOf({ dateCreated: row['lastUpdated'] ?? row['dateCreated'] })
}

/** Whether a record is one of those that change late. */
export function changesLate(row: Row): boolean {
  return 'lastUpdated' in row && markOf(row) % CHANGED_ONE_IN === 0
}

function updated(row: Row, time: number): Row {
  return changesLate(row) ? { ...row, lastUpdated: isoTime(time) } : row
}

function spanIn(argument: string): { readonly before: number; readonly after: number } {
  const [, before = '24', after = '24'] = /^(\d+)(?:\+(\d+))?$/.exec(argument || '24') ?? []
  if (argument !== '' && !/^\d+(\+\d+)?$/.test(argument))
    throw new Error(`A fault's hours must be such as 72+24; they are "${argument}".`)
  return { before: Number(before) * HOUR_MS, after: Number(after) * HOUR_MS }
}
