import { statisticsOf } from '../../../simulator/world/dialler/campaigns.ts'
import { idOf } from '../../../simulator/world/ground/ids.ts'
import { registerRows } from '../../../simulator/world/lookups.ts'
import { metricValue } from '../../../simulator/world/metrics/metrics.ts'
import type { World } from '../../../simulator/world/view.ts'
import type { Settings } from '../cases/case.ts'
import type { Held, Owing } from './truth.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

interface Interval {
  readonly from: number
  readonly to: number
}

/** The intervals that are over within the time that is read, with the number that each should have in the end. */
export function ownedIntervals(owing: Owing): readonly Held[] {
  return owing.stream === 'total_calls' ? metricsOf(owing) : statisticsIn(owing)
}

function metricsOf({ simulator: { world }, settings, bounds, stream, keyOf }: Owing): readonly Held[] {
  const { interval, by } = settings.metrics ?? { interval: 'day', by: 'none' }
  const lengthMs = interval === 'hour' ? HOUR_MS : DAY_MS
  return scopesOf(world, settings, by).flatMap(({ scope, ...selected }) =>
    intervalsIn(bounds, lengthMs).map(({ from, to }) => {
      const value = metricValue(world, 'calls.total', {
        from,
        to,
        agentIds: [],
        queueIds: [],
        enabled: undefined,
        grouped: false,
        ...selected,
      })
      const row = { id: 'calls.total', scope, value, ...windowOf(from, to) }
      return { key: keyOf(stream, row), moment: to, row }
    }),
  )
}

function scopesOf(world: World, { agent, queue }: Settings, by: 'none' | 'agent' | 'queue') {
  if (agent !== undefined) {
    const id = idOf(world.facts.seed, 'agents', agent)
    return [{ scope: id, agentIds: [id] }]
  }
  if (queue !== undefined) {
    const id = idOf(world.facts.seed, 'queues', queue)
    return [{ scope: id, queueIds: [id] }]
  }
  if (by === 'none') return [{ scope: 'all' }]
  const { count, idAt } = registerRows(world, by === 'agent' ? 'agents' : 'queues')
  const ids = Array.from({ length: count }, (_, place) => idAt?.(place) ?? '')
  return ids.map(id => ({ scope: id, ...(by === 'agent' ? { agentIds: [id] } : { queueIds: [id] }) }))
}

function statisticsIn({ simulator: { world }, bounds, stream, keyOf }: Owing): readonly Held[] {
  const campaigns = Array.from({ length: world.size('campaigns') }, (_, index) => index)
  return campaigns.flatMap(campaign =>
    intervalsIn(bounds, DAY_MS).flatMap(({ from, to }) =>
      statisticsOf(world, campaign, from, to).map(statistic => {
        const campaign_id = idOf(world.facts.seed, 'campaigns', campaign)
        const row = {
          ...statistic,
          campaign_id,
          value: Number(statistic['talk_in_seconds']),
          ...windowOf(from, to),
        }
        return { key: keyOf(stream, row), moment: to, row }
      }),
    ),
  )
}

function intervalsIn({ from, to }: Interval, lengthMs: number): readonly Interval[] {
  const first = Math.floor(from / lengthMs)
  const count = Math.max(0, Math.floor(to / lengthMs) - first)
  return Array.from({ length: count }, (_, index) => ({
    from: (first + index) * lengthMs,
    to: (first + index + 1) * lengthMs,
  }))
}

function windowOf(from: number, to: number) {
  return { window_start: new Date(from).toISOString(), window_end: new Date(to).toISOString() }
}
