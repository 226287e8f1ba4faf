import { countIn, type Dialect } from './dialect.ts'

const DEFAULT_SIZE = 50
const CAP = 500

/** The seed's lists: `page` from 1 and `pageSize`, with the records under the resource's own name. */
export function byPageSize(container: string): Dialect {
  return {
    container,
    parameters: ['page', 'pageSize'],
    slice: query => {
      const page = countIn(query, 'page', 1)
      const size = Math.min(CAP, countIn(query, 'pageSize', DEFAULT_SIZE))
      return { from: (page - 1) * size, size, page }
    },
    envelope: ({ page, size }, total) => ({ page, pageSize: size, total }),
  }
}

/** The seed's list of calls: `offset` from 0 and `limit`. */
export function byOffset(container: string): Dialect {
  return {
    container,
    parameters: ['offset', 'limit'],
    slice: query => {
      const from = countIn(query, 'offset', 0)
      const size = Math.min(CAP, countIn(query, 'limit', DEFAULT_SIZE))
      return { from, size, page: Math.floor(from / size) + 1 }
    },
    envelope: ({ from, size }, total) => ({ total, offset: from, limit: size }),
  }
}
