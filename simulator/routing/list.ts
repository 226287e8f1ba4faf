import { type Answer, type JsonObject, json, objectIn, refuse, withJson } from '../answer.ts'
import { type Dialect, isRefusal, pageAnswer, type Slice } from '../dialects/dialect.ts'
import type { WorldName } from '../dialects/worlds.ts'
import type { Request, RouteFacts } from '../request.ts'
import { type Row, type Rows, rowsWhere } from '../world/ground/rows.ts'
import type { World } from '../world/view.ts'
import { type Filters, passesAll } from './filters.ts'

/** What a route answers from. `bend` is where faults may change a list before it is cut and wrapped. */
export interface Scene {
  readonly request: Request
  readonly world: World
  readonly bend: {
    readonly rows: (rows: Rows) => Rows
    readonly slice: (slice: Slice) => Slice
  }
  /** Notes a synchronization of agents, and says which one it was, from 1. */
  readonly synced: () => number
}

/** One path of one world. */
export interface Route extends RouteFacts {
  readonly world: WorldName
  readonly method: 'GET' | 'POST'
  /** Every record of its stream, for /__world, and the fields of their keys. */
  readonly everything?: (world: World) => Rows
  readonly key: readonly string[]
  readonly answer: (scene: Scene) => Answer
}

/** Where and in which dialect one world serves a list. */
interface Place {
  readonly path: string
  readonly dialect: Dialect
}

/** A list in one line a fact. `rows` is undefined where a parent in the path does not exist. */
export interface ListEntry {
  readonly stream: string
  readonly documented?: Place
  readonly seed?: Place
  readonly rows: (scene: Scene) => Rows | undefined
  /** All records of the stream, over all parents. */
  readonly everything: (world: World) => Rows
  /** Parameters by which the server filters, and those that `rows` reads by itself. */
  readonly filters?: Filters
  readonly parameters?: readonly string[]
  readonly key?: readonly string[]
  /** What the envelope holds besides; for lists that are never prerendered. */
  readonly beside?: (scene: Scene) => JsonObject
}

/** The routes of a list: one for each world that has it. */
export function list(entry: ListEntry): readonly Route[] {
  const places = [
    ['documented', entry.documented],
    ['seed', entry.seed],
  ] as const
  return places.flatMap(([world, place]) => (place ? [listRoute(entry, world, place)] : []))
}

/** A single object in one line a fact. Both worlds have it unless `worlds` says otherwise. */
export interface OneEntry {
  readonly stream: string
  readonly path: string
  readonly find: (scene: Scene) => Row | undefined
  readonly everything: (world: World) => Rows
  readonly worlds?: readonly WorldName[]
  readonly key?: readonly string[]
}

/** The routes of a single object: {item, success} in the documented world, bare in the seed's. */
export function one(entry: OneEntry): readonly Route[] {
  const { find, worlds = ['documented', 'seed'], key = ['id'], ...rest } = entry
  return worlds.map(world => ({
    ...rest,
    world,
    key,
    method: 'GET',
    parameters: [],
    answer: scene => oneAnswer(find(scene), world),
  }))
}

function listRoute(entry: ListEntry, world: WorldName, { path, dialect }: Place): Route {
  const { stream, everything, filters = {}, parameters = [], key = ['id'], beside } = entry
  return {
    world,
    method: 'GET',
    path,
    stream,
    everything,
    key,
    parameters: [...dialect.parameters, ...parameters, ...Object.keys(filters)],
    answer: scene => {
      const answer = listAnswer(entry.rows(scene), filters, dialect, scene)
      return beside && answer.status === 200
        ? withJson(answer, { ...beside(scene), ...objectIn(answer) })
        : answer
    },
  }
}

function listAnswer(
  rows: Rows | undefined,
  filters: Filters,
  dialect: Dialect,
  { request, bend }: Scene,
): Answer {
  if (!rows) return refuse(404)
  const passes = passesAll(filters, request.query)
  const bent = bend.rows(passes ? rowsWhere(rows, passes) : rows)
  const slice = dialect.slice(request.query, bent.count)
  return isRefusal(slice) ? slice : pageAnswer(dialect, bent, slice, bend.slice(slice))
}

function oneAnswer(row: Row | undefined, world: WorldName): Answer {
  if (!row) return refuse(404)
  return json(world === 'documented' ? { item: row, success: true } : row)
}
