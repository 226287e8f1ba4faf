import type { AgentBrief, Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { phoneNumber } from '../ground/names.ts'
import { between, chance, type Draw, draws, pick, skewed } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { DAY_MS } from '../ground/time.ts'
import type { World } from '../view.ts'

const TASKS_A_DAY = 10
const MINUTE_MS = 60_000

/** The types that tasks have. */
export const taskTypes = [
  'babelforce.call.inbound',
  'babelforce.sms.inbound',
  'email.reply',
  'crm-sync',
] as const

// The three documented ways to write scheduled_at; undefined means the time in ms.
const delays = [
  { minutes: 0, says: 'now' },
  { minutes: 0, says: 'now' },
  { minutes: 5, says: undefined },
  { minutes: 90, says: 'in 1h 30min' },
  { minutes: 1560, says: 'in 1d 2h' },
] as const

const work = ['Selecting', 'Accepted', 'Assigned', 'Processing'] as const

/** A state that a task enters, and when, in unix ms. */
interface TaskStep {
  readonly state: string
  readonly at: number
}

/** What becomes of a task, with times in unix ms. */
export interface TaskPlan {
  readonly id: string
  readonly type: string
  readonly created: number
  /** When it is to begin, and how the record writes that. */
  readonly scheduled: number
  readonly schedule: string
  readonly agent: AgentBrief | undefined
  /** Oldest first; those in the future are still to come. */
  readonly steps: readonly TaskStep[]
}

/** How many tasks a world starts with. */
export function tasksIn(facts: Facts): number {
  return facts.days * TASKS_A_DAY
}

/** What becomes of task `index`; higher numbers are never created earlier. Agents take tasks in turn. */
export function planTask(facts: Facts, index: number): TaskPlan {
  const draw = draws(facts.seed, 'task', index)
  const age = ((tasksIn(facts) - index - draw()) * DAY_MS) / TASKS_A_DAY
  const created = facts.startedAt - Math.max(0, Math.floor(age))
  const type = pick(draw, taskTypes)
  const delay = pick(draw, delays)
  const scheduled = created + delay.minutes * MINUTE_MS
  return {
    id: idOf(facts.seed, 'tasks', index),
    type,
    created,
    scheduled,
    schedule: delay.says ?? String(scheduled),
    agent: facts.staff[index % facts.staff.length],
    steps: stepsOf(draw, created, scheduled),
  }
}

/** The steps that a task has taken by `now`: at least the first. */
export function stepsBy(plan: TaskPlan, now: number): readonly TaskStep[] {
  return plan.steps.filter((step, at) => at === 0 || step.at <= now)
}

/** Task `index` as it looks now. Its agent is unknown until one has accepted it. */
export function taskAt(facts: Facts, index: number, world: World): Row {
  const plan = planTask(facts, index)
  const states = stepsBy(plan, world.now()).map(step => step.state)
  const draw = draws(facts.seed, 'task-record', index)
  return {
    id: plan.id,
    type: plan.type,
    state: states.at(-1),
    created_at: plan.created,
    scheduled_at: plan.schedule,
    customer_id: idOf(facts.seed, 'accounts', 0),
    ...partiesOf(facts, index, states.includes('Accepted') ? plan.agent : undefined),
    body: bodyOf(draw),
    ...settingsOf(draw),
    ...(states.includes('Failed') ? { has_error: true } : {}),
  }
}

function stepsOf(draw: Draw, created: number, scheduled: number): readonly TaskStep[] {
  let at = scheduled
  return courseFor(draw()).map((state, place) => {
    if (place === 0) return { state, at: created }
    at += 1000 + skewed(draw, 90, 3600) * 1000
    return { state, at }
  })
}

function courseFor(roll: number): readonly string[] {
  if (roll < 0.7) return ['Scheduled', ...work, 'Completed']
  if (roll < 0.8) return ['Scheduled', 'Selecting', 'Rejected', 'Rescheduled', ...work, 'Completed']
  if (roll < 0.86) return ['Scheduled', ...work, 'Failed']
  return roll < 0.92 ? ['Scheduled', 'Canceled'] : ['Scheduled', ...work, 'Pending']
}

function partiesOf(facts: Facts, index: number, agent: AgentBrief | undefined): Row {
  const queue = facts.lines[index % facts.lines.length]
  const { calls } = facts.sizes
  return {
    ...(queue ? { queue_id: queue.id } : {}),
    ...(calls > 0 ? { session_id: idOf(facts.seed, 'conversations', index % calls) } : {}),
    ...(agent ? { agent_id: agent.id } : {}),
  }
}

function bodyOf(draw: Draw): Row {
  return {
    customer: phoneNumber(draw),
    subject: pick(draw, ['Rückruf', 'Invoice', 'Réclamation 📞', ''] as const),
    ...(chance(draw, 0.3) ? { amount: between(draw, -5_000, 90_000) / 100, notes: [null, 'naïve'] } : {}),
  }
}

function settingsOf(draw: Draw): Row {
  return {
    ...(chance(draw, 0.5)
      ? { actions: { on_accepted: [{ action_type: 'http', uuid: 'open-record' }] } }
      : {}),
    task_completion: { autoComplete: chance(draw, 0.5) },
    selection_settings: {
      enable: true,
      priority: between(draw, 0, 256),
      accept_timeout: 30_000,
      selection_engine: 'acd',
      acd_settings: { priority: 0.5, timeout: between(draw, 10, 60) },
    },
  }
}
