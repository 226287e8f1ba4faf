import type { Query } from '../../http/types.ts'
import { isObject, type JsonObject, wholeNumber } from '../../json.ts'

/** What one page told of itself and of the list. */
export interface PageFacts {
  /** Records on the page. */
  readonly rows: number
  /** Pages in the list, where the answer says so. */
  readonly pages: number | undefined
  /** Records in the list, where the answer says so. */
  readonly total: number | undefined
  /** The page size that the server really used, where the answer says so. */
  readonly max: number | undefined
  /** The answer says that the list goes on after this page. */
  readonly more?: true
  /** The token or address of the next page, where the answer holds one. */
  readonly next?: string
}

/** The place of a page in its list: what a paginator needs to ask for it. */
export interface Place {
  /** The number of the page from 1, or the number of records before it. */
  readonly at: number
  /** The token or address by which the page before named it. */
  readonly named?: string
  /** How many pages before it had no records. */
  readonly blanks?: number
}

interface Paging {
  /** The largest page size that this endpoint takes. */
  readonly largest: number
  /** The page size to ask for, whatever the config says of others. */
  readonly size?: number
  readonly first: Place
  query(place: Place, size: number): Query
}

/** A list whose pages can be asked for in any order. */
export interface NumberedPaginator extends Paging {
  readonly kind: 'page' | 'offset'
  /** The place of the page with this index, from 0, in pages of `size`, where `came` records are known to be before it. */
  place(index: number, size: number, came?: number): Place
}

/** A list in which each page says whether and where there is a next one. */
export interface ChainedPaginator extends Paging {
  readonly kind: 'unpaged' | 'next-token' | 'next-link'
  /** The place of the next page, after `came` records in all; undefined at the end. */
  next(place: Place, facts: PageFacts, came: number): Place | undefined
}

/** A way of walking through a list page by page. It keeps no state, and it never says that a list is at its end because of
 *  what the list claims to hold. */
export type Paginator = NumberedPaginator | ChainedPaginator

interface Names {
  readonly page: string
  readonly size: string
}

interface OffsetNames {
  readonly offset: string
  readonly limit: string
}

/** Numbered pages from `start`, mostly 1. */
export function byPage(
  names: Names & { readonly largest: number; readonly start?: number },
): NumberedPaginator {
  const { page, size, largest, start = 1 } = names
  return {
    kind: 'page',
    largest,
    first: { at: 1 },
    query: ({ at }, count) => ({ [page]: at - 1 + start, [size]: count }),
    place: index => ({ at: index + 1 }),
  }
}

/** An offset, counted from `start`, and a limit. The offset never moves beyond what came: a server may give less than
 *  asked. */
export function byOffset(
  names: OffsetNames & { readonly largest: number; readonly start?: number },
): NumberedPaginator {
  const { offset, limit, largest, start = 0 } = names
  return {
    kind: 'offset',
    largest,
    first: { at: 0 },
    query: ({ at }, count) => ({ [offset]: at + start, [limit]: count }),
    place: (index, size, came = index * size) => ({ at: Math.min(index * size, came) }),
  }
}

/** One request without paging parameters. Only where the answer claims more than came is a page 2 asked for, by number. */
export const unpaged: ChainedPaginator = {
  kind: 'unpaged',
  largest: Number.MAX_SAFE_INTEGER,
  first: { at: 1 },
  query: ({ at }) => (at === 1 ? {} : { page: at }),
  next({ at }, { rows, pages, total }, came) {
    const claimsMore = (pages !== undefined && at < pages) || (total !== undefined && came < total)
    return rows > 0 && claimsMore ? { at: at + 1 } : undefined
  },
}

/** Pages of which each holds the token of the next one, which goes into this parameter; into none, the route writes it by
 *  itself. A list ends where there is no token, or after three pages in a row without records. */
export function byNextToken(parameter?: string): ChainedPaginator {
  return byNext('next-token', parameter)
}

/** Pages of which each holds the address of the next one. Ends as `byNextToken` does. */
export function byNextLink(): ChainedPaginator {
  return byNext('next-link')
}

function byNext(kind: 'next-token' | 'next-link', parameter?: string): ChainedPaginator {
  return {
    kind,
    largest: Number.MAX_SAFE_INTEGER,
    first: { at: 1 },
    query: ({ named }) => (parameter === undefined || named === undefined ? {} : { [parameter]: named }),
    next({ at, named, blanks = 0 }, { rows, next }) {
      if (next === undefined || next === '') return undefined
      const count = rows === 0 ? blanks + 1 : 0
      if (count > MOST_BLANKS || (rows === 0 && next === named)) return undefined
      return { at: at + 1, named: next, blanks: count }
    },
  }
}

/** How many pages without records are followed, where each says that there is more. */
export const MOST_BLANKS = 2

/** The numbers that an answer gives about its list, wherever the dialect puts them. */
export function pageFacts(body: JsonObject, rows: number): PageFacts {
  const facts = [body['pagination'], body['_metadata']].find(isObject) ?? body
  const pick = (...names: string[]) =>
    names.map(name => wholeNumber(facts[name])).find(one => one !== undefined && one >= 0)
  return {
    rows,
    pages: pick('pages', 'page_count'),
    total: pick('total', 'total_count', 'totalResults'),
    max: pick('max', 'per_page', 'pageSize', 'limit'),
    ...([facts, body].some(saysMore) ? { more: true } : {}),
  }
}

/** Whether something says that there is a page after this one: in so many words, or by naming it. */
function saysMore(facts: JsonObject): boolean {
  const isNamed = NEXT.some(name => {
    const next = facts[name]
    return isObject(next) || (typeof next === 'string' && next !== '') || (wholeNumber(next) ?? 0) > 0
  })
  return isNamed || MORE.some(name => facts[name] === true)
}

const MORE = ['has_more', 'hasMore', 'has_next', 'hasNext', 'has_next_page', 'hasNextPage'] as const
const NEXT = ['next', 'next_page', 'nextPage'] as const
