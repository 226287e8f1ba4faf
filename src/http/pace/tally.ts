import { SECOND_MS } from '../../durations.ts'

/** From roughly how many requests the share of refusals is taken. */
const MOST_COUNTED = 1000
/** More requests than anybody sends in a second. */
const MOST_RECENT = 4096

/** One request that left. */
interface Left {
  readonly at: number
  isRefused: boolean
}

/** Requests, and what came of them. */
export interface Tally {
  recent: Left[]
  sent: number
  refused: number
  limits: number
  /** How many got through since the last limit. */
  passed: number
  /** How many got through in the seconds before limits, but the first. */
  inSeconds: number
}

/** Nothing was sent yet. */
export function emptyTally(): Tally {
  return { recent: [], sent: 0, refused: 0, limits: 0, passed: 0, inSeconds: 0 }
}

/** Counts a request that leaves. Returns what to call if it is refused. */
export function countSent(tally: Tally, at: number): () => void {
  const left = { at, isRefused: false }
  tally.recent.push(left)
  if (tally.recent.length > MOST_RECENT) tally.recent = tally.recent.slice(MOST_RECENT / 2)
  tally.passed++
  tally.sent++
  if (tally.sent > MOST_COUNTED) [tally.sent, tally.refused] = [tally.sent / 2, tally.refused / 2]
  return () => {
    left.isRefused = true
    tally.passed--
    tally.refused++
  }
}

/** Counts a limit that was met at this moment. */
export function countLimit(tally: Tally, at: number): void {
  const isIn = (left: Left) => !left.isRefused && left.at > at - SECOND_MS && left.at <= at
  if (tally.limits > 0) tally.inSeconds += tally.recent.filter(isIn).length
  tally.limits++
  tally.passed = 0
}

/** The share of requests that was refused. */
export function shareRefused({ sent, refused }: Tally): number {
  return refused / Math.max(1, sent)
}

/** How many got through in the second before a limit, in the mean: without the first one, which tells of a burst, and of a
 *  second that had hardly begun. */
export function perSecondBefore({ limits, inSeconds }: Tally): number {
  return limits > 1 ? inSeconds / (limits - 1) : 0
}

/** How many got through in a second since the last limit, which was over at `overAt`, until the next; undefined where that was
 *  just before. */
export function perSecondSince({ passed }: Tally, overAt: number, at: number): number | undefined {
  return at < overAt + SECOND_MS ? undefined : (passed * SECOND_MS) / (at - overAt)
}
