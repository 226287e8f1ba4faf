import type { WorldName } from '../dialects/worlds.ts'
import { type Request, requestedWindow } from '../request.ts'
import { json, type Response, refuse } from '../response.ts'
import { whole } from '../routing/list.ts'
import type { Route, Scene } from '../routing/route.ts'
import { DAY_MS, isoTime } from '../world/ground/time.ts'
import { everyMetric, metricDefinition, metricFilters } from '../world/metrics/definitions.ts'
import { metricIds } from '../world/metrics/ids.ts'
import { type MetricQuery, metricValue } from '../world/metrics/metrics.ts'

// The seed's world has only these six, two of them under ids with a slash.
const streams = [
  { stream: 'available_agents_count', id: 'agents.state.available.total' },
  { stream: 'agents_in_call_count', id: 'agents.state.in_call.total' },
  { stream: 'total_agents', id: 'agents.total' },
  { stream: 'average_call_duration', id: 'calls.duration.avg', seedId: 'calls.duration/avg' },
  { stream: 'average_wrapup_time', id: 'queues.wrapup.avg', seedId: 'wrapup/avg' },
  { stream: 'total_calls', id: 'calls.total' },
] as const

const get = { world: 'documented', method: 'GET', key: ['id'], parameters: [] } as const
const known = new Set(metricIds)

/** Metrics: numbers over a time window, by default the current UTC day. */
export const metricRoutes: readonly Route[] = [
  ...streams.flatMap(({ stream, id, ...rest }) => [
    metricRoute(stream, 'documented', { id, shownId: id }),
    metricRoute(stream, 'seed', { id, shownId: 'seedId' in rest ? rest.seedId : id }),
  ]),
  ...whole({
    stream: 'metric_definitions',
    path: '/api/v2/metrics/describe',
    schema: 'MetricDefinition',
    everything: () => everyMetric,
  }),
  { ...get, path: '/api/v2/metrics/ids', respond: () => json({ items: metricIds, success: true }) },
  {
    ...get,
    path: '/api/v2/metrics/{id}',
    stream: 'metrics',
    everything: () => everyMetric,
    parameters: ['startDate', 'endDate', 'agentId', 'queueId'],
    respond: scene => ifKnown(scene, id => metricResponse(scene, { id, shownId: id }, false)),
  },
  {
    ...get,
    path: '/api/v2/metrics/{id}/describe',
    respond: scene => ifKnown(scene, id => json({ item: metricDefinition(id), success: true })),
  },
]

/** A metric's documented id, and the one this world knows it by. */
interface Named {
  readonly id: string
  readonly shownId: string
}

function metricRoute(stream: string, world: WorldName, named: Named): Route {
  return {
    ...get,
    world,
    path: `/api/v2/metrics/${named.shownId}`,
    stream,
    everything: () => ({ count: 1, at: () => ({ id: named.shownId }) }),
    parameters: metricFilters(named.id),
    respond: scene => metricResponse(scene, named, world === 'seed'),
  }
}

function ifKnown({ request }: Scene, respond: (id: string) => Response): Response {
  const id = request.params['id'] ?? ''
  return known.has(id) ? respond(id) : refuse(404)
}

function metricResponse({ request, world }: Scene, { id, shownId }: Named, grouped: boolean): Response {
  const range = requestedRange(request, world.now())
  const value = metricValue(world, id, metricQuery(request, range, grouped))
  return json({
    id: shownId,
    type: typeof value,
    metric: { value },
    request: { id: shownId, runtime: 3, timeRange: timeRange(range) },
    success: true,
  })
}

interface Range {
  readonly from: number
  readonly to: number
  readonly name: string
}

function metricQuery({ query }: Request, { from, to }: Range, grouped: boolean): MetricQuery {
  return {
    from,
    to,
    agentIds: query.getAll('agentId').filter(id => id !== ''),
    queueIds: query.getAll('queueId').filter(id => id !== ''),
    enabled: query.get('enabled') ?? undefined,
    grouped: grouped || query.get('groupBy') === 'presence',
  }
}

function requestedRange(request: Request, now: number): Range {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS
  const window = requestedWindow(request.query)
  const { from = midnight, to = midnight + DAY_MS } = window
  const isRequested = window.from !== undefined || window.to !== undefined
  return { from, to, name: isRequested ? nameFor((to - from) / DAY_MS) : 'TODAY' }
}

// The vendor requires one of its names even for custom dates: here the shortest range that is long enough.
function nameFor(days: number): string {
  if (days <= 1) return 'LAST_DAY'
  if (days <= 3) return 'LAST_3_DAYS'
  if (days <= 7) return 'LAST_7_DAYS'
  return days <= 30 ? 'LAST_30_DAYS' : 'LAST_3_MONTHS'
}

// The unit of `duration` is not documented; it is seconds here, as for calls.
function timeRange({ from, to, name }: Range) {
  return { from: isoTime(from), to: isoTime(to), value: name, duration: Math.floor((to - from) / 1000) }
}
