import { idOf } from './ids.ts'
import { personName, phoneNumber, queueName } from './names.ts'
import { draws } from './random.ts'
import { DAY_MS } from './time.ts'

/** How large a world is at its start. */
export interface Sizes {
  readonly calls: number
  readonly agents: number
  readonly queues: number
  readonly lists: number
  /** Leads in each list from the third on; the first has none and the second has one. */
  readonly leads: number
}

/** What other records say about an agent. */
export interface AgentBrief {
  readonly id: string
  readonly name: string
  readonly number: string
}

/** What other records say about a queue. */
export interface QueueBrief {
  readonly id: string
  readonly name: string
}

/** Everything a record is made from besides its index; it never changes while the simulator runs. */
export interface Facts {
  readonly seed: number
  /** The moment, in unix ms, at which the world was made. */
  readonly startedAt: number
  readonly days: number
  /** How many days old the account is: nothing in it is older. */
  readonly age: number
  /** How many calls begin at each moment at which any does. */
  readonly together: number
  readonly sizes: Sizes
  readonly staff: readonly AgentBrief[]
  readonly lines: readonly QueueBrief[]
}

/** The age of an account in which nothing was made before its time. */
const OLDEST_DAYS = 2000

/** The moment so many days before the world was made; in a younger account everything happened in less time. */
export function daysAgo({ startedAt, age }: Facts, days: number): number {
  return Math.round(startedAt - days * DAY_MS * Math.min(1, age / OLDEST_DAYS))
}

/** The facts of a new world. */
export function makeFacts(given: Omit<Facts, 'staff' | 'lines'>): Facts {
  const { seed, sizes } = given
  const staff = Array.from({ length: sizes.agents }, (_, index) => agentBrief(seed, index))
  const lines = Array.from({ length: sizes.queues }, (_, index) => queueBrief(seed, index))
  return { ...given, staff, lines }
}

/** What other records say about agent `index`, whether or not it existed at the start. */
export function agentBrief(seed: number, index: number): AgentBrief {
  const draw = draws(seed, 'agent-brief', index)
  return { id: idOf(seed, 'agents', index), name: personName(draw), number: phoneNumber(draw) }
}

/** What other records say about queue `index`. */
export function queueBrief(seed: number, index: number): QueueBrief {
  return { id: idOf(seed, 'queues', index), name: queueName(index) }
}
