import { routes } from '../../../simulator/routes/index.ts'
import { member } from '../../../simulator/routing/filters.ts'
import type { Simulator } from '../../../simulator/server.ts'
import { idOf } from '../../../simulator/world/ground/ids.ts'
import { type Row, sliceRows } from '../../../simulator/world/ground/rows.ts'
import type { Case, Settings } from '../cases/case.ts'
import { isCustom, isIn, sourceOf } from './custom.ts'
import { ownedIntervals } from './intervals.ts'
import type { KeyOf } from './keys.ts'
import { definitionOf, kindOf } from './kinds.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** What an account holds of a stream: a record's key, and its moment where it has one. */
export interface Held {
  readonly key: string
  readonly moment: number | undefined
  readonly row: Row
}

/** A span in unix ms, both ends included. */
export interface Bounds {
  readonly from: number
  readonly to: number
}

/** The time that a config reads, at a moment of the connector's clock. */
export function boundsOf({ startDays, endHours }: Settings, { world }: Simulator, nowMs: number): Bounds {
  const { startedAt, days } = world.facts
  const first = world.log.begins(0) ?? Number.POSITIVE_INFINITY
  const before = startedAt - (days + 1) * DAY_MS
  const from =
    startDays === 'first call' ? (first < startedAt ? first : before) : startedAt - startDays * DAY_MS
  const end = endHours === undefined ? Number.POSITIVE_INFINITY : startedAt - endHours * HOUR_MS
  return { from, to: Math.min(end, nowMs) }
}

/** Everything that an account holds of a stream now, whenever it began. Intervals are no records that it holds. */
export function heldOf(one: Case, simulator: Simulator, stream: string, keyOf: KeyOf): readonly Held[] {
  if (kindOf(stream) === 'intervals') return []
  const route = routes.find(
    each =>
      each.world === one.world.world && each.stream === sourceOf(stream) && each.everything !== undefined,
  )
  const rows = route?.everything?.(simulator.world)
  if (rows === undefined) return []
  const field = timeFieldOf(stream)
  return sliceRows(rows, 0, rows.count).map(row => ({
    key: keyOf(stream, row),
    moment: field === undefined ? undefined : momentOf(row[field]),
    row,
  }))
}

/** Whether a stream of this world is served at all. */
export function isServed({ world: { world } }: Pick<Case, 'world'>, stream: string): boolean {
  const source = sourceOf(stream)
  return (
    isIn(world, stream) && routes.some(one => one.world === world && one.stream === source && one.everything)
  )
}

/** What a config asks for: of what there is, that which lies in the time that is read and passes its filters. */
export function owedOf(
  held: readonly Held[],
  { simulator, stream, settings, bounds, keyOf }: Owing,
): readonly Held[] {
  if (kindOf(stream) === 'intervals') return ownedIntervals({ simulator, stream, settings, bounds, keyOf })
  const isAsked = filterOf(stream, settings, simulator)
  const ids = stream === 'agent_details' ? idsOf(settings, simulator) : undefined
  return held.filter(
    one =>
      isAsked(one.row) && (ids === undefined || ids.includes(String(one.row['id']))) && isWithin(one, bounds),
  )
}

function filterOf(stream: string, { agent, queue }: Settings, { world }: Simulator): (row: Row) => boolean {
  const { seed } = world.facts
  if (stream !== 'call_records') return () => true
  if (agent !== undefined) return row => member(row, 'bridged', 'agent', 'id') === idOf(seed, 'agents', agent)
  if (queue !== undefined) return row => member(row, 'bridged', 'queueId') === idOf(seed, 'queues', queue)
  return () => true
}

/** What it takes to know what is owed. */
export interface Owing {
  readonly simulator: Simulator
  readonly stream: string
  readonly settings: Settings
  readonly bounds: Bounds
  readonly keyOf: KeyOf
}

/** The ids of agents that a config names; undefined where it names none. */
export function idsOf({ ids }: Settings, { world }: Simulator): readonly string[] | undefined {
  if (ids === undefined) return undefined
  return Array.from({ length: ids }, (_, index) => idOf(world.facts.seed, 'agents', index))
}

function isWithin({ moment }: Held, { from, to }: Bounds): boolean {
  return moment === undefined || (moment >= from && moment <= to)
}

function timeFieldOf(stream: string): string | undefined {
  // Records of custom streams have the time of their call, whether it is asked for or not.
  return isCustom(stream) ? 'dateCreated' : definitionOf(stream).incremental?.field
}

function momentOf(value: unknown): number | undefined {
  const ms = Date.parse(String(value))
  return Number.isNaN(ms) ? undefined : ms
}
