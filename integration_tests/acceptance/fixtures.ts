import { readFile } from 'node:fs/promises'
import type { Ended, Printed } from '../harness/program.ts'
import { run } from './connector.ts'

/** Streams that have no records in the world of the acceptance tests; acceptance-test-config.yml gives the reasons. */
export const EMPTY: readonly string[] = ['call_flows', 'current_agent_conference', 'sub_accounts']

/** A committed JSON file of this folder. */
export async function fixture(name: string): Promise<Printed> {
  return JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8'))
}

/** The committed config, for a simulator that listens elsewhere. */
export async function configOf({ url }: { readonly url: string }, name = 'config.json'): Promise<object> {
  return { ...(await fixture(name)), base_url: url }
}

/** What discover lists. */
export async function discover(config: object): Promise<Printed[]> {
  const { messages } = await run(['discover', '--config', 'config.json'], { 'config.json': config })
  return messages.find(one => one.type === 'CATALOG').catalog.streams
}

/** What a read is given. */
interface Sync {
  readonly config: object
  readonly streams: readonly Printed[]
  readonly mode: 'full_refresh' | 'incremental'
  readonly state?: readonly Printed[] | undefined
}

/** Reads these streams with their discovered definitions. */
export function read({ config, streams, mode, state }: Sync): Promise<Ended> {
  const configured = streams.map(stream => ({ stream, sync_mode: mode, destination_sync_mode: 'append' }))
  const files = { 'config.json': config, 'catalog.json': { streams: configured } }
  const args = ['read', '--config', 'config.json', '--catalog', 'catalog.json']
  return state === undefined
    ? run(args, files)
    : run([...args, '--state', 'state.json'], { ...files, 'state.json': state })
}
