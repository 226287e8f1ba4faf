import { isBridged, planCall } from '../calls/plan.ts'
import { agentBrief } from '../ground/facts.ts'
import { between, draws, pick } from '../ground/random.ts'
import { noRows, type Row, type Rows } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'
import { indexInRegister } from '../lookups.ts'
import type { World } from '../view.ts'

/** Entries per agent and working day. */
const ENTRIES = 20
const HOUR_MS = 3_600_000
// An entry every 25 minutes, moved by less than that: no two of an agent's fall on the same moment.
const STEP_MS = 1_500_000
const JITTER_MS = 1_400_000
const CALLS_LOOKED_AT = 60

const types = ['presence', 'presence', 'line.available', 'line.in-call', 'called', 'called', 'queue'] as const

/** What an agent did within a window of unix ms (both ends included), newest first; undefined when that agent does not
 *  exist. Every tenth agent has never worked. */
export function agentLog(
  world: World,
  agentId: string,
  window: { from?: number; to?: number },
): Rows | undefined {
  const agent = indexInRegister(world, 'agents', agentId)
  if (agent === undefined) return undefined
  if (agent % 10 === 9) return noRows
  const { facts } = world
  const from = Math.max(window.from ?? -Infinity, facts.startedAt - facts.days * DAY_MS)
  const days = workingDays(facts.startedAt - facts.days * DAY_MS, world.now())
  const timeAt = (position: number) => timeOf(world, agent, days, position)
  const low = firstAt(days.length * ENTRIES, position => timeAt(position) >= from)
  const to = Math.min(window.to ?? Infinity, world.now())
  const high = firstAt(days.length * ENTRIES, position => timeAt(position) > to)
  return {
    count: Math.max(0, high - low),
    at: place => entryAt(world, agent, timeAt(high - 1 - place), (high - 1 - place) % ENTRIES),
  }
}

function workingDays(from: number, to: number): readonly number[] {
  const first = Math.floor(from / DAY_MS)
  const days = Array.from({ length: Math.floor(to / DAY_MS) - first + 1 }, (_, at) => first + at)
  return days.filter(day => new Date(day * DAY_MS).getUTCDay() % 6 !== 0)
}

function timeOf({ facts }: World, agent: number, days: readonly number[], position: number): number {
  const slot = position % ENTRIES
  const day = days[(position - slot) / ENTRIES] ?? 0
  const jitter = between(draws(facts.seed, `agent_logs/${agent}`, day * ENTRIES + slot), 0, JITTER_MS)
  return day * DAY_MS + (6 + (agent % 5)) * HOUR_MS + slot * STEP_MS + jitter
}

// The first position from which a test holds, by binary search.
function firstAt(count: number, holds: (position: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function entryAt(world: World, agent: number, time: number, slot: number): Row {
  const { id, name } = agentBrief(world.facts.seed, agent)
  const draw = draws(world.facts.seed, `agent_log/${agent}`, Math.floor(time / 1000))
  const type = slot === 0 ? 'login' : slot === ENTRIES - 1 ? 'logout' : pick(draw, types)
  return { agent: { id, name }, type, date: isoTime(time), ...detailsOf(world, agent, time, type) }
}

function detailsOf(world: World, agent: number, time: number, type: string): Row {
  const draw = draws(world.facts.seed, `agent_log/${agent}/details`, Math.floor(time / 1000))
  if (type === 'presence')
    return { presence: pick(draw, ['available', 'busy', 'break', 'training'] as const) }
  if (type === 'queue')
    return { queue: world.facts.lines[Math.floor(draw() * world.facts.lines.length)] ?? {} }
  if (type !== 'called') return {}
  const call = lastCallOf(world, agent, time)
  return call === undefined ? {} : { call: world.legs.rowAt(call * 2, world.now()) }
}

function lastCallOf({ facts, log }: World, agent: number, time: number): number | undefined {
  const before = log.calls.countBefore(time, true)
  for (let position = before - 1; position >= Math.max(0, before - CALLS_LOOKED_AT); position--) {
    const plan = planCall(facts, log.calls.refAt(position))
    if (plan.agent === agent && isBridged(plan)) return plan.index
  }
  return undefined
}
