import { type Fault, type FaultRow, wholeIn } from '../fault.ts'

const HOUR_MS = 3_600_000

/** Faults in how many records a list says it has. Where it says how many pages, that follows. */
export const countFaults: readonly FaultRow[] = [
  {
    says: 'count-capped:N',
    does: 'no list says that it has more than N (100) records',
    make: argument => {
      const most = wholeIn(argument, 100)
      return { total: total => Math.min(total, most) }
    },
  },
  {
    says: 'count-off:N',
    does: 'every list says that it has N (-1) records more than it has',
    make: argument => {
      const more = wholeIn(argument, -1)
      return { total: total => Math.max(0, total + more) }
    },
  },
  {
    says: 'count-stale:N',
    does: 'the same, for an hour from the first request for a list; then its count is right',
    make: argument => stale(wholeIn(argument, -1)),
  },
  {
    says: 'count-global',
    does: 'lists count all records of the account, whatever part of them is requested',
    make: () => ({ total: (_, list) => list.unfiltered() }),
  },
  { says: 'count-zero', does: 'every list says that it is empty', make: () => ({ total: () => 0 }) },
  {
    says: 'count-growing:N',
    does: 'lists say N (1) records more with every page',
    make: argument => {
      const step = wholeIn(argument, 1)
      let pages = 0
      return { total: total => total + step * ++pages }
    },
  },
  {
    says: 'count-page',
    does: 'lists count the records of the page and no others',
    make: () => ({ total: (_, list) => list.served }),
  },
]

function stale(more: number): Fault {
  const since = new Map<string, number>()
  return {
    total: (total, { now }, { path }) => {
      const first = since.get(path) ?? now
      since.set(path, first)
      return now - first < HOUR_MS ? Math.max(0, total + more) : total
    },
  }
}
