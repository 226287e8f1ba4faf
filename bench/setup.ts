import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Where the files of a benchmark are kept. */
export interface Setup extends AsyncDisposable {
  /** The arguments that read these streams of the world at `url`; `more` goes into the config. */
  read(url: string, streams: readonly string[], more?: object): Promise<readonly string[]>
  /** What peers that read call records may be given: a config and a catalog, and configs that name a page size, 100 or the
   *  largest that the world gives. */
  peer(url: string, cap: number): Promise<Readonly<Record<string, string>>>
  /** Reads once with a command, and gives the path of the state that it ends with. */
  stateAfter(command: readonly string[]): Promise<string>
}

const DAY_MS = 86_400_000
const INCREMENTAL = ['call_records', 'agent_logs']
const MOST_OUTPUT = 2 ** 30

/** A folder for config and catalog. Gone when disposed of. */
export async function createSetup(): Promise<Setup> {
  const folder = await mkdtemp(join(tmpdir(), 'babelforce-bench-'))
  const file = async (name: string, content: unknown) => {
    const path = join(folder, `${name}.json`)
    await writeFile(path, JSON.stringify(content))
    return path
  }
  const catalogFor = (streams: readonly string[]) => file('catalog', { streams: streams.map(selected) })
  return {
    async read(url, streams, more = {}) {
      const config = await file('config', { ...configFor(url), ...more })
      return ['read', '--config', config, '--catalog', await catalogFor(streams)]
    },
    async peer(url, cap) {
      return {
        config: await file('config', configFor(url)),
        config_100: await file('config-100', { ...configFor(url), page_size: 100 }),
        config_cap: await file('config-cap', { ...configFor(url), page_size: cap }),
        catalog: await catalogFor(['call_records']),
      }
    },
    async stateAfter([program = '', ...args]) {
      const { stdout } = await promisify(execFile)(program, args, { maxBuffer: MOST_OUTPUT })
      return file('state', [JSON.parse(lastLine(stdout, '{"type":"STATE"')).state])
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

function configFor(base_url: string) {
  const credentials = { auth_type: 'access_token', access_id: 'demo-id', access_token: 'demo-token' }
  return { base_url, credentials, start_date: new Date(Date.now() - 31 * DAY_MS).toISOString() }
}

function lastLine(text: string, start: string): string {
  const from = text.lastIndexOf(start)
  if (from < 0) throw new Error(`The first reading gave no line that starts with ${start}.`)
  return text.slice(from, text.indexOf('\n', from))
}

function selected(name: string) {
  return {
    stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] },
    sync_mode: INCREMENTAL.includes(name) ? 'incremental' : 'full_refresh',
    destination_sync_mode: 'append',
  }
}
