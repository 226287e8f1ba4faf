import { type CallLog, makeCallLog } from './calls/call-log.ts'
import { type CallView, legView, recordingView, reportView } from './calls/call-views.ts'
import { eventView } from './calls/events.ts'
import { prerenderOnce } from './calls/prerendered.ts'
import { smsView } from './calls/sms.ts'
import { conversationView } from './contacts/conversations.ts'
import { type Facts, makeFacts, type Sizes } from './ground/facts.ts'
import type { Clock, Registers, World } from './view.ts'

/** What a world is made from. */
export interface WorldOptions {
  readonly seed: number
  readonly days: number
  readonly age: number
  readonly together: number
  readonly sizes: Sizes
  /** How many calls begin each second from the start on. */
  readonly live: number
  readonly clock: Clock
  readonly registers: Registers
  /** Stops the world's clock at its first moment, and renders calls and legs to JSON once. */
  readonly prerendered: boolean
}

/** A new world; the same options always make the same one. */
export function makeWorld(options: WorldOptions): World {
  const { seed, days, age, together, sizes, clock, registers } = options
  const facts = makeFacts({ seed, days, age, together, sizes, startedAt: clock() })
  const log = makeCallLog(facts)
  const counts = countsOf(facts, registers)
  const now = options.prerendered ? () => facts.startedAt : liveClock(options, facts.startedAt, log)
  const viewed = (view: CallView) =>
    options.prerendered ? { ...view, prerendered: prerenderOnce(view) } : view
  return {
    facts,
    now,
    log,
    legs: viewed(legView(facts, log)),
    report: viewed(reportView(facts, log)),
    recordings: recordingView(facts, log),
    conversations: conversationView(facts, log),
    events: eventView(facts, log),
    sms: smsView(facts, log),
    registers,
    size: stream => counts.get(stream) ?? 0,
    resize: (stream, by) => void counts.set(stream, Math.max(0, (counts.get(stream) ?? 0) + by)),
    addCalls: count => {
      const time = now()
      for (let added = 0; added < count; added++) log.add(time)
    },
  }
}

function countsOf(facts: Facts, registers: Registers): Map<string, number> {
  const counts = new Map(
    Object.entries(registers).map(([stream, register]) => [stream, register.size(facts)]),
  )
  return counts.set('outbound_leads', facts.sizes.leads)
}

// Reading the clock lets the live calls that are due begin, each at its own moment; no timer is needed.
function liveClock({ live, clock }: WorldOptions, startedAt: number, log: CallLog): Clock {
  let latest = startedAt
  let begun = 0
  return () => {
    latest = Math.max(latest, clock())
    const due = Math.floor(((latest - startedAt) * live) / 1000)
    for (; begun < due; begun++) log.add(Math.floor(startedAt + ((begun + 1) * 1000) / live))
    return latest
  }
}
