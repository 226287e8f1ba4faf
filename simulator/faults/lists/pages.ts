import { type Request, requestedPage } from '../../request.ts'
import type { World } from '../../world/view.ts'
import { type Fault, type FaultRow, wholeIn } from '../fault.ts'
import { withoutParameters } from '../parameters.ts'

/** Faults in the choice of page, and lists that change while they are read. */
export const pageFaults: readonly FaultRow[] = [
  {
    says: 'repeat-page:N',
    does: 'page N (2) of a list holds the records of the page before it',
    make: argument => {
      const repeated = wholeIn(argument, 2)
      return {
        slice: slice => (slice.page === repeated ? { ...slice, from: slice.from - slice.size } : slice),
      }
    },
  },
  {
    says: 'ignore-page',
    does: 'every page of a list is the first',
    make: () => ({ query: query => withoutParameters(query, ['page', 'offset', 'startIndex']) }),
  },
  {
    says: 'shift',
    does: 'a new record arrives before each page but the first: rows move backward',
    make: () => ({ intercept: (request, world) => grow(request, world) }),
  },
  {
    says: 'shrink',
    does: 'the newest record vanishes before each page but the first: rows move forward',
    make: shrinking,
  },
]

// A register grows at its newest end; lists that follow from calls grow by a call.
function grow(request: Request, world: World): undefined {
  const stream = request.route?.stream
  if (stream === undefined || requestedPage(request.query) === 1) return
  if (Object.hasOwn(world.registers, stream) || stream === 'outbound_leads') world.resize(stream, 1)
  else world.addCalls(1)
}

function shrinking(): Fault {
  const gone = new Map<string, number>()
  return {
    rows: (rows, request) => {
      const hidden = Math.min(
        rows.count,
        (gone.get(request.path) ?? 0) + (requestedPage(request.query) > 1 ? 1 : 0),
      )
      gone.set(request.path, hidden)
      return { count: rows.count - hidden, at: place => rows.at(place + hidden) }
    },
  }
}
