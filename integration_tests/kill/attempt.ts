import type { Simulator } from '../../simulator/server.ts'
import type { Deliveries } from './account/deliveries.ts'
import { pathOf } from './account/full-ends.ts'
import type { KeyOf } from './account/keys.ts'
import { definitionOf, kindOf } from './account/kinds.ts'
import { type Bounds, boundsOf, type Held, heldOf, owedOf } from './account/truth.ts'
import type { Witness } from './account/witness.ts'
import type { Case, SyncPlan } from './cases/case.ts'
import { catalogFor, configFor } from './cases/files.ts'
import { lossesOf } from './checks/losses.ts'
import { errorsIn, incompleteIn, wrongStatuses } from './checks/statuses.ts'
import { staleIn } from './checks/values.ts'
import { isHonest, mayBlockFull } from './knobs/index.ts'
import type { Clock } from './runs/clock.ts'
import { runHere } from './runs/here.ts'
import { runAsProgram } from './runs/program.ts'
import type { RunEnd } from './runs/run.ts'

const HOUR_MS = 3_600_000
/** No run of so small an account takes more requests, however odd. */
export const MOST_REQUESTS = 15_000

/** An account, its connector, and all that is known of both. */
export interface Account {
  readonly one: Case
  readonly simulator: Simulator
  readonly clock: Clock
  readonly witness: Witness
  readonly keyOf: KeyOf
  readonly deliveries: Deliveries
  /** The keys of all that the account ever held, by stream. */
  readonly known: ReadonlyMap<string, Set<string>>
  readonly main: string
  /** A new limit, which is reached with too many requests. */
  readonly limit: () => AbortSignal
  /** Told of everything, for people. */
  readonly trace: (text: string) => void
}

/** Which run of which sync. */
export interface Trying {
  readonly plan: SyncPlan
  /** From 0. */
  readonly number: number
  /** Whether everything has passed and settled. */
  readonly isLast: boolean
}

/** How a run went. */
export interface Tried {
  readonly violations: readonly string[]
  /** Why it failed, where it ended by itself. */
  readonly refusal: string | undefined
  readonly code: number | undefined
  /** Whether it may be so for as long as its lists stay as they are: each stream that it left incomplete has one that ended
   *  after a full page, and whose count is too large for good. */
  readonly isCutOff: boolean
}

/** One run, and what is wrong with it. */
export async function attempt(account: Account, trying: Trying): Promise<Tried> {
  const { one, deliveries, witness, clock } = account
  const owing = owedAt(account, trying)
  const end = await runOnce(account, trying).catch(error => String(error))
  if (typeof end === 'string')
    return { violations: [`blocked: ${end}`], refusal: undefined, code: undefined, isCutOff: false }
  account.trace(traceOf(end, clock.now()))
  deliveries.take(end.messages)
  noteHeld(account)
  const isCutOff = mayBlockFull(one) && incompleteIn(end, one.streams).every(mayBeCutOff(witness.endedFull()))
  const requests = witness.endRun()
  if (requests > MOST_REQUESTS)
    return { violations: [`costly: ${requests} requests`], refusal: undefined, code: undefined, isCutOff }
  const refusal = end.code === 1 ? refusalIn(end) : undefined
  const violations = [
    ...wrongStatuses(end, one.streams).map(what => `statuses: ${what}`),
    ...(refusal !== undefined && isHonest(one) && !lostParents(account) ? [`refused: ${refusal}`] : []),
    ...(end.code === 0 ? missing(account, trying, owing) : []),
  ]
  if (end.code === 0) deliveries.endSync()
  return { violations, refusal, code: end.code, isCutOff }
}

// A list that is a stream's own, or that of its parents.
function mayBeCutOff(ended: ReadonlySet<string>): (stream: string) => boolean {
  return stream => {
    const { parent, splitBy = {} } = definitionOf(stream)
    const parents = [...Object.values(splitBy), ...(parent === undefined ? [] : [parent])].map(
      by => by.stream,
    )
    const routes = [stream, ...parents].flatMap(name => definitionOf(name).routes)
    return routes.some(({ path }) => ended.has(pathOf(path)))
  }
}

