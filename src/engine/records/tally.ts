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
  /** Parents that lack a value without which their part cannot be asked for. */
  valueless: number
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return {
    duplicate: 0,
    outside: 0,
    foreign: 0,
    filtered: 0,
    unusable: 0,
    refused: 0,
    blank: 0,
    gone: 0,
    valueless: 0,
  }
}

const REASONS: Readonly<Record<keyof Tally, string>> = {
  duplicate: 'came twice and were emitted once',
  outside: 'lie outside the time that is read',
  foreign: 'belong to another parent than the one asked for',
  filtered: 'do not pass the filters of the config',
  unusable: 'have no key or are no objects, and cannot be emitted',
  refused: 'have a key that does not fit its column, and were not emitted',
  blank: 'answers had no content (204)',
  gone: 'parents were gone when they were asked for',
  valueless: 'parents or rows lack a value that the request needs, and were skipped',
}

/** What was left out, in words: how many, and why. */
export function leftOut(tally: Tally): readonly string[] {
  const reasons = (Object.keys(REASONS) as (keyof Tally)[]).filter(reason => tally[reason] > 0)
  return reasons.map(reason => `${tally[reason]} ${REASONS[reason]}`)
}
