import { SECOND_MS } from '../../durations.ts'
import { held, refused, retreating, type Search, searchFrom } from './rate-search.ts'
import {
  countLimit,
  countSent,
  emptyTally,
  perSecondBefore,
  perSecondSince,
  shareRefused,
  type Tally,
} from './tally.ts'

/** The rate at which requests may leave to one origin, found out from those that it refuses for their rate.
 *
 *  Nothing is held back until some are. At first only the waits are obeyed that come with the refusals, until it is known how
 *  many requests get through in a second, and what share is refused. From then on requests leave evenly, at a rate that is
 *  searched for from there (rate-search.ts).
 *
 *  If refusals are for the rate, they are much rarer then. If they are not, they have nothing to do with it: it is forgotten
 *  for a while, and only the waits are obeyed. */
export interface Rate {
  /** Milliseconds between two requests, at this moment; 0 where no limit is known. */
  gapMs(): number
  /** A request leaves, at this moment. Returns what to call if it is refused for its rate. */
  leaves(at: number): () => void
}

/** A share of refusals is known from so many refusals or limits on. */
const ENOUGH = 5
/** So many times as rare do refusals get, at least, where they are for the rate. */
const RARER = 4
/** After so many limits without a rate that could be kept, all begins again. */
const MOST_MISSES = 12
/** How long a rate that did not help is forgotten; twice as long each time. */
const FIRST_REST_MS = 120_000

/** A rate that is not limited yet. `changed` is called whenever it has become another, so that what was planned by it is void.
 *  A limit lasts for a second at least, and as long as nothing leaves: what is refused meanwhile belongs to it. */
export function createRate(changed: () => void): Rate {
  const known = nothingKnown()
  return {
    gapMs: () => (known.search === undefined ? 0 : SECOND_MS / known.search.rate),
    leaves(at) {
      const { search, limitAt } = known
      if (limitAt === undefined) known.search = search && held(search, at)
      else if (at >= limitAt + SECOND_MS) {
        endLimit(known, limitAt, at)
        changed()
      }
      const refuse = countSent(known.tally, at)
      return () => {
        refuse()
        if (meetLimit(known, at)) changed()
      }
    },
  }
}

/** What is known of the rate that an origin lets through. */
interface Known {
  /** Undefined where no limit is known. */
  search: Search | undefined
  /** When the limit was met that lasts, and when the one before was over. */
  limitAt: number | undefined
  overAt: number
  /** Of the requests since the search began, or was given up; and the share that was refused before. */
  tally: Tally
  shareBefore: number
  /** Until when the rate is forgotten, and for how long it will be the next time. */
  restUntil: number
  nextRestMs: number
}

function nothingKnown(): Known {
  const limits = { search: undefined, limitAt: undefined, overAt: Number.NEGATIVE_INFINITY }
  return { ...limits, tally: emptyTally(), shareBefore: 0, restUntil: 0, nextRestMs: FIRST_REST_MS }
}

/** A request that left at this moment was refused. Whether that is a limit of which nothing was known. */
function meetLimit(known: Known, at: number): boolean {
  const { search, limitAt, overAt } = known
  if (at < overAt || (limitAt !== undefined && limitAt <= at)) return false
  known.limitAt = at
  known.search = search && retreating(search)
  return true
}

/** The limit is over that was met at this moment. */
function endLimit(known: Known, at: number, now: number): void {
  const { tally, overAt, search } = known
  const perSecond = perSecondSince(tally, overAt, at)
  countLimit(tally, at)
  if (search === undefined) learn(known, now)
  else {
    known.search = refused(search, now, now - at, perSecond)
    doubt(known, known.search, now)
  }
  known.limitAt = undefined
  known.overAt = now
}

/** Begins a search, once enough is known to do so. */
function learn(known: Known, now: number): void {
  const { tally, shareBefore, restUntil } = known
  const perSecond = perSecondBefore(tally)
  const isAtRest = now < restUntil && shareRefused(tally) < RARER * shareBefore
  if (perSecond > 0 && tally.refused >= ENOUGH && !isAtRest) turnTo(known, searchFrom(perSecond, now))
}

/** Gives up a search where refusals get no rarer by it, or no rate can be kept. */
function doubt(known: Known, { misses }: Search, now: number): void {
  const { tally, shareBefore, nextRestMs } = known
  const isNoRarer = tally.limits >= ENOUGH && shareRefused(tally) > shareBefore / RARER
  if (isNoRarer) {
    known.restUntil = now + nextRestMs
    known.nextRestMs = 2 * nextRestMs
  }
  if (isNoRarer || misses >= MOST_MISSES) turnTo(known, undefined)
}

function turnTo(known: Known, search: Search | undefined): void {
  known.shareBefore = shareRefused(known.tally)
  known.tally = emptyTally()
  known.search = search
}
