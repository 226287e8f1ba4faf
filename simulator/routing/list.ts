import { type Dialect, isRefusal, pageResponse } from '../dialects/dialect.ts'
import { bareItems, byMax } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import type { WorldName } from '../dialects/worlds.ts'
import { type JsonObject, objectIn, type Response, refuse, withJson } from '../response.ts'
import { type Rows, rowsWhere } from '../world/ground/rows.ts'
import { registerRows } from '../world/lookups.ts'
import type { Register, World } from '../world/view.ts'
import { type Filters, passesAll } from './filters.ts'
import type { Route, Scene } from './route.ts'

/** What a list is, wherever it is served: one fact per line. */
interface Facts {
  readonly stream: string
  /** The vendor's schema of its records: a file of strict/. */
  readonly schema?: string
  /** The fields of a record's key: its id unless said otherwise. */
  readonly key?: readonly string[]
  /** Parameters the server filters by, and those that `rows` reads by itself. */
  readonly filters?: Filters
  readonly parameters?: readonly string[]
  /** What a request sees, where that is not everything; undefined when a parent in the path does not exist. */
  readonly rows?: (scene: Scene) => Rows | undefined
  /** What else the envelope holds; for lists that are never prerendered. */
  readonly beside?: (scene: Scene) => JsonObject
}

type Everything = (world: World) => Rows

/** Where the records come from: they are numbered and made one by one, or a function finds them all. */
type Source =
  | (Register & { readonly everything?: Everything })
  | { readonly everything: Everything; readonly size?: never; readonly make?: never }

/** Where one world serves a list, and in which dialect. */
interface Endpoint {
  readonly path: string
  readonly dialect: Dialect
}

/** A list, with where each world serves it. */
export type ListEntry = Facts & Source & { readonly documented?: Endpoint; readonly seed?: Endpoint }

/** The routes of a list: one for each world that has it. */
export function list(entry: ListEntry): readonly Route[] {
  const endpoints = [
    ['documented', entry.documented],
    ['seed', entry.seed],
  ] as const
  return endpoints.flatMap(([world, endpoint]) => (endpoint ? [listRoute(entry, world, endpoint)] : []))
}

/** A list with the path it has in the documented world. */
type PathEntry = Facts & Source & { readonly path: string }

/** A list that only the documented world has, served page by page. */
export function paged({ path, ...entry }: PathEntry): readonly Route[] {
  return list({ ...entry, documented: { path, dialect: byMax } })
}

/** A list that only the documented world has, served in one response that does not mention pages. */
export function whole({ path, ...entry }: PathEntry): readonly Route[] {
  return list({ ...entry, documented: { path, dialect: bareItems } })
}

/** A list that both worlds have at one path, page by page; the seed's wraps it in `container`. */
export function inBoth({
  path,
  container,
  ...entry
}: PathEntry & { readonly container: string }): readonly Route[] {
  return list({
    ...entry,
    documented: { path, dialect: byMax },
    seed: { path, dialect: byPageSize(container) },
  })
}

function listRoute(entry: ListEntry, world: WorldName, { path, dialect }: Endpoint): Route {
  const { stream, schema, key = ['id'], filters = {}, parameters = [] } = entry
  const everything = entry.everything ?? (world => registerRows(world, stream))
  const rowsFor = entry.rows ?? (scene => everything(scene.world))
  return {
    world,
    method: 'GET',
    path,
    stream,
    everything,
    key,
    dialect,
    ...(schema === undefined ? {} : { schema }),
    ...(entry.make ? { register: { size: entry.size, make: entry.make } } : {}),
    parameters: [...dialect.parameters, ...parameters, ...Object.keys(filters)],
    respond: scene => {
      const unfiltered = () => everything(scene.world).count
      return beside(entry, scene, listResponse(rowsFor(scene), { filters, dialect, unfiltered }, scene))
    },
  }
}

function beside(entry: Facts, scene: Scene, response: Response): Response {
  if (!entry.beside || response.status !== 200) return response
  return withJson(response, { ...entry.beside(scene), ...objectIn(response) })
}

interface Serving {
  readonly filters: Filters
  readonly dialect: Dialect
  readonly unfiltered: () => number
}

function listResponse(
  rows: Rows | undefined,
  { filters, dialect, unfiltered }: Serving,
  { request, world, distort }: Scene,
): Response {
  if (!rows) return refuse(404)
  const passes = passesAll(filters, request.query)
  const distorted = distort.rows(passes ? rowsWhere(rows, passes) : rows)
  const slice = dialect.slice(request.query, distorted.count)
  if (isRefusal(slice)) return slice
  const total = (served: number) => distort.total(distorted.count, { served, unfiltered, now: world.now() })
  return (
    distort.refusal(slice) ?? pageResponse(dialect, distorted, { slice, from: distort.slice(slice), total })
  )
}
