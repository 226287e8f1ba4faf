import { fileURLToPath } from 'node:url'
import { startWorld } from '../scripts/demo/world.ts'
import { type Cost, measure, median } from './measure.ts'
import type { BenchOptions } from './options.ts'
import { type Contestant, type Row, rowsOf } from './results.ts'
import type { Setup } from './setup.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const MAIN = here('../dist/main.mjs')
const NODE = process.execPath
const PAGE = 100
const TWENTY = [
  ...['agents', 'agent_groups', 'queues', 'users', 'applications', 'triggers', 'prompts', 'numbers', 'tags'],
  ...['phonebook', 'calls', 'call_records', 'conversations', 'conversation_events', 'recordings', 'sms'],
  ...['outbound_lists', 'outbound_leads', 'all_leads', 'campaigns'],
]
/** Within this time an agent's log has about one entry. */
const [FROM, TO] = ['2026-05-06T12:00:00Z', '2026-05-06T12:24:59Z']

/** What is measured, each part in a world of its own. */
export interface Contests {
  startUp(): Promise<readonly Row[]>
  /** Call records, page by page. */
  reading(records: number, latency: number): Promise<readonly Row[]>
  /** Twenty streams at once, of which the floor knows nothing: lists, children and windows together. */
  readingMany(latency: number): Promise<readonly Row[]>
  /** A stream with so many parents, each asked for by a request of its own, with about one child each. */
  readingParents(parents: number, latency: number): Promise<readonly Row[]>
  /** Reads once, and leaves a CPU profile in the current folder. */
  profile(records: number): Promise<readonly Row[]>
}

/** The contests, with so many runs each and the peers that the options name. */
export function createContests(setup: Setup, { runs, peer }: BenchOptions): Contests {
  const connector = (args: readonly string[]) => ({ name: 'connector', command: [NODE, MAIN, ...args] })
  return {
    startUp() {
      const floor = { name: 'node -e 0', command: [NODE, '-e', '0'] }
      return compare('spec', [floor, connector(['spec'])], runs * 4)
    },
    async reading(records, latency) {
      await using world = await callsOf(records, latency)
      const read = await setup.read(world.url, ['call_records'])
      const pages = String(Math.ceil(world.legs / PAGE))
      const floor = { name: 'floor', command: [NODE, here('floor.ts'), world.url, pages] }
      const [, , config = '', , catalog = ''] = read
      const peers = peer.map(text => peerOf(text, { url: world.url, pages, config, catalog }))
      return await compare(`read ${world.legs} at ${latency} ms`, [floor, connector(read), ...peers], runs)
    },
    async readingMany(latency) {
      const sizes = ['--calls', '10000', '--agents', '500', '--lists', '6', '--leads', '2000']
      await using world = await open([...sizes, '--latency-ms', String(latency)])
      const contestants = [connector(await setup.read(world.url, TWENTY))]
      return await compare(`twenty streams at ${latency} ms`, contestants, runs)
    },
    async readingParents(parents, latency) {
      const sizes = ['--calls', '10', '--agents', String(parents), '--latency-ms', String(latency)]
      await using world = await open([...sizes, '--now', '2026-05-06T13:00:00Z'])
      const read = await setup.read(world.url, ['agent_logs'], { start_date: FROM, end_date: TO })
      const times = [FROM, TO].map(time => String(Date.parse(time) / 1000))
      const floor = [NODE, here('floor-parents.ts'), world.url, String(parents), ...times]
      return await compare(
        `${parents} parents at ${latency} ms`,
        [{ name: 'floor', command: floor }, connector(read)],
        runs,
      )
    },
    async profile(records) {
      await using world = await callsOf(records, 0)
      const command = [
        NODE,
        '--cpu-prof',
        '--cpu-prof-dir=.',
        MAIN,
        ...(await setup.read(world.url, ['call_records'])),
      ]
      return await compare(`profile ${world.legs}`, [{ name: 'connector', command }], 1)
    },
  }
}

/** A world that ends with the block that uses it. */
async function open(options: readonly string[]) {
  const world = await startWorld(options)
  return { url: world.url, [Symbol.asyncDispose]: () => world.stop() }
}

/** A simulated account with about so many call legs, whose pages are rendered before anyone asks. */
async function callsOf(records: number, latency: number) {
  const calls = Math.round(records / 1.63)
  const sizes = ['--calls', String(calls), '--latency-ms', String(latency), '--agents', '50']
  const world = await open(['--prerendered', ...sizes])
  const response = await fetch(`${world.url}/__world/call_records/count`)
  return { ...world, legs: Number(await response.json()) }
}

function peerOf(text: string, values: Readonly<Record<string, string>>): Contestant {
  const [name = '', command = ''] = text.split(/=(.*)/s)
  const filled = command.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
  return { name, command: filled.split(' ') }
}

/** Runs the contestants in turn, so that a machine that slows down slows all of them. */
async function compare(
  what: string,
  contestants: readonly Contestant[],
  runs: number,
): Promise<readonly Row[]> {
  const costs = new Map<string, Cost[]>()
  for (let run = 0; run <= runs; run++) {
    for (const { name, command } of contestants) {
      const cost = await measure(command)
      if (run > 0) costs.set(name, [...(costs.get(name) ?? []), cost])
    }
    process.stderr.write(`${what}: ${run === 0 ? 'warm' : `run ${run} of ${runs}`}\n`)
  }
  return rowsOf(what, contestants, costs, median)
}
