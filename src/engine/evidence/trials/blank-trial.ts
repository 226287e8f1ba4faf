/** Puts a route's answers without content on trial: one after which the same request was answered with content was made up on
 *  the way, and so may others be. */
export interface BlankTrial {
  /** A request was answered without content, and then with it. */
  sawMadeUp(): void
  /** How many times over a request is tried until such an answer is believed. */
  rounds(): number
}

/** After so many rounds it is believed in any case, so that what has no content blocks nothing. */
const MOST_ROUNDS = 3

/** A trial of which nothing came yet. */
export function createBlankTrial(): BlankTrial {
  let rounds = 1
  return {
    rounds: () => rounds,
    sawMadeUp() {
      rounds = MOST_ROUNDS
    },
  }
}
