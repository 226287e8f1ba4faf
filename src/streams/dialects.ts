import { listAt, type Route } from '../engine/define.ts'
import { byOffset, byPage, unpaged } from '../engine/paginate.ts'

/** The vendor's paging of /api/v2: `page` from 1 and `max`. No cap is documented but for one list (500); 100 is what
 *  other connectors use against the live API. */
export const v2Pages = byPage({ page: 'page', size: 'max', largest: 500 })

/** The seed's paging of most lists. */
export const seedPages = byPage({ page: 'page', size: 'pageSize', largest: 500 })

/** The seed's paging of calls. */
export const seedOffsets = byOffset({ page: 'offset', size: 'limit', largest: 500 })

/** Both ways of asking for a list whose path the vendor and the seed agree on; `seedKey` is where the seed puts the
 *  records. */
export function list(path: string, seedKey: string, operation: string): readonly [Route, Route] {
  return [
    { source: 'documented', operation, path, records: listAt('items'), paginate: v2Pages },
    { source: 'seed', path, records: listAt(seedKey), paginate: seedPages },
  ]
}

/** The same for a list that the vendor documents without page parameters. */
export function unpagedList(path: string, seedKey: string, operation: string): readonly [Route, Route] {
  return [
    { source: 'documented', operation, path, records: listAt('items'), paginate: unpaged },
    { source: 'seed', path, records: listAt(seedKey), paginate: seedPages },
  ]
}
