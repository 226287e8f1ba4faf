import { createTurns } from '../../concurrency.ts'
import { ConnectorError, systemError } from '../../errors.ts'
import { defined } from '../../optional.ts'
import type { Scan } from '../bytes/scan.ts'
import type { RouteMemories } from '../evidence/route-memories.ts'
import type { Engine, Slice } from '../stream/context.ts'
import { isById, type Route, type StreamDef } from '../stream/definition.ts'
import { isNoContainer, type Page } from './extract.ts'
import { fetchPage } from './fetch-page.ts'
import { type PageSpec, pageSizeFor, takesAnySize } from './request.ts'

/** The first page of a slice, and how it was asked for. */
export interface FirstPage {
  readonly spec: PageSpec
  readonly page: Page
  /** When it was asked for. */
  readonly askedAt: number
}

/** Why a slice has no first page: its parent is no longer known, or the account has no such endpoint. */
export type NoFirstPage = 'gone' | 'absent'

/** Reads the first page of a slice by the route that the API serves, which the first slice finds out for all. */
export type ReadFirst = (slice: Slice) => Promise<FirstPage | NoFirstPage>

/** Finds out which of a stream's routes is served here, and keeps to it for the run. While one slice tries them, the
 *  others wait. */
export function createServedRoute(
  def: StreamDef,
  engine: Engine,
  memories: RouteMemories,
  scan?: Scan,
): ReadFirst {
  const trying: Trying = { def, engine, memories, scan }
  const found: Found = { served: undefined }
  const inTurn = createTurns(() => found.served === undefined)
  return slice => inTurn(() => findServed(trying, found, slice))
}

interface Trying {
  readonly def: StreamDef
  readonly engine: Engine
  readonly memories: RouteMemories
  readonly scan: Scan | undefined
}

/** What is known of a stream's routes in a run. */
interface Found {
  /** The one that is served. */
  served: Route | 'none' | undefined
}

/** The first page by the route that is served; notes which one that is. */
async function findServed(trying: Trying, found: Found, slice: Slice): Promise<FirstPage | NoFirstPage> {
  if (found.served === 'none') return 'absent'
  const routes = found.served === undefined ? trying.def.routes : [found.served]
  const first = await tryRoutes(trying, routes, slice)
  if (first === 'gone') return first
  const route = first === 'absent' ? 'none' : first.spec.route
  if (found.served === undefined) announce(trying.def, route, trying.engine)
  found.served = route
  return first
}

/** The first page by the first of the routes that is served. Throws a system_error that names each when none is, unless the
 *  stream may be absent, and none answers something else. */
async function tryRoutes(
  trying: Trying,
  routes: readonly Route[],
  slice: Slice,
): Promise<FirstPage | NoFirstPage> {
  const refusals: Refusal[] = []
  for (const route of routes) {
    const found = await probe(trying, route, slice)
    if ('page' in found) return found
    if ('error' in found && isById(route)) return 'gone'
    refusals.push(found)
  }
  if (trying.def.absence === 'empty' && !refusals.some(holdsOther)) return 'absent'
  throw notServed(trying, refusals)
}

/** What a route is refused by: an error, or an answer with other keys than its own. */
type Refusal = { readonly route: Route } & (
  | { readonly error: ConnectorError }
  | { readonly keys: readonly string[] }
)

/** Whether a route is there, and answers something that may well be records in a shape that is not known. */
function holdsOther(refusal: Refusal): boolean {
  return 'keys' in refusal && refusal.keys.length > 0
}

/** Asks a route for the first page of a slice. Rejects with any error but absence. */
async function probe(
  { def, engine, memories, scan }: Trying,
  route: Route,
  slice: Slice,
): Promise<FirstPage | Refusal> {
  const { pageSize, filters } = engine.settings
  const memory = memories.of(route)
  const wanted = memory.sizeFor(pageSizeFor(route, pageSize))
  const { marginMs } = memory.facts()
  const common = { def, route, slice, filters, marginMs, blanks: memory.blanks, ...defined({ scan }) }
  const ask = async (size: number, isTrial: boolean) => {
    const askedAt = engine.now()
    const page = await fetchPage({ ...common, pageSize: size, isTrial }, route.paginate.first, engine)
    return { page, askedAt }
  }
  try {
    const { answer, size } = takesAnySize(route)
      ? await memory.sizes.first(wanted, ask)
      : { answer: await ask(wanted, false), size: wanted }
    const { page, askedAt } = answer
    if (isNoContainer(page)) return { route, keys: page.keys }
    return { spec: { ...common, pageSize: size }, page, askedAt }
  } catch (error) {
    if (error instanceof ConnectorError && meansAbsence(def, route, error)) return { route, error }
    throw error
  }
}

const ABSENT = [404, 405]

/** Credentials that are refused everywhere are no sign of absence, nor is what somebody else than the API says of an id. */
function meansAbsence(
  { absentStatuses = ABSENT }: StreamDef,
  route: Route,
  { status, scope, isForeign }: ConnectorError,
): boolean {
  return scope !== 'run' && absentStatuses.some(one => one === status) && !(isForeign && isById(route))
}

function announce(def: StreamDef, route: Route | 'none', { log }: Engine): void {
  if (route === 'none') log.warn(`${def.name}: this account has no such endpoint; the stream has no records.`)
  else if (route !== def.routes[0])
    log.info(`${def.name}: read from ${route.path}, since ${def.routes[0].path} is not served here.`)
  else log.debug(() => `${def.name}: ${route.path} is served.`)
}

function notServed({ def, engine }: Trying, refusals: readonly Refusal[]): ConnectorError {
  const last = refusals.at(-1)
  if (refusals.length === 1 && last !== undefined && 'error' in last) return last.error
  const why = refusals.map(refusal =>
    'keys' in refusal
      ? `${refusal.route.path} answered with the keys ${refusal.keys.join(', ') || '(none)'}`
      : `${refusal.route.path} answered ${refusal.error.status}`,
  )
  return systemError(
    `${engine.service} does not serve stream ${def.name} in a way that is known: ${why.join('; ')}.`,
  )
}
