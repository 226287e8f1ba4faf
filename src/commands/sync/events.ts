import type { SharedWay } from '../runtime/program.ts'
import type { RunError, RunEvent, StreamProgress } from '../runtime/run-watch.ts'
import type { ConfigSource } from '../setup/config-source.ts'

/** What a sync into a folder is asked to do. */
export interface SyncRequest {
  readonly config: ConfigSource
  /** The folder to write to; it is created if it does not exist. */
  readonly into: string
  /** The streams to read; by default the suggested ones that take few requests, and the config's own. */
  readonly streams?: readonly string[] | undefined
  /** Whether files are compressed with gzip. */
  readonly gzip?: boolean | undefined
  /** Where to write the config when its refresh token is replaced; required for a config with one. */
  readonly saveConfig?: string | undefined
  /** Stops the sync when aborted: what was read so far is kept, and the next sync continues from there. */
  readonly signal?: AbortSignal | undefined
  /** What it shares with other runs in this process, such as a sign-in; by default it signs in by itself. */
  readonly way?: SharedWay | undefined
  /** How much is logged, as in LOG_LEVEL. */
  readonly logLevel?: string | undefined
  /** Called with what happens on the way. Texts hold no secret. Must not throw. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined
}

/** How a sync ended. */
export interface SyncResult {
  readonly into: string
  /** Whether every stream was read to its end. */
  readonly finished: boolean
  /** Whether it was stopped by the signal. */
  readonly stopped: boolean
  readonly streams: readonly StreamResult[]
  /** Errors that are not about a single stream. */
  readonly errors: readonly RunError[]
  readonly seconds: number
}

/** How one stream ended. */
export interface StreamResult extends StreamProgress {
  /** The files that this sync wrote for it, relative to the folder. */
  readonly files: readonly string[]
  readonly errors: readonly RunError[]
}
