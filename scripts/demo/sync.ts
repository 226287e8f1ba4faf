import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** Where the demo's data goes. */
export const FOLDER = 'demo-data'

const PROGRAM = fileURLToPath(new URL('../../bin/source-babelforce.mjs', import.meta.url))

/** A sync to run. */
export interface Sync {
  /** Undefined: the default ones. */
  readonly streams: readonly string[] | undefined
  readonly signal: AbortSignal
}

/** What a sync came to, by the manifest that it wrote. */
export interface Ended {
  readonly seconds: number
  readonly streams: Readonly<Record<string, LastSync>>
}

interface LastSync {
  readonly records: number
  readonly requests: number
}

/** Makes a new folder with a config for this simulator in it; what an earlier demo left there goes. Throws if the folder
 *  holds anything else. */
export async function emptyFolder(url: string): Promise<void> {
  const config = `${FOLDER}/config.json`
  await mkdir(FOLDER).catch(async cause => {
    const before = await readFile(config, 'utf8').catch(() => '')
    if (!before.includes('demo@example.com'))
      throw new Error(`${FOLDER} is there already, and not from a demo. Move it elsewhere.`, { cause })
    await rm(FOLDER, { recursive: true })
    await mkdir(FOLDER)
  })
  const credentials = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }
  await writeFile(config, `${JSON.stringify({ base_url: url, credentials }, undefined, 2)}\n`)
}

/** The command line of a sync, after the program's name. */
export function commandLine({ streams }: Sync): readonly string[] {
  const selection = streams === undefined ? [] : ['--streams', streams.join(',')]
  return ['sync', '--config', `${FOLDER}/config.json`, ...selection, '--into', FOLDER]
}

/** Runs a sync as a process of its own. Rejects with what it said when it fails or is stopped, once it has ended. */
export async function runSync(sync: Sync): Promise<Ended> {
  const { signal } = sync
  signal.throwIfAborted()
  const startedAt = performance.now()
  const child = spawn(process.execPath, [PROGRAM, ...commandLine(sync)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const stop = () => child.kill()
  signal.addEventListener('abort', stop, { once: true })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  signal.removeEventListener('abort', stop)
  signal.throwIfAborted()
  if (code !== 0) throw new Error(`The sync ended with exit code ${code}: ${said}`)
  const manifest = JSON.parse(await readFile(`${FOLDER}/manifest.json`, 'utf8'))
  const ended = Object.entries<{ readonly last_sync: LastSync }>(manifest.streams)
  return {
    seconds: (performance.now() - startedAt) / 1000,
    streams: Object.fromEntries(ended.map(([name, { last_sync }]) => [name, last_sync])),
  }
}
