import type { Request } from '../../request.ts'

/** A time span in unix ms; an end that is not limited is undefined. */
export interface Window {
  readonly from: number | undefined
  readonly to: number | undefined
}

const ends = [
  ['time.start', 'time.end'],
  ['filters.time.start', 'filters.time.end'],
  ['startDate', 'endDate'],
  ['filters.from', 'filters.to'],
  ['filters.dateCreated.start', 'filters.dateCreated.end'],
  ['start', 'end'],
  ['from', 'to'],
] as const

/** The parameters by which a route limits time, with those it understands first; none where it does not. The `from` and
 *  `to` of legs are telephone numbers. */
function endsOf({ route }: Request) {
  return ends.filter(([from]) => route?.parameters.includes(from) === true)
}

/** The window that a query limits a list to; undefined where its route knows no such parameters. */
export function windowIn(query: URLSearchParams, request: Request): Window | undefined {
  const known = endsOf(request)
  if (known.length === 0) return undefined
  const used = known.find(names => names.some(name => query.has(name))) ?? known[0]
  return { from: timeIn(query.get(used?.[0] ?? '')), to: timeIn(query.get(used?.[1] ?? '')) }
}

/** The query with other ends of its window, written as they were; those that it does not have stay away. */
export function withWindow(
  query: URLSearchParams,
  request: Request,
  change: (window: Window) => Window,
): URLSearchParams {
  const window = windowIn(query, request)
  if (window === undefined) return query
  const changed = change(window)
  const rest = new URLSearchParams(query)
  const names = endsOf(request).find(([from, to]) => query.has(from) || query.has(to)) ?? endsOf(request)[0]
  for (const [name, time] of [
    [names?.[0], changed.from],
    [names?.[1], changed.to],
  ] as const)
    if (name !== undefined && time !== undefined) rest.set(name, written(time, name, query))
  return rest
}

function timeIn(text: string | null): number | undefined {
  if (text === null || text === '') return undefined
  const time = Number.isNaN(Number(text)) ? Date.parse(text) : Number(text) * 1000
  return Number.isNaN(time) ? undefined : time
}

function written(time: number, name: string, query: URLSearchParams): string {
  const isIso = /Date$|^start$|^end$/.test(name) || /[T-]/.test(query.get(name) ?? '')
  return isIso ? new Date(time).toISOString() : String(time / 1000)
}
