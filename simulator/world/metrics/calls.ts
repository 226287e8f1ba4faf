import { partiesOf } from '../calls/parties.ts'
import { planCall } from '../calls/plan.ts'
import type { Row } from '../ground/rows.ts'
import type { World } from '../view.ts'

/** Which calls a metric covers: those that begin in [from, to), in unix ms, with one of the agents and queues.
 *  An empty list means any. */
export interface CallSelection {
  readonly from: number
  readonly to: number
  readonly agentIds: readonly string[]
  readonly queueIds: readonly string[]
}

/** How many calls are selected. */
export function countCalls(world: World, selection: CallSelection): number {
  return isAny(selection) ? selectedSpan(world, selection).count : refsOf(world, selection).length
}

/** The report's rows of the selected calls, oldest first. */
export function rowsOfCalls(world: World, selection: CallSelection): readonly Row[] {
  const now = world.now()
  return refsOf(world, selection).map(ref => world.report.rowAt(ref, now))
}

function refsOf(world: World, selection: CallSelection): readonly number[] {
  const { first, count } = selectedSpan(world, selection)
  const refs = Array.from({ length: count }, (_, at) => world.log.calls.refAt(first + at))
  return isAny(selection) ? refs : refs.filter(ref => takesPart(world, ref, selection))
}

function selectedSpan(world: World, { from, to }: CallSelection) {
  const { calls } = world.log
  const first = calls.countBefore(from, false)
  const end = Math.min(calls.countBefore(to, false), calls.countBefore(world.now(), true))
  return { first, count: Math.max(0, end - first) }
}

function isAny({ agentIds, queueIds }: CallSelection): boolean {
  return agentIds.length === 0 && queueIds.length === 0
}

function takesPart({ facts }: World, ref: number, { agentIds, queueIds }: CallSelection): boolean {
  const { agent, queue } = partiesOf(facts, planCall(facts, ref))
  return among(agentIds, agent?.id) && among(queueIds, queue?.id)
}

function among(ids: readonly string[], id: string | undefined): boolean {
  return ids.length === 0 || (id !== undefined && ids.includes(id))
}
