import type { Facts } from '../ground/facts.ts'
import { queueBrief } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { draws } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { agentGroupAt, GROUPS } from '../people/agents.ts'
import { TRIGGERS, triggerAt } from './rules.ts'

/** How many selections a world has: two per queue, and one whose queue is gone. */
export function selectionsIn(facts: Facts): number {
  return facts.sizes.queues * 2 + 1
}

/** Selection `index` with its members. */
export function selectionAt(facts: Facts, index: number): Row {
  const queue = Math.floor(index / 2)
  const orphan = queue >= facts.sizes.queues
  const { id: triggerId, name } = triggerAt(facts, index % TRIGGERS)
  return {
    id: idOf(facts.seed, 'queue_selections', index),
    ...(index % 5 === 3 ? {} : { label: `Ebene ${(index % 2) + 1}` }),
    priority: index % 7,
    enabled: index % 6 !== 5,
    queue: orphan ? null : { ...queueBrief(facts.seed, queue), enabled: true },
    trigger: index % 3 === 0 ? { id: triggerId, name } : null,
    ...membersAt(facts, index),
  }
}

function membersAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'selection', index)
  const agents = facts.staff.slice(0, 3).filter((_, at) => (at + index) % 3 === 0)
  const { id, name } = agentGroupAt(facts, Math.floor(draw() * GROUPS))
  return {
    tags: index % 4 === 0 ? [{ id: idOf(facts.seed, 'selection_tags', index), tag: 'german' }] : [],
    groups: index % 2 === 0 ? [{ id, name }] : [],
    agents,
  }
}
