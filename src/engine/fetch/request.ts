import { SECOND_MS } from '../../durations.ts'
import type { Query, Request } from '../../http/types.ts'
import type { Scan } from '../bytes/scan.ts'
import type { BlankTrial } from '../evidence/trials/blank-trial.ts'
import type { WindowParameters, WrittenWindow } from '../stream/asked-window.ts'
import type { Slice } from '../stream/context.ts'
import type { Route, StreamDef } from '../stream/definition.ts'
import type { Place } from '../stream/paginators.ts'
import type { Span } from '../time/spans.ts'
import { rfc3339 } from '../time/timestamps.ts'

/** What is common to the requests of a slice. */
export interface PageSpec {
  readonly def: StreamDef
  readonly route: Route
  readonly slice: Slice
  readonly pageSize: number
  /** Pages of this size may be refused: see SizeTrial. */
  readonly isTrial?: boolean
  readonly filters: Readonly<Record<string, string>>
  /** What is known of the route's answers without content. */
  readonly blanks?: BlankTrial
  readonly scan?: Scan
  /** How much wider than its window the slice is asked for at either end, since the filter is off by so much. */
  readonly marginMs?: number
}

/** The page size that a route is asked for: its own, or the configured one, within what the route takes. */
export function pageSizeFor({ paginate }: Route, configured: number): number {
  return paginate.size ?? Math.min(configured, paginate.largest)
}

/** Whether a route may be asked for pages of any size, to find out which it takes: not where the size is the user's, and a
 *  refusal is no answer that may be asked for again. */
export function takesAnySize({ paginate, once }: Route): boolean {
  return 'place' in paginate && paginate.size === undefined && once !== true
}

/** The request for one page of a slice. */
export function requestFor(spec: PageSpec, place: Place): Request {
  const { def, route, slice, pageSize, filters, marginMs } = spec
  const values = slice.parent ?? {}
  const paging = route.paginate.query(place, pageSize)
  const window = slice.window === undefined ? undefined : requestedSpan(slice.window, def, route, marginMs)
  const written = route.write?.({ values, window, place, paging })
  return {
    ...(written ?? {
      path: fill(route.path, values, value => encodeURIComponent(wireId(value).toWellFormed())),
      query: {
        ...fillQuery(route.query ?? {}, values),
        ...filterQuery(route.filters ?? {}, filters),
        ...windowQuery(route.window, window),
        ...paging,
      },
    }),
    method: route.method ?? 'GET',
    stream: def.name,
    ...(route.once === true ? { once: true } : {}),
    ...(spec.isTrial === true ? { isTrial: true } : {}),
  }
}

/** The span of time that is asked for: a second more at either end, since it is disputed which ends the API includes;
 *  an interval exactly; and of a written request as much as it can say. */
export function requestedSpan(window: Span, { incremental }: StreamDef, route: Route, marginMs = 0): Span {
  if (incremental?.strategy === 'intervals') return window
  const wider = { from: window.from - marginMs, to: window.to + marginMs }
  if (isWritten(route.window)) return route.window.widen(wider)
  return { from: wider.from - SECOND_MS, to: wider.to + SECOND_MS }
}

function isWritten(window: Route['window']): window is WrittenWindow {
  return window !== undefined && 'widen' in window
}

function filterQuery(
  names: Readonly<Record<string, string>>,
  filters: Readonly<Record<string, string>>,
): Query {
  return Object.fromEntries(Object.entries(names).map(([filter, parameter]) => [parameter, filters[filter]]))
}

function windowQuery(names: WindowParameters | WrittenWindow | undefined, window: Span | undefined): Query {
  if (names === undefined || window === undefined || isWritten(names)) return {}
  const { from, to } = window
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
