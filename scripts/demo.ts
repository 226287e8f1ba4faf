import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { startSimulator } from '../simulator/server.ts'
import { STREAMS } from '../src/streams/index.ts'
import { callsPerDay, callTable, counted } from './demo/pictures.ts'
import { readCalls } from './demo/records.ts'
import { commandLine, type Ended, emptyFolder, FOLDER, runSync, type Sync } from './demo/sync.ts'

/** Shows the connector at work on a simulated Babelforce: a first sync into ./demo-data, calls as a person would want to see
 *  them, and a second sync after new calls came in. Everything is real but the API behind it, and every number is counted. */
const CALLS = 5000
const NEW_CALLS = 250

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } })
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort(signal))
const say = (...lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`)

const simulator = await startSimulator({ calls: CALLS, agents: 120, lists: 4, leads: 200 })
try {
  await emptyFolder(simulator.url)
  await tour().catch(leaveNothing)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
} finally {
  await simulator.stop()
}
if (stopping.signal.aborted) endAsIfUnheard(stopping.signal.reason)

async function tour(): Promise<void> {
  say(`A simulated Babelforce with ${counted(CALLS, 'call')} answers at ${simulator.url}`, '')
  const options: Sync = { streams: values.all ? everyStream() : undefined, signal: stopping.signal }
  const first = await told(options)
  const calls = await readCalls(FOLDER)
  say('', `Three of ${counted(calls.length, 'call')}:`, ...callTable(calls.slice(0, 3)))
  say('', 'Calls per day:', ...callsPerDay(calls), '', `${counted(NEW_CALLS, 'call')} later:`, '')
  await fetch(`${simulator.url}/__world/advance?calls=${NEW_CALLS}`, { method: 'POST' })
  const second = await told(options)
  const more = (await readCalls(FOLDER)).length - calls.length
  const requests = (ended: Ended) => counted(ended.streams['calls']?.requests ?? 0, 'request')
  say('', `${counted(calls.length, 'call')} in ${requests(first)}; ${more} new: ${requests(second)}.`, '')
  say(`The data is in ./${FOLDER}. For your own account, write a config.json`)
  say('as README.md shows, and type:', '', '  npx source-babelforce check --config config.json')
}

/** Takes away what the tour has written so far. Throws the error again, unless it is that of a stop. */
async function leaveNothing(error: unknown): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true })
  if (!stopping.signal.aborted) throw error
}

/** Ends by the signal itself, so that the shell sees a stop. */
function endAsIfUnheard(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

/** Runs a sync and says what was typed and what came of it. */
async function told(options: Sync): Promise<Ended> {
  say(`$ npx source-babelforce ${commandLine(options).join(' ')}`)
  const ended = await runSync(options)
  const all = Object.values(ended.streams)
  const [records, requests] = [all.map(one => one.records), all.map(one => one.requests)].map(sum)
  const what = `${counted(all.length, 'stream')}, ${counted(records ?? 0, 'record')} in ${counted(requests ?? 0, 'request')}`
  say(`  ${what} and ${ended.seconds.toFixed(1)} s`)
  return ended
}

function everyStream(): readonly string[] {
  return STREAMS.filter(def => def.hidden !== true && def.onlyIf === undefined).map(({ name }) => name)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
