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
  /** Are not objects, or have no key. */
  unusable: number
  /** Have a key that does not fit its column. */
  refused: number
  /** Responses without content (204). */
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

/** The reasons in words, after a count of one and after any other. */
const REASONS: Readonly<Record<keyof Tally, readonly [one: string, many: string]>> = {
  duplicate: ['came twice and was emitted once', 'came twice and were emitted once'],
  outside: ['lies outside the time that is read', 'lie outside the time that is read'],
  foreign: [
    'belongs to another parent than the one asked for',
    'belong to another parent than the one asked for',
  ],
  filtered: ['does not pass the filters of the config', 'do not pass the filters of the config'],
  unusable: [
    'has no key or is not an object, and cannot be emitted',
    'have no key or are not objects, and cannot be emitted',
  ],
  refused: [
    'has a key that does not fit its column, and was not emitted',
    'have a key that does not fit its column, and were not emitted',
  ],
  blank: ['response had no content (204)', 'responses had no content (204)'],
  gone: ['parent was gone when it was asked for', 'parents were gone when they were asked for'],
  valueless: [
    'parent or row lacks a value that the request needs, and was skipped',
    'parents or rows lack a value that the request needs, and were skipped',
  ],
}

/** What was left out, in words: how many, and why. */
export function leftOut(tally: Tally): readonly string[] {
  const reasons = (Object.keys(REASONS) as (keyof Tally)[]).filter(reason => tally[reason] > 0)
  return reasons.map(reason => `${tally[reason]} ${REASONS[reason][tally[reason] === 1 ? 0 : 1]}`)
}
