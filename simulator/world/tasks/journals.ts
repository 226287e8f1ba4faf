import { indexOf } from '../ground/ids.ts'
import type { Row } from '../ground/rows.ts'
import type { World } from '../view.ts'
import { planTask, stepsBy, type TaskPlan } from './tasks.ts'

/** The states a task has been in, and how long it took to be accepted and to end, in ms. */
export function taskJournal(world: World, taskId: string): Row | undefined {
  const index = indexOf(world.facts.seed, 'tasks', taskId)
  if (index === undefined || index >= world.size('tasks')) return undefined
  const plan = planTask(world.facts, index)
  const steps = stepsBy(plan, world.now())
  const [accepted, last] = [steps.find(step => step.state === 'Accepted'), steps.at(-1)]
  const ended = last && ends.has(last.state) ? last : undefined
  return {
    id: plan.id,
    created_at: plan.created,
    scheduled_at: plan.scheduled,
    ...(accepted ? { accept_duration: accepted.at - plan.scheduled } : {}),
    ...(ended ? { total_duration: ended.at - plan.created } : {}),
    journal: steps.map(({ state, at }) => ({ state, meta: {}, at })),
  }
}

/** What an agent has done with tasks, oldest first; undefined when that agent does not exist. */
export function agentJournal(world: World, agentId: string): Row | undefined {
  const plans = tasksOf(world, agentId)
  if (!plans) return undefined
  const journal = plans.flatMap(plan => actionsIn(plan, world.now())).sort((a, b) => a.at - b.at)
  const counts = Map.groupBy(journal, entry => entry.agent_action)
  const frequency = [...counts].map(([action, entries]) => [action, entries.length])
  return { id: agentId, interaction_frequency: Object.fromEntries(frequency), journal }
}

/** How long an agent took, in ms, to accept and to complete each task; undefined when that agent does not exist. */
export function agentDurations(world: World, agentId: string): Row | undefined {
  const items = tasksOf(world, agentId)?.map(plan => durationsOf(plan, world.now()))
  const worked = items?.filter(({ durations }) => durations.length > 0)
  return worked && { agent_id: agentId, meta: [{ name: 'tasks', value: worked.length }], items: worked }
}

const ends: ReadonlySet<string> = new Set(['Completed', 'Canceled', 'Failed'])
const actions = { Accepted: 'Accept', Rejected: 'Reject', Completed: 'Complete' } as const

// Agents take tasks in turn, so an agent's are found without looking at the others'.
function tasksOf(world: World, agentId: string): readonly TaskPlan[] | undefined {
  const { seed, staff } = world.facts
  const agent = indexOf(seed, 'agents', agentId)
  if (agent === undefined || agent >= world.size('agents')) return undefined
  if (agent >= staff.length) return []
  const count = Math.max(0, Math.ceil((world.size('tasks') - agent) / staff.length))
  return Array.from({ length: count }, (_, turn) => planTask(world.facts, agent + turn * staff.length))
}

function actionsIn(plan: TaskPlan, now: number) {
  return stepsBy(plan, now).flatMap(({ state, at }) => {
    const agent_action = actions[state as keyof typeof actions]
    const reason = agent_action === 'Reject' ? { reason: 'nicht zuständig' } : {}
    return agent_action ? [{ at, agent_action, ...reason, task: plan.id }] : []
  })
}

function durationsOf(plan: TaskPlan, now: number) {
  const taken = actionsIn(plan, now)
  const accepted = taken.find(action => action.agent_action === 'Accept')?.at
  const completed = taken.find(action => action.agent_action === 'Complete')?.at
  const durations = [
    ...(accepted === undefined ? [] : [{ name: 'accept', value: accepted - plan.scheduled }]),
    ...(accepted === undefined || completed === undefined
      ? []
      : [{ name: 'complete', value: completed - accepted }]),
  ]
  return { task_id: plan.id, durations }
}
