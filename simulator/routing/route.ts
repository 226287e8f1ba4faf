import type { Dialect, Slice } from '../dialects/dialect.ts'
import type { WorldName } from '../dialects/worlds.ts'
import type { Request, RouteFacts } from '../request.ts'
import type { Response } from '../response.ts'
import type { Rows } from '../world/ground/rows.ts'
import type { Register, World } from '../world/view.ts'

/** What a route answers from. `bend` is where faults may change a list before it is cut and wrapped. */
export interface Scene {
  readonly request: Request
  readonly world: World
  readonly distort: {
    readonly rows: (rows: Rows) => Rows
    readonly slice: (slice: Slice) => Slice
  }
  /** Counts a synchronization of agents, and tells its number, from 1. */
  readonly synced: () => number
}

/** One path of one world. */
export interface Route extends RouteFacts {
  readonly world: WorldName
  readonly method: 'GET' | 'POST'
  readonly respond: (scene: Scene) => Response
  /** Every record of its stream, over all parents, for /__world, and the fields of their keys. */
  readonly everything?: (world: World) => Rows
  readonly key: readonly string[]
  /** How many records its stream has and how each is made, where they are simply numbered. */
  readonly register?: Register
  /** How its list is paged and wrapped, where it serves one. */
  readonly dialect?: Dialect
  /** The stream whose every record has a list of its own here. */
  readonly parent?: string
  /** Whether it serves one record, wrapped as its world wraps one. */
  readonly single?: true
  /** The vendor's schema of its records in strict/; without one they are not checked against the documents. */
  readonly schema?: string
}
