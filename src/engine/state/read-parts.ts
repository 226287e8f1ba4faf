import { isList, isObject, type Json, type JsonObject, kindOf, wholeNumber } from '../../json.ts'
import { defined } from '../../optional.ts'
import type { Shortage } from '../evidence/shortages.ts'
import type { Coverage } from '../time/coverage.ts'
import type { Span } from '../time/spans.ts'
import { momentOf } from '../time/timestamps.ts'
import { HASH_LENGTH, type ParentCoverage } from './progress.ts'

/** Makes the error for a state that cannot be understood. */
export type Wrong = (why: string) => Error

/** A moment; throws for anything else. */
export function readMoment(field: string, value: Json | undefined, wrong: Wrong): number {
  const ms = momentOf(value)
  if (ms !== undefined) return ms
  const found = isObject(value) ? 'an object' : JSON.stringify(value)
  throw wrong(`${field} must be a time such as 2026-01-31T12:00:00.000Z; it is ${found}`)
}

/** A moment, where there is one. */
export function readMomentIf(field: string, value: Json | undefined, wrong: Wrong): number | undefined {
  return value === undefined || value === null ? undefined : readMoment(field, value, wrong)
}

/** Spans, each a pair of moments. */
export function readSpans(value: Json | undefined, wrong: Wrong): Span[] {
  if (!isList(value)) throw wrong(`closed is ${kindOf(value)}; it must be a list of [from, to] pairs`)
  return value.map(pair => readSpan(pair, wrong))
}

function readSpan(pair: Json, wrong: Wrong): Span {
  if (!isList(pair) || pair.length !== 2) throw wrong('closed holds something that is no [from, to] pair')
  return { from: readMoment('closed', pair[0], wrong), to: readMoment('closed', pair[1], wrong) }
}

/** The parents that a state names by their ids. */
export function readParents(value: Json, wrong: Wrong): Map<string, ParentCoverage> {
  if (!isObject(value)) throw wrong(`parents is ${kindOf(value)}; it must be an object`)
  return new Map(Object.entries(value).map(([id, one]) => [id, readCoverage(one, wrong)]))
}

/** The parents that a state names by hashes, in groups. */
export function readHashed(value: Json, wrong: Wrong): Map<string, ParentCoverage> {
  if (!isList(value)) throw wrong(`hashed is ${kindOf(value)}; it must be a list`)
  const parents = new Map<string, ParentCoverage>()
  for (const group of value) {
    const { closed, parents: keys } = isObject(group) ? group : {}
    if (typeof keys !== 'string' || keys.length % HASH_LENGTH !== 0)
      throw wrong('hashed holds something that is no group of parents')
    const shared = readCoverage(closed, wrong)
    for (let at = 0; at < keys.length; at += HASH_LENGTH)
      parents.set(keys.slice(at, at + HASH_LENGTH), shared)
  }
  return parents
}

function readCoverage(value: Json | undefined, wrong: Wrong): ParentCoverage {
  if (value === true) return 'all'
  if (!isObject(value)) return { closed: readSpans(value, wrong) }
  return { closed: readSpans(value['closed'], wrong), ...readMoments(value, wrong) }
}

/** Where what is covered begins and ends, and when it was read. */
export function readMoments(value: JsonObject, wrong: Wrong): Omit<Coverage, 'closed'> {
  const at = (field: string) => readMomentIf(field, value[field], wrong)
  return defined({
    readToMs: at('read_to'),
    readAtMs: at('read_at'),
    valuedToMs: at('valued_to'),
    readFromMs: at('read_from'),
  })
}

/** Slices that are short of their own count. */
export function readShortages(value: Json | undefined, wrong: Wrong): readonly Shortage[] | undefined {
  return isList(value) ? value.map(one => readShortage(one, wrong)) : undefined
}

function readShortage(value: Json, wrong: Wrong): Shortage {
  const { of, parent, window, came, claimed, print, since } = isObject(value) ? value : {}
  if (typeof print !== 'string') throw wrong('short holds something that is no slice')
  return {
    ...defined({
      of: typeof of === 'string' ? of : undefined,
      parent: typeof parent === 'string' ? parent : undefined,
      window: window === undefined ? undefined : readSpan(window, wrong),
    }),
    came: wholeNumber(came) ?? 0,
    claimed: wholeNumber(claimed) ?? 0,
    print,
    sinceMs: readMoment('since', since, wrong),
  }
}
