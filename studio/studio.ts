import { migrateConfig } from '../src/config/migrate.ts'
import type { JsonObject } from '../src/json.ts'
import { readConfigFile } from './config/config-file.ts'
import { createApi } from './run/api.ts'
import { createBench } from './run/bench.ts'
import { buildPage } from './server/page-files.ts'
import { startServer } from './server/server.ts'
import { createSessions } from './server/sessions.ts'

/** How a studio is started. */
export interface StudioOptions {
  /** The config to begin with, instead of the file's. */
  readonly config?: JsonObject
  readonly file?: string | undefined
  readonly folder?: string | undefined
  readonly isDemo?: boolean
  readonly port?: number
}

/** A studio that runs. */
export interface Studio extends AsyncDisposable {
  readonly origin: string
  /** A new address of the page, good for one visit; earlier ones are worth nothing from then on. */
  newAddress(): string
}

/** Starts a studio on this machine; ready when the promise resolves. Throws a config_error for a file that cannot be read. */
export async function startStudio(options: StudioOptions): Promise<Studio> {
  const { file, folder, isDemo = false, port = 0 } = options
  const given = options.config ?? (file === undefined ? {} : await readConfigFile(file))
  const config = migrateConfig(given) ?? given
  const stopping = new AbortController()
  const bench = createBench({ config, file, folder, isDemo }, stopping)
  const sessions = createSessions()
  const pages = await buildPage()
  const calls = createApi(bench)
  const server = await startServer({ sessions, pages, calls, mask: bench.program.mask }, port)
  return {
    origin: server.origin,
    newAddress: () => `${server.origin}/#${sessions.newToken()}`,
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await server[Symbol.asyncDispose]()
    },
  }
}
