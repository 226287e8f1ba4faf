import { systemError } from '../../errors.ts'
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

/** What to read after a page: nothing, one more page, or several whose places are known already. */
export type Next = 'done' | readonly Place[]

/** A way of walking through a list page by page. It keeps no state. */
export interface Paginator {
  readonly kind: 'page' | 'offset' | 'unpaged' | 'next-token' | 'next-link'
  /** The largest page size that this endpoint takes. */
  readonly largest: number
  /** The page size to ask for, whatever the config says of others. */
  readonly size?: number
  readonly first: Place
  query(place: Place, size: number): Query
  /** Trusts nothing: an empty page ends a list, a short one only where the answer's own numbers confirm it. */
  next(place: Place, facts: PageFacts, size: number): Next
}

interface Names {
  readonly page: string
  readonly size: string
}

interface OffsetNames {
  readonly offset: string
  readonly limit: string
}

/** Numbered pages from `start`, mostly 1. The last known page is read like any other, and asked what comes after it. */
export function byPage(names: Names & { readonly largest: number; readonly start?: number }): Paginator {
  const { page, size, largest, start = 1 } = names
  return {
    kind: 'page',
    largest,
    first: { at: 1 },
    query: ({ at }, count) => ({ [page]: at - 1 + start, [size]: count }),
    next({ at }, facts, count) {
      if (facts.rows === 0) return 'done'
      const pages = facts.pages ?? pagesOf(facts, count)
      if (pages !== undefined) return at >= pages ? 'done' : upTo(at + 1, pages, 1)
      return facts.max !== undefined && facts.rows < facts.max ? 'done' : [{ at: at + 1 }]
    },
  }
}

/** An offset, counted from `start`, and a limit. The offset moves by what came: a server may give less than asked. */
export function byOffset(
  names: OffsetNames & { readonly largest: number; readonly start?: number },
): Paginator {
  const { offset, limit, largest, start = 0 } = names
  return {
    kind: 'offset',
    largest,
    first: { at: 0 },
    query: ({ at }, count) => ({ [offset]: at + start, [limit]: count }),
    next({ at }, facts, count) {
      const read = at + facts.rows
      if (facts.rows === 0) return 'done'
      if (facts.total === undefined) return [{ at: read }]
      if (read >= facts.total) return 'done'
      return facts.rows < count ? [{ at: read }] : upTo(read, facts.total - 1, count)
    },
  }
}

/** One request without paging parameters. Should the answer speak of more pages, they are asked for by number, and a
 *  page that repeats is the end. */
export const unpaged: Paginator = {
  kind: 'unpaged',
  largest: Number.MAX_SAFE_INTEGER,
  first: { at: 1 },
  query: ({ at }) => (at === 1 ? {} : { page: at }),
  next: ({ at }, facts) =>
    facts.rows > 0 && facts.pages !== undefined && at < facts.pages ? [{ at: at + 1 }] : 'done',
}

/** Pages of which each holds the token of the next one, which goes into this parameter; into none, the route writes it by
 *  itself. A list ends where there is no token; a token that comes again, or page after page without records, is a
 *  system_error rather than an end. */
export function byNextToken(parameter?: string): Paginator {
  return byNext('next-token', parameter)
}

/** Pages of which each holds the address of the next one. Ends as `byNextToken` does. */
export function byNextLink(): Paginator {
  return byNext('next-link')
}

function byNext(kind: 'next-token' | 'next-link', parameter?: string): Paginator {
  return {
    kind,
    largest: Number.MAX_SAFE_INTEGER,
    first: { at: 1 },
    query: ({ named }) => (parameter === undefined || named === undefined ? {} : { [parameter]: named }),
    next({ at, named, blanks = 0 }, { rows, next }) {
      if (next === undefined || next === '') return 'done'
      const count = rows === 0 ? blanks + 1 : 0
      if (next === named || count > MOST_BLANKS) throw endless(kind, at)
      return [{ at: at + 1, named: next, blanks: count }]
    },
  }
}

const MOST_BLANKS = 100

function endless(kind: string, at: number): Error {
  return systemError(
    `The list never ends: page ${at} holds a ${kind === 'next-token' ? 'token' : 'link'} to a next page that leads to no further records, though it should name none. ` +
      'Check how the stream pages.',
  )
}

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
  }
}

function pagesOf({ rows, total, max }: PageFacts, asked: number): number | undefined {
  if (total === undefined) return undefined
  const size = max ?? (rows === asked ? asked : undefined)
  return size === undefined || size === 0 ? undefined : Math.ceil(total / size)
}

function upTo(first: number, last: number, step: number): readonly Place[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => ({
    at: first + index * step,
  }))
}
