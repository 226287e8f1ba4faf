import type { Dialect } from './dialect.ts'

const DEFAULT_COUNT = 100
const CAP = 200

/** SCIM lists: `startIndex` from 1 and `count`, which is clamped silently; 0 asks for the totals alone.
 *  Source: RFC 7644 section 3.4.2.4. */
export const byStartIndex: Dialect = {
  container: 'Resources',
  parameters: ['startIndex', 'count'],
  slice: query => {
    const from = wholeIn(query, 'startIndex', 1, 1) - 1
    const size = Math.min(CAP, wholeIn(query, 'count', DEFAULT_COUNT, 0))
    return { from, size, page: size === 0 ? 1 : Math.floor(from / size) + 1 }
  },
  envelope: ({ from }, total, served) => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex: from + 1,
    itemsPerPage: served,
  }),
}

function wholeIn(query: URLSearchParams, name: string, fallback: number, least: number): number {
  const value = Number(query.get(name) ?? fallback)
  return Number.isFinite(value) ? Math.max(least, Math.floor(value)) : fallback
}
