import type { CallLog } from '../calls/call-log.ts'
import type { CallView } from '../calls/call-views.ts'
import { partiesOf } from '../calls/parties.ts'
import { momentsOf, planCall } from '../calls/plan.ts'
import type { Facts } from '../ground/facts.ts'
import { idOf, indexOf } from '../ground/ids.ts'
import { personName } from '../ground/names.ts'
import { between, chance, type Draw, draws, pick } from '../ground/random.ts'
import { type Row, type Rows, rowsOf } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'
import type { World } from '../view.ts'

/** One conversation per call. */
export function conversationView(facts: Facts, log: CallLog): CallView {
  const rowAt = (call: number, now: number) => conversationAt(facts, call, log.begins(call) ?? 0, now)
  return {
    timeline: log.calls,
    idOf: call => idOf(facts.seed, 'conversations', call),
    rowAt,
    find: (id, now) => {
      const call = callBehind(facts, log, id, now)
      return call === undefined ? undefined : rowAt(call, now)
    },
  }
}

/** The session of the conversation with this id; some conversations have none. */
export function sessionOf(world: World, id: string): Row | undefined {
  const now = world.now()
  const call = callBehind(world.facts, world.log, id, now)
  return call === undefined || !hasSession(call) ? undefined : sessionAt(world, call, now)
}

/** Every session, newest first. */
export function allSessions(world: World): Rows {
  const { timeline } = world.conversations
  const now = world.now()
  const calls = Array.from({ length: timeline.countBefore(now, true) }, (_, at) => timeline.refAt(at))
  return rowsOf(
    calls
      .reverse()
      .filter(hasSession)
      .map(call => sessionAt(world, call, now)),
  )
}

function hasSession(call: number): boolean {
  return call % 7 !== 3
}

function callBehind(facts: Facts, log: CallLog, id: string, now: number): number | undefined {
  const call = indexOf(facts.seed, 'conversations', id)
  return call !== undefined && (log.begins(call) ?? Infinity) <= now ? call : undefined
}

function conversationAt(facts: Facts, call: number, begun: number, now: number): Row {
  const plan = planCall(facts, call)
  const { conversationId, customer, anonymous } = partiesOf(facts, plan)
  return {
    id: conversationId,
    dateCreated: isoTime(begun),
    state: now >= momentsOf(plan, begun).finished ? 'closed' : 'open',
    ...(anonymous ? {} : { phone: customer }),
  }
}

// The unit of the two times is not documented; unix seconds are this simulator's choice.
function sessionAt({ facts, log }: World, call: number, now: number): Row {
  const plan = planCall(facts, call)
  const moments = momentsOf(plan, log.begins(call) ?? 0)
  const last = Math.min(now, moments.finished)
  return {
    id: idOf(facts.seed, 'conversations', call),
    valid: now - last < DAY_MS,
    created: moments.begun / 1000,
    last_access: last / 1000,
    data: variablesOf(facts, call),
  }
}

function variablesOf(facts: Facts, call: number): Row {
  const draw = draws(facts.seed, 'session', call)
  if (chance(draw, 0.1)) return {}
  return {
    'menu.choice': String(between(draw, 1, 5)),
    'customer.language': pick(draw, ['de', 'fr', 'ελ', 'ja'] as const),
    ...(chance(draw, 0.6) ? customerOf(draw) : {}),
    'survey.score': chance(draw, 0.2) ? between(draw, -1, 10) : null,
  }
}

function customerOf(draw: Draw): Row {
  return {
    'customer.name': personName(draw),
    crm: { id: between(draw, 1000, 9999), open_tickets: ['#4711', '#0815'].filter(() => chance(draw, 0.4)) },
  }
}
