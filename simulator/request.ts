import type { IncomingHttpHeaders } from 'node:http'

/** What is known of the route that a request leads to, beside its answer. */
export interface RouteFacts {
  /** `{name}` stands for one segment. */
  readonly path: string
  /** The stream whose records it serves. */
  readonly stream?: string
  /** The query parameters that it knows. */
  readonly parameters: readonly string[]
}

/** A request as the simulator's parts see it. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The route that will answer, when there is one, and what its path's placeholders stand for. */
  readonly route: RouteFacts | undefined
  readonly params: Readonly<Record<string, string>>
}

/** The page that a request asks for, from 1, whichever way it says so. */
export function requestedPage(query: URLSearchParams): number {
  const offset = Number(query.get('offset') ?? 0) || Number(query.get('startIndex') ?? 1) - 1
  const size = Number(query.get('limit') ?? query.get('count') ?? 50)
  if (offset > 0) return Math.floor(offset / Math.max(1, size)) + 1
  return Math.max(1, Math.floor(Number(query.get('page') ?? 1)) || 1)
}

/** The window of time that a request asks for, in unix ms; an end that it leaves out is undefined. */
export function requestedWindow(query: URLSearchParams): { readonly from?: number; readonly to?: number } {
  const from = timeIn(query, ['time.start', 'filters.time.start'], 'startDate')
  const to = timeIn(query, ['time.end', 'filters.time.end'], 'endDate')
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** The time in a parameter of unix seconds, in unix ms; undefined when it says none. */
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
