import { fileURLToPath } from 'node:url'
import { readAccount } from '../../simulator/facts.ts'
import type { SimulatorOptions } from '../../simulator/options.ts'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import type { StreamDef } from '../../src/engine/stream/definition.ts'
import { STREAMS } from '../../src/streams/index.ts'
import type { Printed } from './program.ts'
import { configFor, idsOf } from './sync.ts'

/** The accounts in which every stream is tried: each is a survey in integration_tests/facts. `live` is what live accounts are
 *  reported to be like: counts and pages are left out, and legs do not name their queue. */
export const WORLDS = ['documented', 'seed', 'live'] as const
export type World = (typeof WORLDS)[number]

const DAY_MS = 86_400_000

/** Every stream that the connector can offer; ONLY in the environment narrows it down to some, by name. */
export const OFFERED: readonly StreamDef[] = STREAMS.filter(def => def.hidden !== true && isWanted(def.name))

/** A small account, in which there is some of everything. */
const SMALL: SimulatorOptions = { calls: 160, agents: 12, lists: 4, leads: 120, days: 6, age: 9 }

/** The config of the suite: the account's own credentials, a little more time than the world has, every switch on. */
export function suiteConfig(simulator: Pick<Simulator, 'url'>, more: object = {}): object {
  return configFor(simulator, {
    start_date: new Date(Date.now() - 10 * DAY_MS).toISOString(),
    credentials: {
      auth_type: 'client_credentials',
      client_id: 'demo-client',
      client_secret: 'demo-secret',
    },
    agent_sync: { enabled: true, path: '/api/v2/env-sync/agents' },
    ...more,
  })
}

/** The streams that this world serves, each with the keys of all its records there. */
export async function servedStreams(
  simulator: Pick<Simulator, 'url'>,
): Promise<Map<string, readonly string[]>> {
  const served = new Map<string, readonly string[]>()
  for (const { name, onlyIf } of OFFERED) {
    if (onlyIf !== undefined) continue
    const response = await fetch(`${simulator.url}/__world/${name}/ids`)
    if (response.ok) served.set(name, await idsOf(simulator, name))
  }
  return served
}

/** Whether a stream is read with an agent's credentials. */
export function isAgents(def: StreamDef): boolean {
  return def.routes[0].path.startsWith('/api/v2/agent/')
}

/** Starts a small account, with more faults than it has where a test brings some. */
export function startSmall(name: World, { faults = '', ...more }: SimulatorOptions = {}): Promise<Simulator> {
  const account = readAccount(fileURLToPath(new URL(`../facts/${name}.json`, import.meta.url)))
  const both = [account.faults, faults].filter(list => list !== '').join(',')
  return startSimulator({ ...SMALL, ...more, world: account.world, faults: both })
}

/** Fields that the connector adds to a key: the world does not know them. */
const ADDED = ['queried_at', 'window_start', 'window_end']

/** What a record without a key of its own is known by in the world. */
const NATURAL: Readonly<Record<string, readonly string[]>> = {
  agent_logs: ['agent_id', 'date', 'type'],
  tags: ['name'],
}

/** A record's key as the world has it. */
export function worldKey(def: StreamDef, record: Printed): string {
  const parts = NATURAL[def.name] ?? def.primaryKey.filter(part => !isAdded(def, part))
  return parts.map(part => String(record[part])).join('|')
}

function isAdded(def: StreamDef, part: string): boolean {
  return ADDED.includes(part) || (part === 'scope' && def.splitBy !== undefined)
}

/** Streams of which the world lists more than a sync may give: points of a day that is not over. */
export function isOver(def: StreamDef, key: string): boolean {
  return (
    def.name !== 'task_usage' ||
    Date.parse(key.split('|')[2] ?? '') <= Math.floor(Date.now() / DAY_MS) * DAY_MS
  )
}

function isWanted(name: string): boolean {
  const only = process.env['ONLY']
  return only === undefined || only.split(',').includes(name)
}
