import type { CountedList, Slice } from '../dialects/dialect.ts'
import type { Request } from '../request.ts'
import type { Response } from '../response.ts'
import type { Rows } from '../world/ground/rows.ts'
import type { World } from '../world/view.ts'

/** A way in which the API misbehaves: any of these hooks, with a memory of its own. */
export interface Fault {
  /** Responds in place of the route, or changes the world before it does. */
  readonly intercept?: (request: Request, world: World) => Response | undefined
  /** Changes the query before the route sees it. */
  readonly query?: (query: URLSearchParams, request: Request, world: World) => URLSearchParams
  /** Changes the values of the path's placeholders before the route sees them. */
  readonly params?: (params: Request['params']) => Request['params']
  /** Changes what of the world the route sees, such as its time. */
  readonly world?: (world: World) => World
  /** Changes a list before it is cut into pages. */
  readonly rows?: (rows: Rows, request: Request, world: World) => Rows
  /** Refuses a page of a list. */
  readonly refusal?: (slice: Slice, request: Request) => Response | undefined
  /** Changes where a page's rows are taken from; the envelope stays that of the requested page. */
  readonly slice?: (slice: Slice, request: Request) => Slice
  /** Changes how many records a list says it has. */
  readonly total?: (total: number, list: CountedList, request: Request) => number
  /** Changes the response. */
  readonly after?: (response: Response, request: Request, now: number) => Response
}

/** A fault in the table: its name as users write it, a line about it, and how to make it. */
export interface FaultRow {
  /** The name with its argument, such as `every-429:N`. */
  readonly says: string
  /** What it does, for --help. */
  readonly does: string
  /** The beginnings of the paths it applies to, unless `@/path` says otherwise. */
  readonly where?: readonly string[]
  readonly make: (argument: string) => Fault
}

/** A fault that applies to some paths only. */
export interface PlacedFault extends Fault {
  readonly where: readonly string[]
}

/** A function that returns true on every nth call; false on the first n - 1. */
export function everyNth(argument: string): () => boolean {
  const n = wholeIn(argument, 1)
  if (n < 1) throw new Error(`A fault's N must be at least 1; it is ${n}.`)
  let calls = 0
  return () => ++calls % n === 0
}

/** A function that returns true on the first n calls. */
export function firstOnes(n: number): () => boolean {
  let calls = 0
  return () => calls++ < n
}

/** The whole number in a fault's argument; the fallback when it is empty. Throws on anything else. */
export function wholeIn(argument: string, fallback: number): number {
  const number = argument === '' ? fallback : Number(argument)
  if (!Number.isInteger(number))
    throw new Error(`A fault's argument must be a whole number; it is "${argument}".`)
  return number
}
