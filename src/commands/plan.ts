import { parseConfig } from '../config/parse.ts'
import { type Settings, settle } from '../config/settings.ts'
import { canIncrement } from '../engine/plan.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import { givenIds } from '../engine/sync/job/partitions.ts'
import { months } from '../engine/time/months.ts'
import { rfc3339 } from '../engine/time/timestamps.ts'
import { configError } from '../errors.ts'
import { isObject, type JsonObject } from '../json.ts'
import { defined } from '../optional.ts'
import { readJsonFile } from '../protocol/input.ts'
import type { Program } from './runtime/program.ts'
import { runInTerminal, type Terminal } from './runtime/terminal.ts'
import { resolveStreams } from './setup/available-streams.ts'

/** The options of `plan`. */
export interface PlanOptions {
  /** A config whose dates and custom streams count. */
  readonly config: string | undefined
  /** Instead of the config's. */
  readonly startDate: string | undefined
  readonly endDate: string | undefined
}

/** What `plan` prints. */
interface RangePlan {
  /** The streams that are read by time, so that a run reads its own range only. */
  readonly streams: readonly string[]
  readonly ranges: readonly { readonly start_date: string; readonly end_date: string }[]
}

/** Prints into which months a first load can be split, so that several runs share it, and for which streams. Needs and prints
 *  no credentials, and makes no request. Resolves to the exit code. */
export function showPlan(options: PlanOptions, terminal: Terminal): Promise<number> {
  return runInTerminal(terminal, undefined, async program => {
    const plan = await planRanges(options, program)
    terminal.print(`${JSON.stringify(plan, undefined, 2)}\n`)
    return 0
  })
}

async function planRanges(options: PlanOptions, { clock, log }: Program): Promise<RangePlan> {
  const { config } = parseConfig(await configOf(options))
  const settings = settle(config, clock.now())
  const { listed, custom } = await resolveStreams({
    config,
    settings,
    origin: 'https://services.babelforce.com',
  })
  for (const problem of custom.problems.values()) log.warn(problem)
  const range = { from: wholeSeconds(settings.startMs), to: wholeSeconds(settings.endMs) }
  return {
    streams: listed.filter(def => isReadByRange(def, settings)).map(({ name }) => name),
    // A range ends where the next one begins: end_date is inclusive, so a record of that very moment comes twice, and none is lost.
    ranges: months(range, clock.now()).map(({ from, to }) => ({
      start_date: dateOf(from),
      end_date: dateOf(to),
    })),
  }
}

/** Stands for credentials, which a plan has no use for. */
const NO_CREDENTIALS = { auth_type: 'bearer', bearer_token: 'none' }

async function configOf({ config, startDate, endDate }: PlanOptions): Promise<JsonObject> {
  const given = config === undefined ? {} : await readJsonFile(config, 'config')
  if (!isObject(given)) throw configError('The config must be a JSON object.')
  return { ...given, ...defined({ start_date: startDate, end_date: endDate }), credentials: NO_CREDENTIALS }
}

function isReadByRange(def: StreamDef, settings: Settings): boolean {
  const { incremental, parent } = def
  if (incremental === undefined || incremental.strategy === 'filtered') return false
  const isReadByIds = incremental.strategy === 'through-parent' && givenIds(parent, settings).length > 0
  return canIncrement(def, settings) && !isReadByIds
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}

/** As the config has it. */
function dateOf(ms: number): string {
  return rfc3339(ms).replace('.000Z', 'Z')
}
