import { SECOND_MS } from '../../../durations.ts'
import type { Walk } from '../../evidence/walk.ts'
import { rereadBackwards, rereadInOrder } from '../../fetch/reread.ts'
import type { Walking } from '../../fetch/visit.ts'
import type { RecordFilter } from '../../records/filter.ts'
import type { Slice } from '../../stream/context.ts'

/** What reading a slice again came to: it was not needed, or left doubts; the last reading brought nothing new; or so it was,
 *  though its count grew, which then counts something else. */
export type Again = 'no' | 'stable' | 'count grows'

/** How often a slice is read at most. Source: evidence rule E5. */
const MOST_READINGS = 20

/** A slice that was read once. */
interface Rereading {
  readonly walking: Walking
  readonly walk: Walk
  readonly filter: RecordFilter
  readonly claim: number | undefined
  readonly slice: Slice
  /** A record came on two pages: the list moves, or its order is not the same each time. */
  readonly cameTwice: boolean
}

/** Reads a slice again as long as there is doubt. */
export async function readAgain(rereading: Rereading): Promise<Again> {
  const { walking, walk } = rereading
  if (walk.grew && walk.pages > 2 && walking.engine.settings.concurrency > 1)
    await rereadInOrder(walking, walk, 2 * walk.pages)
  const isDoubtful = walk.shrank || isShort(rereading) || isUnordered(rereading)
  return isDoubtful ? readUntilStable(rereading) : 'no'
}

async function readUntilStable(rereading: Rereading): Promise<Again> {
  const { walking, walk, filter, claim, slice } = rereading
  let enough = quietReadings(walk, slice)
  let quiet = 0
  for (let reading = 2; reading <= MOST_READINGS; reading++) {
    const before = filter.seen().distinct
    const claimed = await rereadBackwards(walking, walk)
    const hasNews = filter.seen().distinct > before
    quiet = hasNews ? 0 : quiet + 1
    if (hasNews && claim === undefined) enough = QUIET_IF_UNORDERED
    if (quiet === enough) return claimed > (walk.claim ?? claimed) ? 'count grows' : 'stable'
    if (!goesOn(rereading)) return 'no'
  }
  return 'no'
}

function goesOn(rereading: Rereading): boolean {
  if (rereading.claim === undefined) return isUnordered(rereading)
  return isShort(rereading) && isSmallest(rereading.slice)
}

/** So many readings in a row must bring nothing new where pages come in any order: one misses a third of the records by chance. */
const QUIET_IF_UNORDERED = 3

/** How many it must be at first: pages of one moment come in any order; of others a further reading shows it. */
function quietReadings({ pages }: Walk, slice: Slice): number {
  return pages > 1 && isMoment(slice) ? QUIET_IF_UNORDERED : 1
}

function isShort({ claim, filter }: Rereading): boolean {
  return claim !== undefined && filter.seen().distinct < claim
}

/** Whether records may have been passed over with nothing to tell: no count, and an order that does not hold. */
function isUnordered({ claim, walk, slice, cameTwice }: Rereading): boolean {
  return claim === undefined && walk.pages > 1 && (cameTwice || isMoment(slice))
}

/** Whether a slice cannot be asked for in smaller parts: a second is the shortest window. */
function isSmallest(slice: Slice): boolean {
  return slice.window === undefined || isMoment(slice)
}

function isMoment({ window }: Slice): boolean {
  return window !== undefined && window.to - window.from < 2 * SECOND_MS
}
