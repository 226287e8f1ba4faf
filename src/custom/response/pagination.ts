import LinkHeader from 'http-link-header'
import type { NumberedPaginator, Place } from '../../engine/stream/paginators.ts'
import { byNextLink, byNextToken, byOffset, byPage, type Paginator } from '../../engine/stream/paginators.ts'
import { configError } from '../../errors.ts'
import type { Reply } from '../../http/types.ts'
import { isNothing, type Json } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { defined } from '../../optional.ts'
import type { CustomStreamConfig } from '../config.ts'

/** How a custom stream is paged, and where its responses give the next page. */
export interface Pagination {
  readonly paginate: Paginator
  /** The path to the next page's token or address; a Link header has the address where there is none. */
  readonly path?: { readonly field: string; readonly text: string }
  /** The parameter that says which page is asked for. */
  readonly parameter?: string
}

const ONE_PAGE: Paginator = { ...byNextLink(), kind: 'unpaged', next: () => undefined }
const largest = Number.MAX_SAFE_INTEGER

/** The pagination that the config describes; a field that was left out has the spec's default. */
export function paginationOf(pagination: CustomStreamConfig['pagination'] = { type: 'none' }): Pagination {
  switch (pagination.type) {
    case 'none':
      return { paginate: ONE_PAGE }
    case 'page': {
      const { page_parameter: page = 'page', size_parameter: size = 'max', start } = pagination
      const paginate = byPage(defined({ page, size, start, largest }))
      return { paginate: sized(paginate, pagination.size), parameter: page }
    }
    case 'offset': {
      const { offset_parameter: offset = 'offset', limit_parameter: limit = 'limit', start } = pagination
      const paginate = byOffset(defined({ offset, limit, start, largest }))
      return { paginate: sized(paginate, pagination.size), parameter: offset }
    }
    case 'next_token': {
      const { token_path: text, token_parameter: parameter } = pagination
      return { paginate: byNextToken(parameter), path: { field: 'pagination.token_path', text }, parameter }
    }
    case 'next_url':
      return { paginate: byNextLink(), path: { field: 'pagination.url_path', text: pagination.url_path } }
    case 'link_header':
      return { paginate: byNextLink() }
  }
}

/** Pages of this size; none is asked for where the size parameter is `none`. */
function sized(paginate: NumberedPaginator, size = 100): NumberedPaginator {
  const query: NumberedPaginator['query'] = (place, count) => {
    const { none: _, ...named } = paginate.query(place, count)
    return named
  }
  return { ...paginate, size, query }
}

/** Whether the place of the next page names none; `true` is no name. */
export function isEnd(token: Json | undefined): boolean {
  return isNothing(token) || token === 0 || token === true
}

/** A token as the text by which pages are told apart, of which `tokenOf` makes the token again; undefined at the end. */
export function tokenText(token: Json | undefined): string | undefined {
  if (isEnd(token)) return undefined
  return typeof token === 'string' ? token : `\u0000${JSON.stringify(token)}`
}

/** A token as it came: text, or a number with its digits and its type. */
export function tokenOf(named: string): Json {
  return named.startsWith('\u0000') ? parseJson(named.slice(1)) : named
}

/** The address of the next page in a response's Link header; null where it links to other pages only, so that this is the last;
 *  undefined where it links to no page. */
export function nextInLinkHeader({ headers }: Reply): string | null | undefined {
  const text = headers['link']
  if (text === undefined) return undefined
  try {
    const links = LinkHeader.parse(text)
    const isPaged = ['first', 'prev', 'previous', 'last'].some(rel => links.has('rel', rel))
    return links.rel('next')[0]?.uri ?? (isPaged ? null : undefined)
  } catch {
    return undefined
  }
}

/** The address that a page names for the next one, which may be relative to its own; what is no address stays as it is. */
export function resolved(next: Json | undefined, page: URL): Json | undefined {
  return typeof next === 'string' && next !== '' && URL.canParse(next, page) ? new URL(next, page).href : next
}

/** The path of the address that a page gives for the next one. An address that begins with http on a host that is asked by
 *  https is asked by https. Throws a config_error for one on another origin. */
export function nextPagePath(stream: string, { named = '' }: Place, origin: string): string {
  const url = URL.canParse(named) ? new URL(named) : undefined
  const secure = origin.startsWith('https:') ? url?.origin.replace(/^http:/, 'https:') : url?.origin
  if (url !== undefined && secure === origin) return url.pathname + url.search
  throw configError(
    `The next page of custom stream ${stream} is on another host (${url?.origin ?? 'its address is not valid'}) than the first ` +
      `one (${origin}), so it is not read. Use that host in the stream's url, or page by number.`,
  )
}
