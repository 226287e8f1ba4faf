import type { CallLog } from './calls/call-log.ts'
import type { CallView, ListView } from './calls/call-views.ts'
import type { Facts } from './ground/facts.ts'
import type { Row } from './ground/rows.ts'

/** The current time in unix ms. */
export type Clock = () => number

/** A call centre that can be listed, and that changes as its clock ticks. */
export interface World {
  readonly facts: Facts
  readonly now: Clock
  readonly log: CallLog
  readonly legs: CallView
  readonly report: CallView
  readonly recordings: CallView
  readonly conversations: CallView
  readonly events: ListView
  readonly sms: ListView
  readonly registers: Registers
  /** How many records a register holds now. */
  readonly size: (stream: string) => number
  /** Adds this many records to a register's newest end, or removes them; it never falls below none. */
  readonly resize: (stream: string, by: number) => void
  /** Lets this many calls begin now. */
  readonly addCalls: (count: number) => void
}

/** A kind of record that is just numbered: how many there are at the start, and how record `index` is made. */
export interface Register {
  readonly size: (facts: Facts) => number
  readonly make: (facts: Facts, index: number, world: World) => Row
}

/** Registers by the names of their streams. */
export type Registers = Readonly<Record<string, Register>>
