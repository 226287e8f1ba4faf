import type { Row, Rows } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'
import type { World } from '../view.ts'
import { planTask, stepsBy, type TaskPlan } from './tasks.ts'

/** How long a point of a time series lasts, in ms, by its name on the wire. */
export const rates = { '60s': 60_000, '1h': 3_600_000, '1d': DAY_MS } as const

/** What a time series covers: tasks created in [from, to), in unix ms, of one type or of all. */
export interface UsageQuery {
  readonly from: number
  readonly to: number
  readonly rate: keyof typeof rates
  readonly type: string
}

/** The type under which tasks of all types are counted; its name is this simulator's choice. */
export const ALL_TYPES = 'all'

/** Counts of tasks over time, newest first. Points start at multiples of the rate; those without tasks are left out,
 *  and so is an error count of zero. */
export function taskUsage(world: World, query: UsageQuery): Row {
  const { from, to, rate, type } = query
  const step = rates[rate]
  const byPoint = Map.groupBy(plansIn(world, query), plan => Math.floor(plan.created / step) * step)
  const points = [...byPoint].toSorted(([a], [b]) => b - a)
  return {
    type,
    start: isoTime(from),
    end: isoTime(to),
    rate,
    timeseries: points.map(([at, plans]) => pointOf(at, plans, world.now())),
  }
}

/** The days on which tasks were created, newest first, as {type, start, end}. */
export function usageDays(world: World): Rows {
  const to = world.now() + 1
  const usage = taskUsage(world, { from: 0, to, rate: '1d', type: ALL_TYPES })
  const points = usage['timeseries'] as readonly { readonly at: string }[]
  const rowOf = (at: string) => ({ type: ALL_TYPES, start: at, end: isoTime(Date.parse(at) + rates['1d']) })
  return { count: points.length, at: place => rowOf(points[place]?.at ?? '') }
}

function plansIn(world: World, { from, to, type }: UsageQuery): readonly TaskPlan[] {
  const plans = Array.from({ length: world.size('tasks') }, (_, index) => planTask(world.facts, index))
  const isOfType = (plan: TaskPlan) => type === ALL_TYPES || plan.type === type
  const isCreated = ({ created }: TaskPlan) => created >= from && created < to && created <= world.now()
  return plans.filter(plan => isCreated(plan) && isOfType(plan))
}

function pointOf(at: number, plans: readonly TaskPlan[], now: number): Row {
  const errors = plans.filter(plan => stepsBy(plan, now).at(-1)?.state === 'Failed').length
  return { at: isoTime(at), tasks: plans.length, ...(errors > 0 ? { errors_per_task: errors } : {}) }
}
