import { isCustom } from '../account/custom.ts'
import { kindOf } from '../account/kinds.ts'
import { turnedBy, turnedIn } from '../knobs/index.ts'
import { hasParents } from '../knobs/knob.ts'
import type { Case, Settings, SyncPlan } from './case.ts'
import { pageSizeOf } from './sizes.ts'

/** A case without what would make it another one: what does away with the evidence that something else in it leaves, what
 *  ends a stream for good and rightly so, and what has no end. */
export function fitting(given: Case): Case {
  const one = withoutEndless(withFittingFaults(given))
  const names = new Set([...one.faults, ...one.passing.faults].map(fault => fault.split(/[:@]/)[0] ?? ''))
  return { ...one, ...streamsFor(one, names), syncs: one.syncs.map(sync => fittingSync(sync, one, names)) }
}

function withFittingFaults(one: Case): Case {
  const faults = one.faults.filter((_, at) => fits(one.faults.slice(0, at + 1), one))
  const passing = one.passing.faults.filter((_, at) =>
    fits([...faults, ...one.passing.faults.slice(0, at + 1)], one),
  )
  return {
    ...one,
    faults,
    passing: passing.length === 0 ? { faults: [], from: 0, runs: 0 } : { ...one.passing, faults: passing },
  }
}

/** Whether the last of these faults goes together with those before it. */
function fits(faults: readonly string[], one: Case): boolean {
  const turned = turnedBy(faults, false)
  const last = turned.at(-1)
  if (last === undefined) return true
  const before = turned.slice(0, -1)
  const { knob } = last
  const clashes = before.some(
    ({ knob: other }) =>
      other.name === knob.name ||
      (knob.count === 'needs' && other.count === 'hides') ||
      (knob.count === 'hides' && other.count === 'needs') ||
      knob.notWith?.includes(other.name) === true ||
      other.notWith?.includes(knob.name) === true,
  )
  return !clashes && !(knob.name === 'strict-params' && one.world.world === 'seed')
}

/** A list that grows by a record for each request, to whichever parent's list, ends only where pages are larger than what arrives
 *  meanwhile, and is known to turn its pages only where it says how long it is. */
function withoutEndless(one: Case): Case {
  const isAlone = turnedIn(one).every(
    ({ knob: { name, family, count } }) =>
      name === 'shift' || (family === 'honest' && count === undefined && name !== 'clamp-size'),
  )
  const lists = one.streams.some(stream => hasParents(kindOf(stream))) ? one.world.lists : 1
  const isFast =
    one.streams.some(isCustom) ||
    one.syncs.some(({ settings }) => pageSizeOf(settings) <= 2 * settings.concurrency * lists)
  const faults = one.faults.filter(fault => fault !== 'shift' || (isAlone && !isFast))
  return { ...one, faults }
}

function streamsFor(one: Case, names: ReadonlySet<string>): Pick<Case, 'streams'> {
  const isDated = names.has('impossible-dates')
  const isUnfiltered = names.has('ignore-time-filter')
  const filtered = one.syncs.some(
    ({ settings }) => settings.agent !== undefined || settings.queue !== undefined,
  )
  const streams = one.streams.filter(
    stream =>
      !(stream === 'agent_logs' && isDated) &&
      !(kindOf(stream) === 'intervals' && isUnfiltered) &&
      !(stream === 'call_details' && filtered),
  )
  return { streams: streams.length === 0 ? ['calls'] : streams }
}

function fittingSync(sync: SyncPlan, one: Case, names: ReadonlySet<string>): SyncPlan {
  const isParental = one.streams.some(stream => hasParents(kindOf(stream)))
  return {
    ...sync,
    leavers: names.size > 0 && isParental ? {} : withinWorld(sync.leavers, one),
    settings: fittingSettings(sync.settings, one, names),
  }
}

// Statistics are of the agents that there are: who has left is in none of them. Where a config names agents and all of them have
// left, its user must change it.
function withinWorld(leavers: SyncPlan['leavers'], { streams, syncs, world }: Case): SyncPlan['leavers'] {
  if (streams.includes('campaign_statistics')) return {}
  const { agents = 0 } = leavers
  const areNamed = syncs.some(({ settings }) => settings.ids !== undefined)
  return areNamed && agents > 0
    ? { ...leavers, agents: Math.min(agents, Math.floor((world.agents - 1) / syncs.length)) }
    : leavers
}

function fittingSettings(given: Settings, one: Case, names: ReadonlySet<string>): Settings {
  const { agent, queue, ids, metrics, endHours, ...rest } = given
  const { agents } = one.world
  const isFiltered = agent !== undefined || queue !== undefined
  return {
    ...rest,
    ...(isBefore(given) ? { endHours } : {}),
    ...(names.has('max-window-days') ? { window_days: Math.min(2, given.window_days) } : {}),
    ...(isFiltered ? { lookback_hours: Math.max(24, given.lookback_hours) } : {}),
    ...(agent === undefined ? {} : { agent: agent % agents }),
    ...(agent === undefined && queue !== undefined ? { queue } : {}),
    ...(ids === undefined ? {} : { ids: Math.min(ids, agents) }),
    ...(metrics === undefined ? {} : { metrics: isFiltered ? { ...metrics, by: 'none' } : metrics }),
  }
}

/** Whether reading ends after it begins. */
function isBefore({ startDays, endHours }: Settings): boolean {
  if (endHours === undefined) return false
  return startDays === 'first call' ? endHours <= 0 : startDays * 24 > endHours
}