interface Owed {
  readonly bounds: Bounds
  readonly held: readonly Held[]
}

/** What is owed by a run that begins now, by stream. */
function owedAt(account: Account, { plan, number }: Trying): ReadonlyMap<string, Owed> {
  const { one, simulator, clock, keyOf } = account
  noteHeld(account)
  const { settings } = plan
  const bounds = boundsOf(settings, simulator, clock.now() + Math.min(0, errorMs(plan, number)))
  return new Map(
    one.streams.map(stream => {
      const held = heldOf(one, simulator, stream, keyOf)
      return [stream, { bounds, held: owedOf(held, { simulator, stream, settings, bounds, keyOf }) }]
    }),
  )
}

function noteHeld({ one, simulator, keyOf, known }: Account): void {
  for (const stream of one.streams)
    for (const { key } of heldOf(one, simulator, stream, keyOf)) known.get(stream)?.add(key)
}

function errorMs({ clockErrorHours }: SyncPlan, number: number): number {
  return number === 0 ? clockErrorHours * HOUR_MS : 0
}

function runOnce(account: Account, { plan, number }: Trying): Promise<RunEnd> {
  const { one, simulator, clock, deliveries, main } = account
  const run = one.asProgram ? runAsProgram : runHere
  return run({
    config: configFor(simulator, plan.settings),
    catalog: catalogFor(one),
    states: deliveries.states(),
    clock,
    clockErrorMs: errorMs(plan, number),
    tickMs: one.tickMs,
    stop: plan.stops[number],
    limit: account.limit(),
    main,
  })
}

function missing(account: Account, trying: Trying, owing: ReadonlyMap<string, Owed>): readonly string[] {
  const { one, simulator, clock, known, deliveries, witness } = account
  return one.streams.flatMap(stream => {
    const { bounds, held = [] } = owing.get(stream) ?? {}
    if (bounds === undefined) return []
    const there = new Set(heldOf(one, simulator, stream, account.keyOf).map(({ key }) => key))
    const owed = held.filter(({ key }) => kindOf(stream) === 'intervals' || there.has(key))
    const ended = {
      one,
      stream,
      owed,
      bounds,
      deliveries,
      witness,
      known: known.get(stream) ?? new Set(),
      isLast: trying.isLast,
    }
    const old = staleIn(ended, trying.plan.settings, simulator.world.facts.startedAt, clock.now())
    return [...lossesOf(ended).map(what => `lost: ${what}`), ...old.map(what => `old: ${what}`)]
  })
}

// An account whose parents have all been deleted looks like one that does not show them.
function lostParents({ simulator: { world } }: Account): boolean {
  return ['agents', 'outbound_lists', 'campaigns'].some(stream => world.size(stream) === 0)
}

function refusalIn({ messages }: RunEnd): string {
  const [first] = errorsIn(messages)
  return first === undefined ? 'without an error' : `${first.failure_type}: ${first.message}`
}

function traceOf({ code, messages }: RunEnd, nowMs: number): string {
  const lines = messages.flatMap(({ type, log, state, trace }) => {
    if (type === 'LOG') return [`  ${log.level} ${log.message}`]
    if (type === 'STATE') return [`  STATE ${JSON.stringify(state.stream)}`]
    if (type !== 'TRACE') return []
    return [
      `  ${trace.error?.message ?? `${trace.stream_status.stream_descriptor.name} ${trace.stream_status.status}`}`,
    ]
  })
  const records = messages.filter(({ type }) => type === 'RECORD').length
  return [
    `run to ${new Date(nowMs).toISOString()}: exit ${code ?? 'by force'}, ${records} records`,
    ...lines,
  ].join('\n')
}
