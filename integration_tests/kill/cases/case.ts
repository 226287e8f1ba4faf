import type { Mode } from '../../harness/sync.ts'

/** An account, what is wrong with it, how it is read, and what happens meanwhile. It can be written as JSON. */
export interface Case {
  readonly world: {
    readonly world: 'documented' | 'seed'
    readonly seed: number
    readonly calls: number
    readonly agents: number
    readonly lists: number
    readonly leads: number
    readonly days: number
    readonly together: number
    /** Calls per second from the start on. */
    readonly live: number
  }
  /** When the world starts: so many minutes after a Monday. */
  readonly startsAt: number
  /** How much time passes whenever the connector looks at its clock. */
  readonly tickMs: number
  /** Whether the built program is run as a process of its own, rather than its read command in this one. */
  readonly asProgram: boolean
  readonly streams: readonly string[]
  readonly mode: Mode
  /** Faults that last. */
  readonly faults: readonly string[]
  /** Faults of some runs, from the run with this number on; they are lifted before the last sync in any case. */
  readonly passing: { readonly faults: readonly string[]; readonly from: number; readonly runs: number }
  /** The syncs, one after the other; one more follows, when everything has passed and settled. */
  readonly syncs: readonly SyncPlan[]
}

/** One sync: what happens before it, how it is configured, and how its first runs end. */
export interface SyncPlan {
  readonly waitHours: number
  /** Calls that begin just before it. */
  readonly arrivals: number
  /** Parents that are deleted before it, by stream. */
  readonly leavers: { readonly agents?: number; readonly lists?: number; readonly campaigns?: number }
  readonly settings: Settings
  /** How far the connector's clock is ahead in the first run. */
  readonly clockErrorHours: number
  /** How each of its first runs ends; the others end by themselves. */
  readonly stops: readonly Stop[]
}

/** How a run is ended from outside: after so many lines of output. */
export interface Stop {
  readonly how: 'kill' | 'term' | 'close'
  readonly after: number
}

/** The connector's config, relative to the world. */
export interface Settings {
  readonly concurrency: number
  /** As large as the API gives where it is left out. */
  readonly page_size?: number
  readonly window_days: number
  readonly lookback_hours: number
  /** Reading begins so many days before the start of the world; or with its first call. */
  readonly startDays: number | 'first call'
  /** Reading ends so many hours before the start of the world. */
  readonly endHours?: number
  /** The number of the agent, or else of the queue, that calls are limited to. */
  readonly agent?: number
  readonly queue?: number
  /** How many agents are named by their ids. */
  readonly ids?: number
  readonly metrics?: { readonly interval: 'day' | 'hour'; readonly by: 'none' | 'agent' | 'queue' }
}
