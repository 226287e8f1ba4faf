import type { Query, Request } from '../http/types.ts'
import type { Route, StreamDef, WindowParameters } from './define.ts'
import type { Slice } from './engine.ts'
import type { Place } from './paginate.ts'
import type { Scan } from './scan.ts'
import type { Span } from './spans.ts'
import { rfc3339 } from './times.ts'

const SECOND_MS = 1000

/** What is common to the requests of a slice. */
export interface Asking {
  readonly def: StreamDef
  readonly route: Route
  readonly slice: Slice
  readonly pageSize: number
  readonly filters: Readonly<Record<string, string>>
  readonly scan?: Scan
}

/** The page size that a route is asked for: the configured one, within what the route takes. */
export function pageSizeFor(route: Route, configured: number): number {
  return Math.min(configured, route.paginate.largest)
}

/** The request for one page of a slice. */
export function requestFor({ def, route, slice, pageSize, filters }: Asking, place: Place): Request {
  const parent = slice.parent ?? {}
  return {
    method: route.method ?? 'GET',
    path: fill(route.path, parent, value => encodeURIComponent(wireId(value))),
    query: {
      ...fillQuery(route.query ?? {}, parent),
      ...filterQuery(route.filters ?? {}, filters),
      ...windowQuery(route.window, slice.window, def.incremental?.filter === 'interval'),
      ...route.paginate.query(place, pageSize),
    },
    stream: def.name,
    ...(route.once === true ? { once: true } : {}),
  }
}

/** The stretch of time that is asked for: a second more at either end, since it is disputed which ends the API
 *  includes. */
export function asked(window: Span): Span {
  return { from: window.from - SECOND_MS, to: window.to + SECOND_MS }
}

function filterQuery(
  names: Readonly<Record<string, string>>,
  filters: Readonly<Record<string, string>>,
): Query {
  return Object.fromEntries(Object.entries(names).map(([filter, parameter]) => [parameter, filters[filter]]))
}

function windowQuery(names: WindowParameters | undefined, window: Span | undefined, exact: boolean): Query {
  if (names === undefined || window === undefined) return {}
  const { from, to } = exact ? window : asked(window)
  const seconds = { from: Math.max(0, Math.floor(from / SECOND_MS)), to: Math.ceil(to / SECOND_MS) }
  if (names.format === 'unix-seconds') return { [names.from]: seconds.from, [names.to]: seconds.to }
  return { [names.from]: rfc3339(seconds.from * SECOND_MS), [names.to]: rfc3339(seconds.to * SECOND_MS) }
}

/** A parameter whose placeholder has no value is left out. */
function fillQuery(query: Query, values: Readonly<Record<string, string>>): Query {
  const filled = (value: Query[string]) => {
    const text = typeof value === 'string' ? fill(value, values, wireId) : value
    return typeof text === 'string' && PLACEHOLDER.test(text) ? undefined : text
  }
  return Object.fromEntries(Object.entries(query).map(([key, value]) => [key, filled(value)]))
}

const PLACEHOLDER = /\{\w+\}/

function fill(
  template: string,
  values: Readonly<Record<string, string>>,
  encode: (value: string) => string,
): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : encode(value)
  })
}

/** An id as the API matches it: a UUID loses its hyphens, which the API does not find. */
function wireId(value: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value.replaceAll('-', '') : value
}
