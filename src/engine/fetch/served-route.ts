import { ConnectorError, systemError } from '../../errors.ts'
import type { Scan } from '../bytes/scan.ts'
import type { Engine, Slice } from '../stream/context.ts'
import { isById, type Route, type StreamDef } from '../stream/definition.ts'
import { isNoContainer, type NoContainer, type Page } from './extract.ts'
import { fetchPage } from './fetch-page.ts'
import { type PageSpec, pageSizeFor } from './request.ts'

/** The first page of a slice, and how it was asked for. */
export interface FirstPage {
  readonly spec: PageSpec
  readonly page: Page
  /** When it was asked for. */
  readonly askedAt: number
}

/** Reads the first page of a slice by the route that the API serves, which the first slice finds out for all.
 *  Undefined when there is nothing to read: the parent is gone, or the stream is one whose absence is no error. */
export type ReadFirst = (slice: Slice) => Promise<FirstPage | undefined>

/** Finds out which of a stream's routes is served here, and keeps to it for the run. `onGone` is called for each
 *  slice whose parent the API no longer knows. */
export function createServedRoute(
  def: StreamDef,
  engine: Engine,
  onGone: () => void,
  scan?: Scan,
): ReadFirst {
  let chosen: Route | 'none' | undefined
  let trial: Promise<unknown> | undefined
  const choose = (route: Route | 'none') => {
    if (chosen === undefined) announce(def, route, engine)
    chosen = route
  }
  return async slice => {
    while (chosen === undefined && trial !== undefined) await trial.catch(() => undefined)
    if (chosen === 'none') return undefined
    const routes = chosen === undefined ? def.routes : ([chosen] as const)
    const attempt = tryRoutes({ def, engine, choose, onGone, scan }, routes, slice)
    trial ??= attempt
    try {
      return await attempt
    } finally {
      if (trial === attempt) trial = undefined
    }
  }
}

interface Trying {
  readonly def: StreamDef
  readonly engine: Engine
  readonly choose: (route: Route | 'none') => void
  readonly onGone: () => void
  readonly scan: Scan | undefined
}

async function tryRoutes(
  trying: Trying,
  routes: readonly Route[],
  slice: Slice,
): Promise<FirstPage | undefined> {
  const { def, engine, choose, onGone } = trying
  const refusals: Refusal[] = []
  for (const route of routes) {
    const spec = askingFor(trying, route, slice)
    const askedAt = engine.now()
    const answer = await ask(spec, engine)
    if ('rows' in answer) {
      choose(route)
      return { spec, page: answer, askedAt }
    }
    if ('error' in answer && isById(route)) {
      onGone()
      return undefined
    }
    refusals.push({ route, ...answer })
  }
  if (def.absence !== 'empty') throw notServed(def, refusals)
  choose('none')
  return undefined
}

function askingFor({ def, engine, scan }: Trying, route: Route, slice: Slice): PageSpec {
  const { pageSize, filters } = engine.settings
  const spec = { def, route, slice, pageSize: pageSizeFor(route, pageSize), filters }
  return scan === undefined ? spec : { ...spec, scan }
}

type Absent = NoContainer | { readonly error: ConnectorError }
type Refusal = { readonly route: Route } & Absent

const ABSENT = [404, 405]

async function ask(spec: PageSpec, engine: Engine): Promise<Page | Absent> {
  const { def, route } = spec
  try {
    const answer = await fetchPage(spec, route.paginate.first, engine)
    return isNoContainer(answer) ? { keys: answer.keys } : answer
  } catch (error) {
    if (error instanceof ConnectorError && (def.absentStatuses ?? ABSENT).includes(error.status ?? 0))
      return { error }
    throw error
  }
}

function announce(def: StreamDef, route: Route | 'none', { log }: Engine): void {
  if (route === 'none') log.warn(`${def.name}: this account has no such endpoint; the stream has no records.`)
  else if (route !== def.routes[0])
    log.info(`${def.name}: read from ${route.path}, since ${def.routes[0].path} is not served here.`)
}

function notServed(def: StreamDef, refusals: readonly Refusal[]): ConnectorError {
  const last = refusals.at(-1)
  if (refusals.length === 1 && last !== undefined && 'error' in last) return last.error
  const why = refusals.map(refusal =>
    'keys' in refusal
      ? `${refusal.route.path} answered with the keys ${refusal.keys.join(', ') || '(none)'}`
      : `${refusal.route.path} answered ${refusal.error.status}`,
  )
  return systemError(
    `Babelforce does not serve stream ${def.name} in a way that is known: ${why.join('; ')}.`,
  )
}
