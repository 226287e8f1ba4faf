import { Console } from 'node:console'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runConnector, type Tally } from './demo/connector.ts'
import { startWorld } from './demo/world.ts'

/** Shows the connector at work on a simulated Babelforce: spec, check, discover, a full read, and a second read after
 *  new calls arrived. Everything is real but the API behind it. */
const screen = new Console(process.stdout)
const heading = (text: string) => process.stdout.write(`\n\u001b[1m${text}\u001b[0m\n`)

await import('./build.ts')
const folder = await mkdtemp(join(tmpdir(), 'babelforce-demo-'))
const world = await startWorld(['--calls', '5000', '--agents', '120', '--lists', '6', '--leads', '800'])
try {
  await tour()
} finally {
  await world.stop()
  await rm(folder, { recursive: true, force: true })
}

async function tour(): Promise<void> {
  const credentials = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }
  const config = await file('config.json', { base_url: world.url, credentials })

  heading('spec: what the config looks like')
  const spec = await runConnector(['spec'])
  screen.log(`fields: ${Object.keys(spec.last.spec.connectionSpecification.properties).join(', ')}`)

  heading('check: does it work?')
  const check = await runConnector(['check', '--config', config])
  screen.log(check.last.connectionStatus.status)

  heading('discover: what is there to read?')
  const { streams } = (await runConnector(['discover', '--config', config])).last.catalog
  screen.log(`${streams.length} streams`)

  heading('read: everything')
  const catalog = await file('catalog.json', { streams: streams.map(configured) })
  const read = ['read', '--config', config, '--catalog', catalog]
  const first = await runConnector(read)
  show(first.tallies)
  samples(first.tallies)

  heading('read again: 250 calls happened in the meantime')
  await world.advance(250)
  const state = await file('state.json', first.states)
  const second = await runConnector([...read, '--state', state])
  show(second.tallies)
  screen.log('Streams with a cursor read the last 24 hours again and what is new; the others are read whole.')
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(content))
  return path
}

function configured(stream: { supported_sync_modes: string[] }) {
  return { stream, sync_mode: stream.supported_sync_modes.at(-1), destination_sync_mode: 'append' }
}

function show(tallies: readonly Tally[]): void {
  const rows = tallies.map(({ stream, sample, ...facts }) => [stream, facts])
  screen.table(Object.fromEntries(rows))
}

function samples(tallies: readonly Tally[]): void {
  for (const { stream, sample } of tallies.filter(tally => tally.sample !== undefined).slice(0, 3)) {
    screen.log(`${stream}, one record: ${sample?.slice(0, 400)}`)
  }
}
