import { createSearch, type Search } from './rate-search.ts'

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

/** Limits are told by the second, or come to the same. */
const SECOND_MS = 1000
/** A share of refusals is known from so many refusals or limits on. */
const ENOUGH = 5
/** So many times as rare do refusals get, at least, where they are for the rate. */
const RARER = 4
/** After so many limits without a rate that could be kept, all begins again. */
const MOST_MISSES = 12

/** A rate that is not limited yet. `changed` is called whenever it has become another, so that what was planned by it is void.
 *  A limit lasts for a second at least, and as long as nothing leaves: what is refused meanwhile belongs to it. */
export function createRate(changed: () => void): Rate {
  let search: Search | undefined
  let limitAt: number | undefined
  let overAt = Number.NEGATIVE_INFINITY
  let [tally, shareBefore] = [createTally(), 0]
  const rest = createRest()
  const turnTo = (to: Search | undefined) => {
    shareBefore = tally.share()
    tally = createTally()
    search = to
  }
  const learn = (now: number) => {
    const perSecond = tally.perSecond()
    const isAtRest = rest.isOn(now) && tally.share() < RARER * shareBefore
    if (perSecond > 0 && tally.refused() >= ENOUGH && !isAtRest) turnTo(createSearch(perSecond, now))
  }
  const doubt = ({ misses }: Search, now: number) => {
    const isNoRarer = tally.limits() >= ENOUGH && tally.share() > shareBefore / RARER
    if (isNoRarer) rest.begin(now)
    if (isNoRarer || misses() >= MOST_MISSES) turnTo(undefined)
  }
  const endLimit = (at: number, now: number) => {
    search?.refused(now, now - at, tally.mean(overAt, at))
    tally.limit(at)
    if (search === undefined) learn(now)
    else doubt(search, now)
    ;[limitAt, overAt] = [undefined, now]
    changed()
  }
  const meetLimit = (at: number) => {
    if (at < overAt || (limitAt !== undefined && limitAt <= at)) return
    limitAt = at
    search?.retreat()
    changed()
  }
  return {
    gapMs: () => (search === undefined ? 0 : SECOND_MS / search.rate()),
    leaves(at) {
      if (limitAt === undefined) search?.held(at)
      else if (at >= limitAt + SECOND_MS) endLimit(limitAt, at)
      const refuse = tally.sent(at)
      return () => {
        refuse()
        meetLimit(at)
      }
    },
  }
}

/** How long a rate that did not help is forgotten; twice as long each time. */
const FIRST_REST_MS = 120_000

function createRest() {
  let [until, nextMs] = [0, FIRST_REST_MS]
  return {
    isOn: (now: number) => now < until,
    begin(now: number) {
      until = now + nextMs
      nextMs *= 2
    },
  }
}

/** From roughly how many requests the share of refusals is taken. */
const MOST_COUNTED = 1000
/** More requests than anybody sends in a second. */
const MOST_RECENT = 4096

interface Left {
  readonly at: number
  isRefused: boolean
}

/** Counts requests, and what came of them. */
function createTally() {
  let recent: Left[] = []
  let [sent, refused, limits, passed, inSeconds] = [0, 0, 0, 0, 0]
  return {
    limits: () => limits,
    refused: () => refused,
    share: () => refused / Math.max(1, sent),
    /** How many got through in a second since the last limit, which was over then; undefined where that was just before. */
    mean: (overAt: number, at: number) =>
      at < overAt + SECOND_MS ? undefined : (passed * SECOND_MS) / (at - overAt),
    /** How many got through in the second before a limit, in the mean: without the first one, which tells of a burst, and of
     *  a second that had hardly begun. */
    perSecond: () => (limits > 1 ? inSeconds / (limits - 1) : 0),
    limit(at: number) {
      const isIn = (left: Left) => !left.isRefused && left.at > at - SECOND_MS && left.at <= at
      if (limits > 0) inSeconds += recent.filter(isIn).length
      limits++
      passed = 0
    },
    sent(at: number) {
      const left = { at, isRefused: false }
      recent.push(left)
      if (recent.length > MOST_RECENT) recent = recent.slice(MOST_RECENT / 2)
      passed++
      sent++
      if (sent > MOST_COUNTED) [sent, refused] = [sent / 2, refused / 2]
      return () => {
        left.isRefused = true
        passed--
        refused++
      }
    },
  }
}
