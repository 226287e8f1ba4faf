import type { Place } from '../../engine/stream/paginators.ts'
import { byNextLink, byNextToken, byOffset, byPage, type Paginator } from '../../engine/stream/paginators.ts'
import { configError } from '../../errors.ts'
import type { Reply } from '../../http/types.ts'
import type { CustomStreamConfig } from '../config.ts'

/** How a custom stream is paged, and where its responses give the next page. */
export interface Pagination {
  readonly paginate: Paginator
  /** The path to the next page's token or address. */
  readonly path?: { readonly field: string; readonly text: string }
  readonly usesLinkHeader?: boolean
}

const ONE_PAGE: Paginator = { ...byNextLink(), kind: 'unpaged', next: () => undefined }
const LARGEST = Number.MAX_SAFE_INTEGER

/** The pagination that the config describes; a field that was left out has the spec's default. */
export function paginationOf(pagination: CustomStreamConfig['pagination'] = { type: 'none' }): Pagination {
  switch (pagination.type) {
    case 'none':
      return { paginate: ONE_PAGE }
    case 'page': {
      const { page_parameter: page = 'page', size_parameter = 'max', size = 100, start = 1 } = pagination
      return { paginate: { ...byPage({ page, size: size_parameter, largest: LARGEST, start }), size } }
    }
    case 'offset': {
      const { offset_parameter = 'offset', limit_parameter = 'limit', size = 100, start = 0 } = pagination
      const names = { offset: offset_parameter, limit: limit_parameter }
      return { paginate: { ...byOffset({ ...names, largest: LARGEST, start }), size } }
    }
    case 'next_token': {
      const path = { field: 'pagination.token_path', text: pagination.token_path }
      return { paginate: byNextToken(pagination.token_parameter), path }
    }
    case 'next_url':
      return {
        paginate: byNextLink(),
        path: { field: 'pagination.url_path', text: pagination.url_path },
      }
    case 'link_header':
      return { paginate: byNextLink(), usesLinkHeader: true }
  }
}

/** The address of the next page in a response's Link header. Source: RFC 8288 section 3. */
export function nextInLinkHeader({ headers }: Reply): string | undefined {
  const links = (headers['link'] ?? '').matchAll(/<([^>]*)>([^<]*)/g)
  for (const [, address, parameters = ''] of links) {
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters) ?? []
    if ((quoted ?? bare ?? '').toLowerCase().split(/\s+/).includes('next')) return address
  }
  return undefined
}

/** The path of the address that a page gives for the next one. Throws a config_error if that is on another origin than the page. */
export function nextPagePath(stream: string, { named = '' }: Place, origin: string, path: string): string {
  const base = new URL(path, origin)
  const url = URL.canParse(named, base.href) ? new URL(named, base) : undefined
  if (url?.origin === origin) return url.pathname + url.search
  throw configError(
    `The next page of custom stream ${stream} is on another host (${url?.origin ?? 'its address is not valid'}) than the first ` +
      `one (${origin}), so it is not read. Use that host in the stream's url, or page by number.`,
  )
}
