/** What was left out of a stream, by reason; said once at its end. */
export interface Tally {
  /** Came twice. */
  duplicate: number
  /** Began before the start or after the end of what is read. */
  outside: number
  /** Belong to another parent than the one asked for. */
  foreign: number
  /** Do not pass a filter of the config. */
  filtered: number
  /** Are no objects, or have no key. */
  unusable: number
  /** Have a key that does not fit its column. */
  refused: number
  /** Answers without content (204). */
  blank: number
  /** Parents that were gone when their part was asked for. */
  gone: number
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { duplicate: 0, outside: 0, foreign: 0, filtered: 0, unusable: 0, refused: 0, blank: 0, gone: 0 }
}
