import type { AgentBrief, Facts, QueueBrief } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { phoneNumber } from '../ground/names.ts'
import { chance, draws } from '../ground/random.ts'
import { isBridged, type Plan } from './plan.ts'

/** Which leg of a call: 0 the customer's, 1 the agent's. */
export type Side = 0 | 1

/** The id of a leg; the customer's leg shares it with the call's row in the report. */
export function legId(seed: number, call: number, side: Side): string {
  return idOf(seed, 'call_records', call * 2 + side)
}

/** Who takes part in a call, and with which numbers. */
export interface Parties {
  readonly customer: string
  readonly service: string
  readonly anonymous: boolean
  readonly inbound: boolean
  readonly agent: AgentBrief | undefined
  readonly queue: QueueBrief | undefined
  /** The id of the customer's leg, and of the call. */
  readonly callId: string
  readonly conversationId: string
}

/** The parties of a call. An agent takes part only where people spoke; a queue only where the call waited. */
export function partiesOf(facts: Facts, plan: Plan): Parties {
  const draw = draws(facts.seed, 'parties', plan.index)
  const inbound = plan.shape !== 'dialled' && plan.shape !== 'unreached'
  const anonymous = inbound && chance(draw, 0.03)
  return {
    customer: anonymous ? 'anonymous' : phoneNumber(draw),
    service: `+4930555${100 + Math.floor(draw() * 5)}`,
    anonymous,
    inbound,
    agent: isBridged(plan) ? facts.staff[plan.agent] : undefined,
    queue: facts.lines[plan.queue],
    callId: legId(facts.seed, plan.index, 0),
    conversationId: idOf(facts.seed, 'conversations', plan.index),
  }
}
