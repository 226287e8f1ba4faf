import type { Slice } from '../../dialects/dialect.ts'
import { type Request, requestedSize } from '../../request.ts'
import { refuse } from '../../response.ts'
import { type Fault, type FaultRow, wholeIn } from '../fault.ts'

const sizeParameters = ['max', 'pageSize', 'limit', 'page_size', 'count', 'size'] as const
const offsetParameters = ['offset', 'startIndex'] as const
const USUAL_SIZE = 50
const USUAL_LIMIT = 100

/** Faults in how large a page is. */
export const sizeFaults: readonly FaultRow[] = [
  {
    says: 'clamp-size:N',
    does: 'pages hold N (5) records at most, and say so',
    make: argument => {
      const most = wholeIn(argument, 5)
      return { query: (query, request) => withSize(query, sizeParameterOf(request), most) }
    },
  },
  {
    says: 'clamp-size-silently:N',
    does: 'pages hold N (5) records at most, and say that they hold what was requested',
    make: argument => {
      const most = wholeIn(argument, 5)
      return { slice: (slice, request) => clamped(slice, request, most) }
    },
  },
  {
    says: 'clamp-limit-only:N',
    does: 'the same, but each page begins where it would without: what lies between is on none',
    make: argument => {
      const most = wholeIn(argument, 5)
      return {
        slice: (slice, request) =>
          sizeParameterOf(request) === undefined ? slice : { ...slice, size: Math.min(slice.size, most) },
      }
    },
  },
  ...([400, 413, 422, 503] as const).map(status => ({
    says: `size-${status}:N`,
    does: `requests for pages of more than N (${USUAL_LIMIT}) records get a ${status}`,
    make: (argument: string): Fault => {
      const most = wholeIn(argument, USUAL_LIMIT)
      const isTooLarge = (request: Request) =>
        sizeParameterOf(request) !== undefined && requestedSize(request.query) > most
      return {
        intercept: request =>
          isTooLarge(request) ? refuse(status, `page size is limited to ${most}`) : undefined,
      }
    },
  })),
]

function sizeParameterOf({ route }: Request): string | undefined {
  return sizeParameters.find(name => route?.parameters.includes(name))
}

function withSize(query: URLSearchParams, name: string | undefined, most: number): URLSearchParams {
  const size = name === undefined ? 0 : Number(query.get(name) ?? USUAL_SIZE)
  if (name === undefined || !(size > most)) return query
  const clampedQuery = new URLSearchParams(query)
  clampedQuery.set(name, String(most))
  return clampedQuery
}

function clamped(slice: Slice, request: Request, most: number): Slice {
  if (sizeParameterOf(request) === undefined) return slice
  const size = Math.min(slice.size, most)
  const isOffset = offsetParameters.some(name => request.route?.parameters.includes(name))
  return { ...slice, size, from: isOffset ? slice.from : (slice.page - 1) * size }
}
