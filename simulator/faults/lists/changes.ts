import { requestedPage } from '../../request.ts'
import { type Rows, rowsWhere } from '../../world/ground/rows.ts'
import type { Fault, FaultRow } from '../fault.ts'
import { markOf } from '../records.ts'

const EVERY = 7
const STEPS = 10
const MOST_SWAPS = 5

/** Lists whose older records change while they are read. */
export const changeFaults: readonly FaultRow[] = [
  {
    says: 'insert-old',
    does: 'one in seven records is missing at first; before each page but the first some of them appear',
    make: inserting,
  },
  {
    says: 'swap',
    does: 'before each page but the first the newest record vanishes and an old one appears, five times at most',
    make: swapping,
  },
]

// By path, since each list is read for itself.
function countLaterPages() {
  const counts = new Map<string, number>()
  return ({ path, query }: Parameters<NonNullable<Fault['rows']>>[1]) => {
    const count = (counts.get(path) ?? 0) + (requestedPage(query) > 1 ? 1 : 0)
    counts.set(path, count)
    return count
  }
}

function inserting(): Fault {
  const laterPages = countLaterPages()
  return {
    rows: (rows, request) => {
      const shown = laterPages(request)
      if (shown >= STEPS) return rows
      return rowsWhere(rows, row => {
        const mark = markOf(row)
        return mark % EVERY !== 0 || Math.floor(mark / EVERY) % STEPS < shown
      })
    },
  }
}

// The list is a view that slides over its records: as many leave it at one end as join it at the other.
function swapping(): Fault {
  const laterPages = countLaterPages()
  return {
    rows: (rows, request): Rows => {
      const most = Math.min(MOST_SWAPS, Math.floor(rows.count / 4))
      const moved = Math.min(most, laterPages(request))
      return { count: rows.count - most, at: place => rows.at(place + moved) }
    },
  }
}
