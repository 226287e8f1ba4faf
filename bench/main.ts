import { Console } from 'node:console'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startWorld } from '../scripts/demo/world.ts'
import { type Cost, measure, median } from './measure.ts'
import { parseOptions } from './options.ts'
import { type Contestant, type Row, rowsOf } from './results.ts'

/** Measures start-up and reading, interleaved, and shows medians and ratios to the floor. */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const MAIN = here('../dist/main.mjs')
const NODE = process.execPath
const screen = new Console(process.stderr)
const PAGE = 100
const TWENTY = [
  ...[
    'agents',
    'agent_groups',
    'queues',
    'users',
    'applications',
    'triggers',
    'prompts',
    'numbers',
    'tags',
    'phonebook',
  ],
  ...['calls', 'call_records', 'conversations', 'conversation_events', 'recordings', 'sms'],
  ...['outbound_lists', 'outbound_leads', 'all_leads', 'campaigns'],
]

const options = await parseOptions(process.argv.slice(2))
await import('../scripts/build.ts')
const folder = await mkdtemp(join(tmpdir(), 'babelforce-bench-'))
try {
  const rows = options.profile ? await profile() : await everything()
  process.stdout.write(`${JSON.stringify({ machine: machine(), runs: options.runs, rows }, undefined, 2)}\n`)
  if (options.save !== undefined) {
    await writeFile(
      options.save,
      `${JSON.stringify({ machine: machine(), runs: options.runs, rows }, undefined, 2)}\n`,
    )
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function everything(): Promise<readonly Row[]> {
  const rows = [...(await startUp())]
  for (const latency of options.latency) {
    for (const records of options.records) rows.push(...(await reading(records, latency)))
    rows.push(...(await readingMany(latency)))
  }
  screen.table(Object.fromEntries(rows.map(({ what, program, ...row }) => [`${what}: ${program}`, row])))
  return rows
}

async function startUp(): Promise<readonly Row[]> {
  const floor = { name: 'node -e 0', command: [NODE, '-e', '0'] }
  return compare('spec', [floor, { name: 'connector', command: [NODE, MAIN, 'spec'] }], options.runs * 4)
}

async function reading(records: number, latency: number): Promise<readonly Row[]> {
  const world = await worldOf(records, latency)
  try {
    const read = await readCommand(world.url)
    const pages = String(Math.ceil(world.legs / PAGE))
    const contestants = [
      { name: 'floor', command: [NODE, here('floor.ts'), world.url, pages] },
      { name: 'connector', command: [NODE, MAIN, ...read] },
      ...options.peer.map(text => peerOf(text, { url: world.url, pages, config: read[2] ?? '' })),
    ]
    return await compare(`read ${world.legs} at ${latency} ms`, contestants, options.runs)
  } finally {
    await world.stop()
  }
}

/** Twenty streams at once, of which the floor knows nothing: what the connector makes of lists, children and windows together. */
async function readingMany(latency: number): Promise<readonly Row[]> {
  const sizes = ['--calls', '10000', '--agents', '500', '--lists', '6', '--leads', '2000']
  const world = await startWorld([...sizes, '--latency-ms', String(latency)])
  try {
    const command = [NODE, MAIN, ...(await readCommand(world.url, TWENTY))]
    return await compare(`twenty streams at ${latency} ms`, [{ name: 'connector', command }], options.runs)
  } finally {
    await world.stop()
  }
}

async function profile(): Promise<readonly Row[]> {
  const [records = 100_000] = options.records
  const world = await worldOf(records, 0)
  try {
    const command = [NODE, '--cpu-prof', '--cpu-prof-dir=.', MAIN, ...(await readCommand(world.url))]
    return await compare(`profile ${world.legs}`, [{ name: 'connector', command }], 1)
  } finally {
    await world.stop()
  }
}

/** A simulated account with about so many call legs, whose pages are rendered before anyone asks. */
async function worldOf(records: number, latency: number) {
  const calls = Math.round(records / 1.63)
  const sizes = ['--calls', String(calls), '--latency-ms', String(latency), '--agents', '50']
  const world = await startWorld(['--prerendered', ...sizes])
  const response = await fetch(`${world.url}/__world/call_records/count`)
  const legs = Number(await response.json())
  return { ...world, legs }
}

async function readCommand(url: string, streams: readonly string[] = ['call_records']): Promise<string[]> {
  const credentials = { auth_type: 'access_token', access_id: 'demo-id', access_token: 'demo-token' }
  const start_date = new Date(Date.now() - 31 * 86_400_000).toISOString()
  const config = await file('config.json', { base_url: url, credentials, start_date })
  const selected = streams.map(name => ({
    stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] },
    sync_mode: name === 'call_records' ? 'incremental' : 'full_refresh',
    destination_sync_mode: 'append',
  }))
  const catalog = await file('catalog.json', { streams: selected })
  return ['read', '--config', config, '--catalog', catalog]
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(content))
  return path
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

function machine(): string {
  const node = process.version
  return `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${node}`
}
