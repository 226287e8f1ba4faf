import type { SharedWay } from '../runtime/program.ts'
import type { RunError, RunEvent, StreamProgress } from '../runtime/run-watch.ts'
import type { ConfigSource } from '../setup/config-source.ts'

/** What a sync into a folder is asked to do. */
export interface SyncRequest {
  readonly config: ConfigSource
  /** The folder to write to; it is created if need be. */
  readonly into: string
  /** The streams to read; by default the suggested ones that cost few requests, and those of the config's own. */
  readonly streams?: readonly string[] | undefined
  /** Whether files are compressed with gzip. */
  readonly gzip?: boolean | undefined
  /** Where to write the config when its refresh token is replaced; required for a config with one. */
  readonly saveConfig?: string | undefined
  /** Ends the sync when it is aborted: what was read until then is kept, and the next sync goes on from there. */
  readonly signal?: AbortSignal | undefined
  /** What its way to the API shares with others in this process; by default it signs in by itself. */
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
  /** Errors that concern no single stream. */
  readonly errors: readonly RunError[]
  readonly seconds: number
}

/** How one stream ended. */
export interface StreamResult extends StreamProgress {
  /** Its files in the folder that this sync has written, relative to the folder. */
  readonly files: readonly string[]
  readonly errors: readonly RunError[]
}
