import type { Simulator } from '../../simulator/server.ts'
import { type Ended, type Printed, runProgram } from '../harness/program.ts'
import { advance, catalogOf, configFor, idsOf } from '../harness/sync.ts'
import type { Case } from './cases.ts'

const DAY_MS = 86_400_000
/** A run may fail as a whole where several faults meet; the platform tries again. */
const MOST_RUNS = 15

/** What a platform that tries until it succeeds has got in the end. */
export interface Outcome {
  /** The records of all runs, by stream, in order. */
  readonly records: ReadonlyMap<string, readonly Printed[]>
  /** What the world held when the last run began, by stream. */
  readonly owed: ReadonlyMap<string, readonly string[]>
  /** What it held after the end. */
  readonly there: ReadonlyMap<string, readonly string[]>
  readonly startMs: number
  /** When the last run began. */
  readonly lastRunMs: number
  readonly runs: number
}

/** Reads as the platform does: a run that is killed is followed by another, which is given the last state of each stream
 *  that came before the kill. Only lines up to the kill count: the rest may have been lost on the way. */
export async function readUntilDone(one: Case, simulator: Simulator, main?: string): Promise<Outcome> {
  const startMs = startOf(one, simulator)
  const records = new Map<string, Printed[]>()
  const states = new Map<string, Printed>()
  for (let run = 0; run < MOST_RUNS; run++) {
    const lastRunMs = Date.now()
    const owed = await idsOfAll(one, simulator)
    const ended = await attempt({ one, simulator, main, startMs }, one.kills[run], [...states.values()])
    for (const message of ended.messages) keep(message, records, states)
    if (ended.code === 0)
      return { records, owed, there: await idsOfAll(one, simulator), startMs, lastRunMs, runs: run + 1 }
    if (ended.signal === null && run > one.kills.length + 4)
      throw new Error(`It fails for good.\n${lastWords(ended)}`)
    if (one.arrivals > 0) await advance(simulator, `calls=${one.arrivals}`)
  }
  throw new Error(`No run of ${MOST_RUNS} succeeded.`)
}

interface Situation {
  readonly one: Case
  readonly simulator: Simulator
  readonly main: string | undefined
  readonly startMs: number
}

/** One run, killed after so many lines, and what came up to then. A run that ended before that was not killed. */
async function attempt(
  situation: Situation,
  killAt: number | undefined,
  states: readonly Printed[],
): Promise<Ended> {
  const { one, simulator, main, startMs } = situation
  const start_date = new Date(startMs).toISOString()
  const config = configFor(simulator, { ...one.config, start_date })
  const catalog = catalogFor(one)
  let lines = 0
  const ended = await runProgram(
    ['read', '--config', 'config.json', '--catalog', 'catalog.json', '--state', 'state.json'],
    {
      files: { 'config.json': config, 'catalog.json': catalog, 'state.json': states },
      env: { SOURCE_BABELFORCE_SAVE_EVERY_MS: '0' },
      ...(main === undefined ? {} : { main }),
      onLine: (_, kill) => {
        if (++lines === killAt) kill('SIGKILL')
      },
    },
  )
  if (killAt === undefined || lines < killAt) return ended
  return { ...ended, code: null, signal: 'SIGKILL', messages: ended.messages.slice(0, killAt) }
}

/** Streams without a time of their own know one mode only. */
function catalogFor({ streams, mode }: Case): object {
  const modeOf = (stream: string) => (['agents', 'outbound_leads'].includes(stream) ? 'full_refresh' : mode)
  return {
    streams: streams.flatMap(stream => Object.values(catalogOf([stream], modeOf(stream))).flat()),
  }
}

function keep(message: Printed, records: Map<string, Printed[]>, states: Map<string, Printed>): void {
  if (message.type === 'STATE') states.set(message.state.stream.stream_descriptor.name, message)
  if (message.type !== 'RECORD') return
  const { stream, data } = message.record
  const known = records.get(stream)
  if (known === undefined) records.set(stream, [data])
  else known.push(data)
}

function startOf({ world, fromFirstCall }: Case, simulator: Simulator): number {
  const before = Date.now() - (world.days + 1) * DAY_MS
  return fromFirstCall ? (simulator.world.log.begins(0) ?? before) : before
}

/** The keys of all records of the streams that this world has. */
async function idsOfAll({ streams }: Case, simulator: Simulator): Promise<Map<string, string[]>> {
  const ids = await Promise.all(
    streams.map(async stream => [stream, await idsOf(simulator, stream)] as const),
  )
  return new Map(ids)
}

function lastWords({ stderr, messages }: Ended): string {
  const told = messages.filter(one => one.type === 'TRACE' && one.trace.type === 'ERROR')
  return [stderr, ...told.map(one => one.trace.error.message)].join('\n')
}
