import type { IncomingHttpHeaders } from 'node:http'

/** What is known about the route that a request leads to, apart from how it responds. */
export interface RouteFacts {
  /** `{name}` matches one segment. */
  readonly path: string
  /** The stream whose records it serves. */
  readonly stream?: string
  /** The name under which a parent's id is part of its children's keys, where it serves children. */
  readonly parentField?: string
  /** The query parameters it knows. */
  readonly parameters: readonly string[]
}

/** A request as the simulator's parts see it. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The route that will respond, if any, and the values of its path's placeholders. */
  readonly route: RouteFacts | undefined
  readonly params: Readonly<Record<string, string>>
}

/** The page a request asks for, from 1, whichever parameters it uses. */
export function requestedPage(query: URLSearchParams): number {
  const offset = Number(query.get('offset') ?? 0) || Number(query.get('startIndex') ?? 1) - 1
  if (offset > 0) return Math.floor(offset / Math.max(1, requestedSize(query))) + 1
  return Math.max(1, Math.floor(Number(query.get('page') ?? 1)) || 1)
}

/** How many records a request asks for, whichever parameter it uses; 50 when it does not say. */
export function requestedSize(query: URLSearchParams): number {
  const text = ['max', 'pageSize', 'limit', 'page_size', 'count'].map(name => query.get(name))
  return Number(text.find(value => value !== null) ?? 50)
}

/** The time window a request asks for, in unix ms; an end it leaves out is undefined. */
export function requestedWindow(query: URLSearchParams): { readonly from?: number; readonly to?: number } {
  const from = timeIn(query, ['time.start', 'filters.time.start'], 'startDate')
  const to = timeIn(query, ['time.end', 'filters.time.end'], 'endDate')
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** The unix seconds in a parameter, as unix ms; undefined when it holds none. */
export function secondsIn(query: URLSearchParams, name: string): number | undefined {
  return timeIn(query, [name], '')
}

function timeIn(query: URLSearchParams, seconds: readonly string[], iso: string): number | undefined {
  for (const name of seconds) {
    const value = query.get(name)
    if (value !== null && value !== '' && Number.isFinite(Number(value))) return Number(value) * 1000
  }
  const time = Date.parse(query.get(iso) ?? '')
  return Number.isNaN(time) ? undefined : time
}
