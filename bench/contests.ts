import { fileURLToPath } from 'node:url'
import { startWorld } from '../scripts/demo/world.ts'
import { type Cost, measure, median } from './measure.ts'
import type { BenchOptions } from './options.ts'
import { type Contestant, type Row, rowsOf } from './results.ts'
import type { Setup } from './setup.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const MAIN = here('../dist/main.mjs')
const NODE = process.execPath
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
  /** Call records, page by page, of an API that gives so many a page. */
  reading(records: number, latency: number, cap: number): Promise<readonly Row[]>
  /** The same once more, when there is nothing new: what the lookback costs. */
  readingAgain(records: number, latency: number, cap: number): Promise<readonly Row[]>
  /** Twenty streams at once, of which the floor knows nothing: lists, children and windows together. */
  readingMany(latency: number, cap: number): Promise<readonly Row[]>
  /** A stream with so many parents, each asked for by a request of its own, with about one child each. */
  readingParents(parents: number, latency: number): Promise<readonly Row[]>
  /** Reads once, and leaves a CPU profile in the current folder. */
  profile(records: number): Promise<readonly Row[]>
}

/** The contests, with so many runs each and the peers that the options name. */
export function createContests(setup: Setup, options: BenchOptions): Contests {
  return { ...startAndProfile(setup, options), ...listsOf(setup, options), ...parentsOf(setup, options) }
}

function connector(args: readonly string[]): Contestant {
  return { name: 'connector', command: [NODE, MAIN, ...args] }
}

function startAndProfile(setup: Setup, { runs }: BenchOptions): Pick<Contests, 'startUp' | 'profile'> {
  return {
    startUp() {
      const floor = { name: 'node -e 0', command: [NODE, '-e', '0'] }
      return compare('spec', [floor, connector(['spec'])], runs * 4)
    },
    async profile(records) {
      await using world = await callsOf(records, 0, 500)
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

function listsOf(
  setup: Setup,
  { runs, peer }: BenchOptions,
): Pick<Contests, 'reading' | 'readingAgain' | 'readingMany'> {
  return {
    async reading(records, latency, cap) {
      await using world = await callsOf(records, latency, cap)
      const read = await setup.read(world.url, ['call_records'])
      const pages = String(Math.ceil(world.legs / cap))
      const floor = { name: 'floor', command: [NODE, here('floor.ts'), world.url, pages, String(cap)] }
      const values = { ...(await setup.peer(world.url, cap)), url: world.url, pages, size: String(cap) }
      const peers = peer.map(text => peerOf(text, values))
      const what = `read ${world.legs} at ${latency} ms, ${cap} a page`
      return await compare(what, [floor, connector(read), ...peers], runs)
    },
    async readingAgain(records, latency, cap) {
      await using world = await callsOf(records, latency, cap)
      const read = await setup.read(world.url, ['call_records'])
      const state = await setup.stateAfter([NODE, MAIN, ...read])
      const again = connector([...read, '--state', state])
      return await compare(`read ${world.legs} again at ${latency} ms, ${cap} a page`, [again], runs)
    },
    async readingMany(latency, cap) {
      const sizes = ['--calls', '10000', '--agents', '500', '--lists', '6', '--leads', '2000']
      await using world = await open([...sizes, ...pacing(latency, cap)])
      const contestants = [connector(await setup.read(world.url, TWENTY))]
      return await compare(`twenty streams at ${latency} ms, ${cap} a page`, contestants, runs)
    },
  }
}

function parentsOf(setup: Setup, { runs }: BenchOptions): Pick<Contests, 'readingParents'> {
  return {
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
  }
}

/** A world that ends with the block that uses it. */
async function open(options: readonly string[]) {
  const world = await startWorld(options)
  return { url: world.url, [Symbol.asyncDispose]: () => world.stop() }
}

/** A simulated account with about so many call legs, whose pages are rendered before anyone asks. */
async function callsOf(records: number, latency: number, cap: number) {
  const calls = Math.round(records / 1.63)
  const sizes = ['--calls', String(calls), '--agents', '50']
  const world = await open(['--prerendered', ...sizes, ...pacing(latency, cap)])
  const response = await fetch(`${world.url}/__world/call_records/count`)
  return { ...world, legs: Number(await response.json()) }
}

function pacing(latency: number, cap: number): readonly string[] {
  return ['--latency-ms', String(latency), '--page-cap', String(cap)]
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
