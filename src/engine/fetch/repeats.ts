import { hash } from 'node:crypto'
import { systemError } from '../../errors.ts'
import type { RawRecord } from '../bytes/raw-record.ts'
import { SAFE_SIZE } from '../evidence/trials/size-trial.ts'
import type { Engine } from '../stream/context.ts'
import type { Place } from '../stream/paginators.ts'
import type { Page } from './extract.ts'
import type { PageSpec } from './request.ts'

/** How many pages in a row may be alike of a list that says that it grows: by a page or more with each request. */
const MOST_ALIKE = 2

/** Tells whether a page with the same print, or the same first and last record and length, came before, while the list said that it had the
 *  same size: a list that grows moves its records onto later pages. Of a list without pages (`isSelfSame`), or whose pages hold
 *  fewer than was asked for because so many came first, a page like the one before it is a repeat whatever the list says, and of
 *  any list one like the two before it: else a list that grows with each request would have no end. Empty pages never repeat. */
export function createRepeatCheck(): (page: Page, isSelfSame?: boolean) => boolean {
  const seen = new Set<string>()
  let before: readonly string[] = []
  return ({ rows, facts, print: keys }, isSelfSame = false) => {
    if (rows.length === 0) return false
    const print = keys ?? endsOf(rows)
    const sized = `${facts.total ?? facts.pages} ${print}`
    // So many pages in a row, this one among them.
    const alike = before.includes(print) ? [...before, print] : [print]
    if (seen.has(sized) || alike.length > (isSelfSame ? 1 : MOST_ALIKE)) return true
    seen.add(sized)
    before = alike
    return false
  }
}

/** Tells whether the second page of a list (`index` 1) begins with the second record of the first, by whose keys no two are the
 *  same: what says which page is meant counts records. */
export function createShiftCheck(): (page: Page, index: number) => boolean {
  let expected: string | undefined
  return ({ rows: [one, two, three], print }, index) => {
    const [first, second] = [one, two].map(row => row && printOf(row))
    if (index === 0)
      expected = print !== undefined && three !== undefined && first !== second ? second : undefined
    return index === 1 && first !== undefined && first === expected
  }
}

/** So many pages more than those that brought something new may bring nothing: records of one moment come in any order. */
const MOST_STALE = 3

/** Tells whether a list is over that never says so, since its pages bring nothing new any more: fewer of them did than did not. To
 *  be told of each page with records. */
export function createNewsCheck(): (hasNews: boolean) => boolean {
  let [fresh, stale] = [0, 0]
  return hasNews => {
    if (hasNews) fresh++
    else stale++
    return stale > fresh + MOST_STALE
  }
}

/** Stands for how long a page is, and what is first and last on it. */
function endsOf(rows: readonly RawRecord[]): string {
  return [rows.length, ...[...rows.slice(0, 1), ...rows.slice(-1)].map(printOf)].join(' ')
}

/** Stands for a record, of which a long list would otherwise hold thousands. */
function printOf(row: RawRecord): string {
  return hash('sha1', 'bytes' in row ? row.bytes.subarray(row.start, row.end) : JSON.stringify(row.json))
}

/** What to say of a page that is the one before it again; undefined where that is the end of the list. */
export function unturned(
  { spec, engine }: { readonly spec: PageSpec; readonly engine: Pick<Engine, 'service'> },
  place: Place,
  { facts }: Page,
): Error | undefined {
  const { def, route, pageSize } = spec
  const { mistakes } = def
  if (place.named !== undefined && place.at > 2) return mistakes?.samePlace(place.named)
  if (mistakes !== undefined)
    return mistakes.samePage(facts.rows, place.named === undefined ? pageSize : facts.rows)
  if (route.paginate.kind === 'unpaged') return undefined
  // One record comes twice where another arrived before it; the list's count tells whether any is missing.
  const isSure = facts.rows >= Math.min(pageSize, SAFE_SIZE) && (facts.rows > 1 || facts.total === undefined)
  if ('place' in route.paginate && !isSure) return undefined
  return systemError(
    `${engine.service} answers ${route.path} with the same page again (${route.paginate.kind} ${place.at}), so the rest of ` +
      `stream ${def.name} cannot be read. The API may no longer know the paging parameter; please report this.`,
  )
}
