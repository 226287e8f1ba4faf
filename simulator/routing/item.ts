import type { WorldName } from '../dialects/worlds.ts'
import { json, type Response, refuse } from '../response.ts'
import type { Row, Rows } from '../world/ground/rows.ts'
import type { World } from '../world/view.ts'
import type { Route, Scene } from './route.ts'

/** A single object, one fact per line. */
interface ItemEntry {
  readonly stream: string
  readonly path: string
  /** The object a request asks for; undefined when it does not exist. */
  readonly find: (scene: Scene) => Row | undefined
  readonly everything: (world: World) => Rows
  readonly key?: readonly string[]
  /** The vendor's schema of the object: a file of strict/. */
  readonly schema?: string
}

/** The routes of a single object in both worlds: {item, success} in the documented one, bare in the seed's. */
export function one({ find, ...entry }: ItemEntry): readonly Route[] {
  return (['documented', 'seed'] as const).map(world => ({
    ...routeOf(entry, world),
    single: true,
    respond: scene =>
      found(find(scene), row => (world === 'documented' ? { item: row, success: true } : row)),
  }))
}

/** The route of a single object that only the documented world has, without an envelope, as in /api/v3. */
export function bare({ find, ...entry }: ItemEntry): Route {
  return { ...routeOf(entry, 'documented'), respond: scene => found(find(scene), row => row) }
}

function routeOf({ key = ['id'], ...entry }: Omit<ItemEntry, 'find'>, world: WorldName) {
  return { ...entry, world, key, method: 'GET', parameters: [] } as const
}

function found(row: Row | undefined, wrap: (row: Row) => Row): Response {
  return row ? json(wrap(row)) : refuse(404)
}
