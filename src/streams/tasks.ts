import { byInterval, byOwnTime, defineStream, listAt, type Route } from '../engine/stream/definition.ts'
import { unpaged } from '../engine/stream/paginators.ts'
import { momentOf } from '../engine/time/timestamps.ts'
import { systemError } from '../errors.ts'
import { isList, isObject, type JsonObject } from '../json.ts'
import { seedList, v3Pages, without } from './dialects.ts'
import { perInterval } from './intervals.ts'

/** A list of the task automation API. */
function v3List(path: string, operation: string): Route {
  return { source: 'documented', operation, path, records: listAt('records'), paginate: v3Pages }
}

/** One object of the task automation API: the body itself. */
function v3One(path: string, operation: string, more: Partial<Route> = {}): Route {
  return { source: 'documented', operation, path, records: { kind: 'body' }, paginate: unpaged, ...more }
}

export const tasks = defineStream({
  name: 'tasks',
  template: 'List Tasks',
  primaryKey: ['id'],
  incremental: byOwnTime('created_at'),
  routes: [v3List('/api/v3/tasks', 'tasks'), seedList('/api/v2/tasks', 'tasks')],
})

export const taskSchedules = defineStream({
  name: 'task_schedules',
  primaryKey: ['name'],
  routes: [v3List('/api/v3/tasks/schedules', 'getTaskSchedules')],
})

/** The states that each task went through. */
export const taskJournals = defineStream({
  name: 'task_journals',
  primaryKey: ['id'],
  parent: { stream: 'tasks', field: 'id', as: 'task_id', stamp: 'task_id' },
  absence: 'gone',
  costly: true,
  routes: [v3One('/api/v3/tasks/metrics/{task_id}/journal', 'taskJournal')],
})

export const agentTaskJournals = defineStream({
  name: 'agent_task_journals',
  primaryKey: ['id'],
  parent: { stream: 'agents', field: 'id', as: 'agent_id', stamp: 'agent_id' },
  absence: 'gone',
  costly: true,
  routes: [v3One('/api/v3/tasks/metrics/agent/{agent_id}/journal', 'agentInteractions')],
})

/** The answer's `items` is data of one record, no envelope. */
export const agentTaskDurations = defineStream({
  name: 'agent_task_durations',
  primaryKey: ['agent_id'],
  parent: { stream: 'agents', field: 'id', as: 'agent_id', stamp: 'agent_id' },
  absence: 'gone',
  costly: true,
  routes: [v3One('/api/v3/tasks/metrics/agent/{agent_id}/interactions', 'agentInteractionDuration')],
})

/** Counts of tasks over time, one record for each point; points without tasks are left out by the API. */
export const taskUsage = defineStream({
  name: 'task_usage',
  primaryKey: ['type', 'start', 'end'],
  incremental: byInterval(),
  explode: pointsOf,
  adapt: perInterval,
  routes: [
    v3One('/api/v3/tasks/usage', 'taskUsage', {
      window: { from: 'start', to: 'end', format: 'iso' },
      query: { rate: '1d' },
    }),
  ],
})

const RATE_MS: Readonly<Record<string, number>> = { '60s': 60_000, '1h': 3_600_000, '1d': 86_400_000 }

/** One record for each point of a series, with the span that it covers in place of the series'. */
function pointsOf(series: JsonObject): readonly JsonObject[] {
  const { timeseries } = series
  if (!isList(timeseries))
    throw systemError(`Babelforce answered the usage of tasks without its list of points.`)
  const points = timeseries.filter(isObject)
  return points.map(point => {
    const start = momentOf(point['at']) ?? Number.NaN
    const end = start + (RATE_MS[String(series['rate'])] ?? 0)
    return { ...without(series, ['timeseries']), ...point, start: iso(start), end: iso(end) }
  })
}

function iso(ms: number): string | null {
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
