import type { CountedList, Dialect, Slice } from '../dialects/dialect.ts'
import type { WorldName } from '../dialects/worlds.ts'
import type { Request, RouteFacts } from '../request.ts'
import type { Response } from '../response.ts'
import type { Rows } from '../world/ground/rows.ts'
import type { Register, World } from '../world/view.ts'

/** What a route responds to. `distort` is where faults change a list before it is cut into pages and wrapped. */
export interface Scene {
  readonly request: Request
  readonly world: World
  readonly distort: {
    readonly rows: (rows: Rows) => Rows
    readonly refusal: (slice: Slice) => Response | undefined
    readonly slice: (slice: Slice) => Slice
    readonly total: (total: number, list: CountedList) => number
  }
  /** Counts a synchronization of agents, and returns its number, from 1. */
  readonly synced: () => number
}

/** One path in one world. */
export interface Route extends RouteFacts {
  readonly world: WorldName
  readonly method: 'GET' | 'POST'
  readonly respond: (scene: Scene) => Response
  /** Every record of its stream, of all parents, for /__world; and the fields of its key. */
  readonly everything?: (world: World) => Rows
  readonly key: readonly string[]
  /** How many records its stream has and how each is made, where they are just numbered. */
  readonly register?: Register
  /** How its list is paged and wrapped, if it serves one. */
  readonly dialect?: Dialect
  /** The stream each of whose records has its own list here. */
  readonly parent?: string
  /** It serves a single record, wrapped as its world wraps one. */
  readonly single?: true
  /** The vendor's schema of its records, a file of strict/; without one they are not checked against the vendor's. */
  readonly schema?: string
}
