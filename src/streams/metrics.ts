import {
  type Adapt,
  byInterval,
  defineStream,
  listAt,
  type Route,
  type StreamDef,
} from '../engine/stream/definition.ts'
import { unpaged } from '../engine/stream/paginators.ts'
import { isObject, type JsonObject } from '../json.ts'
import { v2Whole, without } from './dialects.ts'
import { span } from './intervals.ts'

const isoWindow = { from: 'startDate', to: 'endDate', format: 'iso' } as const

/** For what a metric over time can be asked instead of the whole account. */
const SCOPES = {
  agent: { stream: 'agents', field: 'id', as: 'agent_id' },
  queue: { stream: 'queues', field: 'id', as: 'queue_id' },
}

/** The answer as a record: `value` where it is one number, in whatever spelling, `breakdown` where it is grouped. */
const valued: Adapt = (record, { now }) => {
  const value = isObject(record['metric']) ? record['metric']['value'] : undefined
  return {
    ...without(record, ['success']),
    value: isObject(value) ? null : (value ?? null),
    breakdown: isObject(value) ? value : null,
    queried_at: new Date(now).toISOString(),
  }
}

/** Whether anything was measured: a metric that is not worked out yet is null, or 0. */
function isMeasured({ value, breakdown }: JsonObject): boolean {
  return (
    Boolean(Number(isObject(value) ? 0 : value)) || (isObject(breakdown) && Object.keys(breakdown).length > 0)
  )
}

/** The same for a span of time and a scope: the whole account, or one agent or queue. */
const valuedInTime: Adapt = (record, context) => {
  const { agent_id, queue_id } = context.parent
  return {
    ...valued(record, context),
    ...span(context),
    scope: agent_id ?? queue_id ?? 'all',
    agent_id: agent_id ?? null,
    queue_id: queue_id ?? null,
  }
}

function metricRoute(source: Route['source'], path: string, more: Partial<Route> = {}): Route {
  return {
    source,
    operation: 'getMetric',
    path: `/api/v2/metrics/${path}`,
    records: { kind: 'body' },
    paginate: unpaged,
    ...more,
  }
}

function snapshot(name: string, template: string, metric: string, more: Partial<Route> = {}): StreamDef {
  return defineStream({
    name,
    template,
    primaryKey: ['id', 'queried_at'],
    adapt: valued,
    routes: [metricRoute('documented', metric, more)],
  })
}

/** A metric over time. The documented id comes first, then the seed's spelling of it. */
function series(name: string, template: string, metric: string, seedPath: string): StreamDef {
  const asked = { window: isoWindow, query: { agentId: '{agent_id}', queueId: '{queue_id}' } }
  return defineStream({
    name,
    template,
    primaryKey: ['id', 'window_start', 'window_end', 'scope'],
    incremental: byInterval('configured'),
    splitBy: SCOPES,
    hasValue: isMeasured,
    adapt: valuedInTime,
    checkWindow: echoedWindow,
    routes: [metricRoute('documented', metric, asked), metricRoute('seed', seedPath, asked)],
  })
}

export const availableAgentsCount = snapshot(
  'available_agents_count',
  'Get Available Agents Count',
  'agents.state.available.total',
)

export const agentsInCallCount = snapshot(
  'agents_in_call_count',
  'Get Agents In Call Count',
  'agents.state.in_call.total',
)

export const totalAgents = snapshot('total_agents', 'Get Total Agents Metric', 'agents.total', {
  filters: { enabled: 'enabled' },
})

export const averageCallDuration = series(
  'average_call_duration',
  'Get Average Call Duration',
  'calls.duration.avg',
  'calls.duration/avg',
)

export const averageWrapupTime = series(
  'average_wrapup_time',
  'Get Average Wrap-up Time',
  'queues.wrapup.avg',
  'wrapup/avg',
)

export const totalCalls = series('total_calls', 'Get Total Calls Metric', 'calls.total', 'calls.total')

/** The catalogue of metrics, and the filters that each takes. */
export const metricDefinitions = defineStream({
  name: 'metric_definitions',
  primaryKey: ['id'],
  routes: [v2Whole('/api/v2/metrics/describe', 'getAllMetricDefinitions')],
})

/** The ids of all metrics, read for the stream metrics only. */
export const metricIds = defineStream({
  name: 'metric_ids',
  primaryKey: ['id'],
  wrapScalarAs: 'id',
  hidden: true,
  routes: [{ ...v2Whole('/api/v2/metrics/ids', 'listMetricIds'), records: listAt('items') }],
})

/** Every metric that the account has, as it is now. */
export const metrics = defineStream({
  name: 'metrics',
  primaryKey: ['id', 'queried_at'],
  parent: { stream: 'metric_ids', field: 'id', as: 'metric_id', ids: 'metrics' },
  absence: 'gone',
  costly: true,
  adapt: valued,
  routes: [metricRoute('documented', '{metric_id}')],
})

/** The span that the answer says it speaks of; undefined where it does not say. */
function echoedWindow(record: JsonObject): JsonObject | undefined {
  const range = isObject(record['request']) ? record['request']['timeRange'] : undefined
  return isObject(range) ? range : undefined
}
