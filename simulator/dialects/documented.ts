import { refuse } from '../response.ts'
import { countIn, type Dialect, type Slice } from './dialect.ts'

// The default and the cap of `max` are not documented for lists; 50 and 500 are this simulator's choice.
const DEFAULT_MAX = 50
const MAX_CAP = 500
const V3_CAP = 100

/** /api/v2 lists: `page` from 1 and `max`, which is clamped silently. */
export const byMax: Dialect = {
  container: 'items',
  parameters: ['page', 'max'],
  slice: query => sliceAt(countIn(query, 'page', 1), Math.min(MAX_CAP, countIn(query, 'max', DEFAULT_MAX))),
  envelope: ({ page, size }, total, served) => ({
    pagination: {
      pages: Math.ceil(total / size),
      total,
      ...(served > 0 || page === 1 ? { current: page } : {}),
      max: size,
      maxResults: size,
    },
    success: true,
  }),
}

/** The one /api/v2 list with documented bounds: a page below 1, or a `max` outside 1 to 500, is refused. */
export const byBoundedMax: Dialect = {
  ...byMax,
  slice: (query, total) => {
    const [page, max] = [Number(query.get('page') ?? 1), Number(query.get('max') ?? DEFAULT_MAX)]
    const accepted =
      Number.isInteger(page) && page >= 1 && Number.isInteger(max) && max >= 1 && max <= MAX_CAP
    return accepted ? byMax.slice(query, total) : refuse(400, 'page must be 1 or more and max from 1 to 500')
  },
}

/** /api/v2 lists without page parameters whose envelope mentions pages all the same. */
export const unpaged: Dialect = {
  ...byMax,
  parameters: [],
  slice: (_, total) => sliceAt(1, Math.max(1, total)),
}

/** /api/v2 lists that do not mention pages at all. */
export const bareItems: Dialect = {
  ...unpaged,
  envelope: () => ({ success: true }),
}

/** /api/v3 lists: `page` and `page_size` of 1 to 100; more is refused. */
export const byPageSizeV3: Dialect = {
  container: 'records',
  parameters: ['page', 'page_size'],
  slice: query => {
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size') ?? DEFAULT_MAX)]
    const accepted =
      Number.isInteger(page) && page >= 1 && Number.isInteger(size) && size >= 1 && size <= V3_CAP
    return accepted ? sliceAt(page, size) : refuse(400, 'page must be 1 or more and page_size from 1 to 100')
  },
  envelope: ({ page, size }, total) => ({
    _metadata: { page, per_page: size, page_count: Math.ceil(total / size), total_count: total },
  }),
}

function sliceAt(page: number, size: number): Slice {
  return { from: (page - 1) * size, size, page }
}
