import { byPageSizeV3 } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { json, type Response, refuse } from '../response.ts'
import { bare } from '../routing/item.ts'
import { list } from '../routing/list.ts'
import type { Route, Scene } from '../routing/route.ts'
import { DAY_MS } from '../world/ground/time.ts'
import { registerRows } from '../world/lookups.ts'
import { agentDurations, agentJournal, taskJournal } from '../world/tasks/journals.ts'
import { SCHEDULES, scheduleAt } from '../world/tasks/schedules.ts'
import { taskAt, tasksIn, taskTypes } from '../world/tasks/tasks.ts'
import { ALL_TYPES, rates, taskUsage, usageDays } from '../world/tasks/usage.ts'
import type { World } from '../world/view.ts'

const everyTask = (world: World) => registerRows(world, 'tasks')
const everyAgent = (world: World) => registerRows(world, 'agents')
const get = { world: 'documented', method: 'GET', key: [], parameters: [] } as const

/** Task automation: /api/v3 in the documented world, one list of /api/v2 in the seed's. */
export const taskRoutes: readonly Route[] = [
  ...list({
    stream: 'tasks',
    documented: { path: '/api/v3/tasks', dialect: byPageSizeV3 },
    seed: { path: '/api/v2/tasks', dialect: byPageSize('tasks') },
    schema: 'task-automation.Task',
    size: tasksIn,
    make: taskAt,
  }),
  ...list({
    stream: 'task_schedules',
    documented: { path: '/api/v3/tasks/schedules', dialect: byPageSizeV3 },
    schema: 'task-schedule.TaskSchedule',
    size: () => SCHEDULES,
    make: scheduleAt,
    key: ['name'],
  }),
  bare({
    stream: 'task_journals',
    path: '/api/v3/tasks/metrics/{taskId}/journal',
    find: ({ world, request }) => taskJournal(world, request.params['taskId'] ?? ''),
    everything: everyTask,
  }),
  bare({
    stream: 'agent_task_journals',
    path: '/api/v3/tasks/metrics/agent/{agentId}/journal',
    find: ({ world, request }) => agentJournal(world, request.params['agentId'] ?? ''),
    everything: everyAgent,
  }),
  bare({
    stream: 'agent_task_durations',
    path: '/api/v3/tasks/metrics/agent/{agentId}/interactions',
    find: ({ world, request }) => agentDurations(world, request.params['agentId'] ?? ''),
    everything: agentsAsParents,
    key: ['agent_id'],
  }),
  {
    ...get,
    path: '/api/v3/tasks/usage',
    stream: 'task_usage',
    everything: usageDays,
    key: ['type', 'start', 'end'],
    parameters: ['type', 'start', 'end', 'rate'],
    respond: usageResponse,
  },
  { ...get, path: '/api/v3/tasks/usage/types', respond: () => json(taskTypes) },
]

function agentsAsParents(world: World) {
  const agents = everyAgent(world)
  return { count: agents.count, at: (place: number) => ({ agent_id: agents.idAt?.(place) }) }
}

function usageResponse({ request: { query }, world }: Scene): Response {
  const to = query.has('end') ? Date.parse(query.get('end') ?? '') : world.now()
  const from = query.has('start') ? Date.parse(query.get('start') ?? '') : to - DAY_MS
  if (Number.isNaN(to) || Number.isNaN(from)) return refuse(400, 'start and end must be ISO 8601 date-times')
  const rate = query.get('rate') ?? rateFor(to - from)
  if (!isRate(rate)) return refuse(400, `rate must be one of ${Object.keys(rates).join(', ')}`)
  return json(taskUsage(world, { from, to, rate, type: query.get('type') ?? ALL_TYPES }))
}

function isRate(text: string): text is keyof typeof rates {
  return Object.hasOwn(rates, text)
}

// The vendor documents an automatic rate without saying which; the only example shows minutes for a window of minutes.
function rateFor(ms: number): keyof typeof rates {
  if (ms <= rates['1h']) return '60s'
  return ms <= 7 * DAY_MS ? '1h' : '1d'
}
