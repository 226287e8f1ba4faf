import { partiesOf } from '../calls/parties.ts'
import { type Plan, planCall } from '../calls/plan.ts'
import { queueBrief } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { phoneNumber } from '../ground/names.ts'
import { between, draws } from '../ground/random.ts'
import { type Row, type Rows, rowsOf } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'
import { indexInRegister } from '../lookups.ts'
import type { World } from '../view.ts'

const LONGEST_WAIT_MS = 1_900_000

/** The calls waiting in the queue with this id, latest first; undefined when that queue does not exist. Besides
 *  calls of the log, every other queue has callers who never give up, so that a small world has some too. */
export function waitingIn(world: World, queueId: string): Rows | undefined {
  const queue = indexInRegister(world, 'queues', queueId)
  if (queue === undefined) return undefined
  const calls = recentCalls(world).filter(plan => plan.queue === queue && waits(world, plan))
  return rowsOf([...calls.map(plan => waitingCall(world, plan)), ...patientCallers(world, queue)])
}

function recentCalls({ facts, log, now }: World): readonly Plan[] {
  const { countBefore, refAt } = log.calls
  const [from, to] = [countBefore(now() - LONGEST_WAIT_MS, false), countBefore(now(), true)]
  return Array.from({ length: to - from }, (_, place) => planCall(facts, refAt(to - 1 - place)))
}

function waits({ log, now }: World, plan: Plan): boolean {
  const entered = (log.begins(plan.index) ?? 0) + plan.menuSeconds * 1000
  return entered <= now() && now() < entered + plan.queueSeconds * 1000
}

function waitingCall(world: World, plan: Plan): Row {
  const { callId, customer, service } = partiesOf(world.facts, plan)
  const begun = world.log.begins(plan.index) ?? 0
  return { id: callId, ...callSince(world, begun), from: customer, to: service, bridged: null }
}

function patientCallers(world: World, queue: number): readonly Row[] {
  const { seed, startedAt } = world.facts
  const draw = draws(seed, 'patient', queue)
  const { id: queueId, name: queueName } = queueBrief(seed, queue)
  return Array.from({ length: queue % 2 === 1 ? between(draw, 1, 4) : 0 }, (_, at) => ({
    id: idOf(seed, `patient/${queue}`, at),
    ...callSince(world, startedAt - between(draw, 60, 600) * 1000 - (at + 1) * 600_000),
    from: phoneNumber(draw),
    to: '+4930555100',
    ...(at === 1 ? {} : { bridged: at === 0 ? null : { queueId, queueName } }),
  }))
}

function callSince(world: World, begun: number): Row {
  const duration = Math.floor((world.now() - begun) / 1000)
  return {
    dateCreated: isoTime(begun),
    lastUpdated: isoTime(begun),
    state: 'queued',
    type: 'inbound',
    duration,
  }
}
