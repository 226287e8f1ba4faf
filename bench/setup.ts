import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the files of a benchmark are kept. */
export interface Setup extends AsyncDisposable {
  /** The arguments that read these streams of the world at `url`; `more` goes into the config. */
  read(url: string, streams: readonly string[], more?: object): Promise<readonly string[]>
}

const DAY_MS = 86_400_000
const INCREMENTAL = ['call_records', 'agent_logs']

/** A folder for config and catalog. Gone when disposed of. */
export async function createSetup(): Promise<Setup> {
  const folder = await mkdtemp(join(tmpdir(), 'babelforce-bench-'))
  const file = async (name: string, content: unknown) => {
    const path = join(folder, name)
    await writeFile(path, JSON.stringify(content))
    return path
  }
  return {
    async read(url, streams, more = {}) {
      const credentials = { auth_type: 'access_token', access_id: 'demo-id', access_token: 'demo-token' }
      const start_date = new Date(Date.now() - 31 * DAY_MS).toISOString()
      const config = await file('config.json', { base_url: url, credentials, start_date, ...more })
      const catalog = await file('catalog.json', { streams: streams.map(selected) })
      return ['read', '--config', config, '--catalog', catalog]
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

function selected(name: string) {
  return {
    stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] },
    sync_mode: INCREMENTAL.includes(name) ? 'incremental' : 'full_refresh',
    destination_sync_mode: 'append',
  }
}
