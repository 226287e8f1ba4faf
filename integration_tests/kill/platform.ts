import { fileURLToPath } from 'node:url'
import { startSimulator } from '../../simulator/server.ts'
import { makeDeliveries } from './account/deliveries.ts'
import { makeKeys } from './account/keys.ts'
import { isServed } from './account/truth.ts'
import { makeWitness, type Witness } from './account/witness.ts'
import { type Account, attempt, MOST_REQUESTS } from './attempt.ts'
import type { Case, SyncPlan } from './cases/case.ts'
import { mayBlock, turnedIn } from './knobs/index.ts'
import { makeClock, makeRunningClock } from './runs/clock.ts'

/** The program that `npm run build` makes; MAIN in the environment names another one. */
const MAIN = process.env['MAIN'] ?? fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** A Monday at midnight. */
const EPOCH = Date.parse('2026-05-18T00:00:00Z')
/** Reporting that lags shows everything three hours later, at most: also what came when reporting no longer stalled. */
const SHOWN_WITHIN_HOURS = 4
/** How long the platform waits before it tries again, in minutes: long enough in all for every delay that is promised. */
const PAUSES = [0, 1, 61, 61, 25 * 60, 61, 25 * 60, 61, 61]

/** What came of a case. */
export interface Played {
  /** What is wrong, each with its kind first: `lost`, `refused`, `blocked`, `statuses`, `old` or `costly`. */
  readonly violations: readonly string[]
  readonly runs: number
  /** The first errors of the runs that ended by themselves without success. */
  readonly refusals: readonly string[]
}

/** Plays a case through: the syncs that it plans, and one more when everything has passed and settled. Each is tried until it
 *  succeeds, as the platform does, which hands the last state of each stream to the next run. */
export async function play(given: Case, main = MAIN, trace?: (text: string) => void): Promise<Played> {
  const one = { ...given, streams: given.streams.filter(stream => isServed(given, stream)) }
  if (one.streams.length === 0) return { violations: [], runs: 0, refusals: [] }
  const startMs = EPOCH + one.startsAt * MINUTE_MS
  const clock = one.asProgram ? makeRunningClock(startMs) : makeClock(startMs)
  const limited = makeLimit(MOST_REQUESTS)
  const witness = makeWitness(limited.count)
  const watch: Witness['watch'] = (request, response) => {
    trace?.(`  ${request.method} ${request.path}?${request.query} ${response.status}`)
    witness.watch(request, response)
  }
  await using simulator = await startSimulator({ ...one.world, now: clock.now, watch })
  const keyOf = makeKeys(simulator)
  const known = new Map(one.streams.map(stream => [stream, new Set<string>()]))
  return await playSyncs({
    one,
    simulator,
    clock,
    witness,
    keyOf,
    deliveries: makeDeliveries(keyOf),
    known,
    main,
    limit: limited.begin,
    trace: trace ?? (() => undefined),
  })
}

async function playSyncs(account: Account): Promise<Played> {
  const { one } = account
  const played = { violations: [] as readonly string[], runs: 0, refusals: [] as string[], isCutOff: false }
  for (let index = 0; index <= one.syncs.length; index++) {
    const plan = one.syncs[index] ?? lastSync(account)
    prepare(account, plan)
    const isDone = await playSync(account, plan, index === one.syncs.length, played)
    if (played.violations.length > 0) return played
    if (!isDone && !played.isCutOff && !mayBlock(one))
      return { ...played, violations: [`blocked: ${played.refusals.at(-1)}`] }
    if (!isDone) return played
  }
  return played
}

interface Playing {
  violations: readonly string[]
  runs: number
  readonly refusals: string[]
  isCutOff: boolean
}

/** Tries a sync until it succeeds. False when it does not, or something is wrong. */
async function playSync(
  account: Account,
  plan: SyncPlan,
  isLast: boolean,
  played: Playing,
): Promise<boolean> {
  const { one, simulator, clock } = account
  let faults: string | undefined
  for (const [number, pause] of PAUSES.entries()) {
    const wanted = faultsAt(one, isLast ? Number.POSITIVE_INFINITY : played.runs)
    if (wanted !== faults) simulator.setFaults(wanted)
    faults = wanted
    played.runs++
    const { violations, refusal, code, isCutOff } = await attempt(account, { plan, number, isLast })
    if (refusal !== undefined) played.refusals.push(refusal)
    played.violations = violations
    played.isCutOff = isCutOff
    if (violations.length > 0) return false
    if (code === 0) return true
    if (refusal !== undefined) clock.pass(pause * MINUTE_MS)
  }
  return false
}

// Whatever has a time to be over, is.
function lastSync({ one, simulator: { world }, clock }: Account): SyncPlan {
  const settings = one.syncs.at(-1)?.settings
  if (settings === undefined) throw new Error('A case has at least one sync.')
  const hours = turnedIn(one).map(({ knob, argument }) => knob.overAfterHours?.(argument) ?? 0)
  const passed = (clock.now() - world.facts.startedAt) / HOUR_MS
  const waitHours = Math.max(SHOWN_WITHIN_HOURS, Math.max(0, ...hours) + SHOWN_WITHIN_HOURS - passed)
  return { waitHours, arrivals: 0, leavers: {}, settings, clockErrorHours: 0, stops: [] }
}

function prepare({ simulator: { world }, clock }: Account, { waitHours, arrivals, leavers }: SyncPlan): void {
  clock.pass(waitHours * HOUR_MS)
  world.addCalls(arrivals)
  const { agents = 0, lists = 0, campaigns = 0 } = leavers
  world.resize('agents', -agents)
  world.resize('outbound_lists', -lists)
  world.resize('campaigns', -campaigns)
}

function faultsAt({ faults, passing }: Case, run: number): string {
  const isIll = run >= passing.from && run < passing.from + passing.runs
  return [...faults, ...(isIll ? passing.faults : [])].join(',')
}

/** A limit to what runs may do, one after the other. */
function makeLimit(most: number) {
  let current = new AbortController()
  return {
    begin() {
      current = new AbortController()
      return current.signal
    },
    count(done: number) {
      if (done > most) current.abort()
    },
  }
}
