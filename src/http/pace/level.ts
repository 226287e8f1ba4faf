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
  let level = Math.min(FIRST, ceiling)
  let most = level
  let top = ceiling
  let [heldFor, left] = [HELD_ROUNDS, 0]
  /** The level beyond which it was last tried to grow. */
  let tried = 0
  /** Answers that are yet to come to requests that left before it fell. */
  let old = 0
  const rounds = createRounds(clock)
  const hold = (at: number, rounds: number) => {
    top = at
    heldFor = rounds
    left = rounds
  }
  const fall = (inFlight: number) => {
    const refused = Math.min(level, inFlight)
    const isSame = refused - 1 === tried
    hold(Math.max(1, refused - 1), isSame ? Math.min(2 * heldFor, MOST_HELD_ROUNDS) : HELD_ROUNDS)
    old = level
    level = Math.max(1, Math.floor(refused * LOWERED))
    rounds.forget()
  }
  const grow = () => {
    if (rounds.areFlat()) {
      level = Math.min(level, rounds.best())
      hold(level, heldFor)
      rounds.forget()
    } else level++
  }
  const tryMore = () => {
    if (left-- > 0 || top === ceiling) return
    tried = top
    top = ceiling
    rounds.doubt()
    level++
  }
  return {
    now: () => level,
    most: () => most,
    ended(outcome, inFlight, isWanted) {
      if (old > 0) old--
      else if (outcome === 'overload' && inFlight > 1) return fall(inFlight)
      if (outcome !== 'clean' || !rounds.add(level, isWanted)) return
      if (rounds.end(level)) level < top ? grow() : tryMore()
      most = Math.max(most, level)
    },
  }
}

/** Rounds in a row that bring no more answers a second, until growth stops. */
const FLAT_ROUNDS = 3
/** What counts as more. */
const MORE = 1.02

/** Counts answers in rounds, and compares how fast they come. */
function createRounds(clock: () => number) {
  let round = { answers: 0, since: clock(), isWanted: false }
  let best = { rate: 0, level: 0 }
  let flat = 0
  return {
    /** Adds an answer. True when it is the last of its round. */
    add(level: number, isWanted: boolean): boolean {
      round.answers++
      round.isWanted ||= isWanted
      return round.answers >= level
    },
    /** Ends a round. Returns whether more was wanted in it than the level let through. */
    end(level: number): boolean {
      const { answers, since, isWanted } = round
      round = { answers: 0, since: clock(), isWanted: false }
      if (!isWanted) return false
      const rate = answers / Math.max(1, round.since - since)
      flat = rate > best.rate * MORE ? 0 : flat + 1
      if (rate > best.rate) best = { rate, level }
      return true
    },
    areFlat: () => flat >= FLAT_ROUNDS,
    /** Has the next rounds show anew whether more comes. */
    doubt() {
      flat = 0
    },
    best: () => best.level,
    forget() {
      round = { answers: 0, since: clock(), isWanted: false }
      best = { rate: 0, level: 0 }
      flat = 0
    },
  }
}
