import { areFlat, firstRound, nextRound, type Rounds, withAnswer } from './rounds.ts'

/** How a request ended, as far as that tells of load: answered, refused for want of capacity, or in another way. */
export type Outcome = 'clean' | 'overload' | 'other'

/** How many requests may be in flight to one origin, found out from its answers. */
export interface Level {
  now(): number
  /** The most that it has been. */
  most(): number
  /** A request ended. `inFlight` counts those that were in flight when it left, itself included; `isWanted` says whether
   *  others wait for its place. */
  ended(outcome: Outcome, inFlight: number, isWanted: boolean): void
}

/** Where it begins. */
const FIRST = 4
/** What is left of it where the API refuses. */
const LOWERED = 0.7
/** Rounds for which a level that was found is held; twice as many each time it is found again, up to the second number. */
const HELD_ROUNDS = 50
const MOST_HELD_ROUNDS = 800

/** A level up to `ceiling`. It grows by one a round, which is as many clean answers as may be in flight, while more is wanted
 *  and answers a second rise. Where the API refuses, it falls at once, grows back to one below what was refused, and stays
 *  there before it tries one more. Latency does not count: larger pages raise it, and so does our own work. */
export function createLevel(ceiling: number, clock: () => number): Level {
  let growth = firstGrowth(ceiling, clock())
  let most = growth.level
  return {
    now: () => growth.level,
    most: () => most,
    ended(outcome, inFlight, isWanted) {
      growth = afterEnd(growth, { outcome, inFlight, isWanted }, clock())
      most = Math.max(most, growth.level)
    },
  }
}

/** Where a level is, and why it goes on from there as it does. */
interface Growth {
  readonly level: number
  readonly ceiling: number
  /** The level up to which it grows now, for how many rounds that is held, and how many of those are left. */
  readonly top: number
  readonly heldFor: number
  readonly left: number
  /** The level beyond which it was last tried to grow. */
  readonly tried: number
  /** Answers that are yet to come to requests that left before it fell. */
  readonly old: number
  readonly rounds: Rounds
}

/** How one request ended. */
interface End {
  readonly outcome: Outcome
  readonly inFlight: number
  readonly isWanted: boolean
}

function firstGrowth(ceiling: number, now: number): Growth {
  const level = Math.min(FIRST, ceiling)
  const held = { top: ceiling, heldFor: HELD_ROUNDS, left: 0 }
  return { level, ceiling, ...held, tried: 0, old: 0, rounds: firstRound(now) }
}

function afterEnd(before: Growth, { outcome, inFlight, isWanted }: End, now: number): Growth {
  const isOld = before.old > 0
  if (!isOld && outcome === 'overload' && inFlight > 1) return fallen(before, inFlight, now)
  const growth = isOld ? { ...before, old: before.old - 1 } : before
  if (outcome !== 'clean') return growth
  const rounds = withAnswer(growth.rounds, isWanted)
  return rounds.answers < growth.level ? { ...growth, rounds } : afterRound({ ...growth, rounds }, now)
}

/** A request was refused that left as one of `inFlight`. */
function fallen(growth: Growth, inFlight: number, now: number): Growth {
  const { level, heldFor, tried } = growth
  const refused = Math.min(level, inFlight)
  const isSame = refused - 1 === tried
  return {
    ...growth,
    ...heldAt(Math.max(1, refused - 1), isSame ? Math.min(2 * heldFor, MOST_HELD_ROUNDS) : HELD_ROUNDS),
    level: Math.max(1, Math.floor(refused * LOWERED)),
    old: level,
    rounds: firstRound(now),
  }
}

function heldAt(top: number, rounds: number): Pick<Growth, 'top' | 'heldFor' | 'left'> {
  return { top, heldFor: rounds, left: rounds }
}

/** A round is over. */
function afterRound(growth: Growth, now: number): Growth {
  const { level, top, rounds } = growth
  const next = { ...growth, rounds: nextRound(rounds, level, now) }
  if (!rounds.isWanted) return next
  return level < top ? grown(next, now) : tryingMore(next)
}

/** One more, unless that has brought nothing for a while: then the level is held that was best. */
function grown(growth: Growth, now: number): Growth {
  if (!areFlat(growth.rounds)) return { ...growth, level: growth.level + 1 }
  const level = Math.min(growth.level, growth.rounds.best.level)
  return { ...growth, ...heldAt(level, growth.heldFor), level, rounds: firstRound(now) }
}

/** One beyond the level that is held, once it was held for long enough: the next rounds show whether more comes by now. */
function tryingMore(growth: Growth): Growth {
  const { level, ceiling, top, left } = growth
  if (left > 0 || top === ceiling) return { ...growth, left: left - 1 }
  return { ...growth, tried: top, top: ceiling, level: level + 1, rounds: { ...growth.rounds, flat: 0 } }
}
