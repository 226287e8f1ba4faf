import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { chance, draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { taskTypes } from './tasks.ts'

/** How many schedules a world has. */
export const SCHEDULES = 24

/** Schedule `index`: a record without an id, known by its name. */
export function scheduleAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'task-schedule', index)
  return {
    name: `${pick(draw, ['täglich', 'hourly', 'rappel', 'nightly'] as const)}-${index + 1}`,
    cron: pick(draw, ['0 2 * * *', '*/15 7-19 * * 1-5', '0 0 1 * *'] as const),
    customer_id: idOf(facts.seed, 'accounts', 0),
    task: { type: pick(draw, taskTypes), body: { note: 'von selbst' } },
    ...(chance(draw, 0.5)
      ? { template_id: idOf(facts.seed, 'task_templates', index), template_style: 'flat' }
      : {}),
    ...(chance(draw, 0.7) ? { timezone: 'Europe/Berlin' } : {}),
  }
}
