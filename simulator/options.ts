import type { WorldName } from './dialects/worlds.ts'
import type { Request } from './request.ts'
import type { Response } from './response.ts'
import type { Clock } from './world/view.ts'

/** Everything a simulator can be told. */
export interface Options {
  /** 0 picks any free port. */
  readonly port: number
  readonly seed: number
  readonly world: WorldName
  /** Rows of the call report. */
  readonly calls: number
  readonly agents: number
  readonly queues: number
  readonly lists: number
  /** Leads in each outbound list except the first (none) and the second (one). */
  readonly leads: number
  readonly days: number
  /** How many days old the account is: nothing in it is older. */
  readonly age: number
  /** How many calls begin at each moment. */
  readonly together: number
  readonly now: Clock
  readonly latencyMs: number
  readonly tokenSeconds: number
  readonly live: number
  /** How many records a page holds at most, which it says; 0 for the API's own cap. */
  readonly pageCap: number
  readonly faults: string
  readonly prerendered: boolean
  /** Told of each request to the API with the response that it gets. */
  readonly watch: (request: Request, response: Response) => void
}

/** Options, any of which may be left out. */
export type SimulatorOptions = Partial<Options>

/** What applies where nothing else is given. */
export const defaults: Options = {
  port: 0,
  seed: 1,
  world: 'documented',
  calls: 1000,
  agents: 25,
  queues: 12,
  lists: 4,
  leads: 250,
  days: 30,
  age: 2000,
  together: 1,
  now: Date.now,
  latencyMs: 0,
  tokenSeconds: 43_200,
  live: 0,
  pageCap: 0,
  faults: '',
  prerendered: false,
  watch: () => undefined,
}

const MOST_CALLS = 2 ** 23

/** The options with the defaults filled in. Throws when they contradict each other. */
export function completeOptions(given: SimulatorOptions): Options {
  const options = { ...defaults, ...given }
  if (options.prerendered && options.live > 0) {
    throw new Error(
      'live and prerendered exclude each other: prerendered pages never change. Drop one of them.',
    )
  }
  if (options.together < 1) throw new Error(`together must be at least 1; it is ${options.together}.`)
  if (options.calls >= MOST_CALLS)
    throw new Error(`calls must be below ${MOST_CALLS}; it is ${options.calls}.`)
  return options
}
