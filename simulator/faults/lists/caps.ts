import type { Slice } from '../../dialects/dialect.ts'
import { requestedSize } from '../../request.ts'
import { refuse } from '../../response.ts'
import { type Fault, type FaultRow, wholeIn } from '../fault.ts'

const USUAL_CAP = 20

/** Faults by which a list shows its first N records and no others, while it counts them all. */
export const capFaults: readonly FaultRow[] = [
  ...([400, 404, 422] as const).map(status => ({
    says: `cap-${status}:N`,
    does: `pages that go beyond the first N (${USUAL_CAP}) records of a list get a ${status}`,
    make: (argument: string): Fault => {
      const most = wholeIn(argument, USUAL_CAP)
      return {
        refusal: slice => (isBeyond(slice, most) ? refuse(status, `limited to ${most} results`) : undefined),
      }
    },
  })),
  {
    says: 'cap-clamped:N',
    does: `pages beyond the first N (${USUAL_CAP}) records are taken for requests for the last page before`,
    make: argument => {
      const most = wholeIn(argument, USUAL_CAP)
      return { query: query => withinFirst(query, most) }
    },
  },
  {
    says: 'cap-repeats:N',
    does: `pages beyond the first N (${USUAL_CAP}) records hold those of the last page before`,
    make: argument => {
      const most = wholeIn(argument, USUAL_CAP)
      return {
        slice: slice =>
          isBeyond(slice, most) ? { ...slice, from: (lastPage(most, slice.size) - 1) * slice.size } : slice,
      }
    },
  },
  {
    says: 'cap-empty:N',
    does: `pages hold nothing beyond the first N (${USUAL_CAP}) records`,
    make: argument => {
      const most = wholeIn(argument, USUAL_CAP)
      return { slice: slice => ({ ...slice, size: Math.max(0, Math.min(slice.size, most - slice.from)) }) }
    },
  },
]

function isBeyond({ page, from, size }: Slice, most: number): boolean {
  return page > 1 && from + size > most
}

function lastPage(most: number, size: number): number {
  return Math.max(1, Math.floor(most / Math.max(1, size)))
}

function withinFirst(query: URLSearchParams, most: number): URLSearchParams {
  const size = requestedSize(query)
  const last = lastPage(most, size)
  const changed = new URLSearchParams(query)
  for (const [name, largest] of [
    ['page', last],
    ['offset', (last - 1) * size],
    ['startIndex', (last - 1) * size + 1],
  ] as const)
    if (Number(query.get(name)) > largest) changed.set(name, String(largest))
  return changed
}
