/** Rounds in a row that bring no more answers a second, until growth stops. */
const FLAT_ROUNDS = 3
/** What counts as more. */
const MORE = 1.02

/** Answers counted in rounds, and how fast those of the best round came. */
export interface Rounds {
  /** The clean answers of the round under way, and when it began. */
  readonly answers: number
  readonly since: number
  /** Whether more was wanted in it than the level let through. */
  readonly isWanted: boolean
  /** The round in which answers came fastest, by its answers in a millisecond, and the level that it had. */
  readonly best: { readonly rate: number; readonly level: number }
  /** How many rounds in a row brought no more. */
  readonly flat: number
}

/** The first round, of which nothing is known. */
export function firstRound(now: number): Rounds {
  return { answers: 0, since: now, isWanted: false, best: { rate: 0, level: 0 }, flat: 0 }
}

/** One more clean answer. */
export function withAnswer(rounds: Rounds, isWanted: boolean): Rounds {
  return { ...rounds, answers: rounds.answers + 1, isWanted: rounds.isWanted || isWanted }
}

/** The next round, after one at this level. Where no more was wanted in that, it tells nothing. */
export function nextRound(rounds: Rounds, level: number, now: number): Rounds {
  const next = { ...rounds, answers: 0, since: now, isWanted: false }
  if (!rounds.isWanted) return next
  const { best, flat } = rounds
  const rate = rounds.answers / Math.max(1, now - rounds.since)
  return {
    ...next,
    flat: rate > best.rate * MORE ? 0 : flat + 1,
    best: rate > best.rate ? { rate, level } : best,
  }
}

/** Whether a higher level brings no more answers a second. */
export function areFlat({ flat }: Rounds): boolean {
  return flat >= FLAT_ROUNDS
}
