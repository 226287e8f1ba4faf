import { accountRegisters, flowRegisters, workRegisters } from './area-registers.ts'
import { leadAt, leadKind, leadsIn, listAt } from './dialler/outbound.ts'
import type { Facts } from './ground/facts.ts'
import { idOf, indexOf } from './ground/ids.ts'
import { joinRows, type Row, type Rows } from './ground/rows.ts'
import { agentAt } from './people/agents.ts'
import { queueAt } from './people/queues.ts'
import { MANAGERS, userAt } from './people/users.ts'
import { SCHEDULES, scheduleAt } from './tasks/schedules.ts'
import { taskAt, tasksIn } from './tasks/tasks.ts'
import type { World } from './world.ts'

/** A kind of record that is simply numbered: how many there are at the start, and what number `index` is. */
export interface Register {
  readonly size: (facts: Facts) => number
  readonly make: (facts: Facts, index: number, world: World) => Row
}

/** Every register by its stream's name. A new simple stream is one line here and one route. */
export const registers: Readonly<Record<string, Register>> = {
  agents: { size: facts => facts.sizes.agents, make: agentAt },
  queues: { size: facts => facts.sizes.queues, make: queueAt },
  users: { size: facts => facts.sizes.agents + MANAGERS, make: userAt },
  tasks: { size: tasksIn, make: taskAt },
  task_schedules: { size: () => SCHEDULES, make: scheduleAt },
  outbound_lists: {
    size: facts => facts.sizes.lists,
    make: (facts, index, world) => listAt(facts, index, leadsNow(world, index)),
  },
  ...flowRegisters,
  ...workRegisters,
  ...accountRegisters,
}

/** The records of a register as they are now, newest (highest number) first. */
export function registerRows(world: World, stream: string): Rows {
  const register = registers[stream]
  const count = world.size(stream)
  const { facts } = world
  return {
    count,
    at: place => register?.make(facts, count - 1 - place, world) ?? {},
    idAt: place => idOf(facts.seed, stream, count - 1 - place),
  }
}

/** The record of a register with this id, if it is there now. */
export function findInRegister(world: World, stream: string, id: string): Row | undefined {
  const index = indexInRegister(world, stream, id)
  return index === undefined ? undefined : registers[stream]?.make(world.facts, index, world)
}

/** The number of a register's record with this id, if it is there now. */
export function indexInRegister(world: World, stream: string, id: string): number | undefined {
  const index = indexOf(world.facts.seed, stream, id)
  return index === undefined || index >= world.size(stream) ? undefined : index
}

/** The leads of the list with this id, newest first; undefined when there is no such list. */
export function leadsOfList(world: World, listId: string): Rows | undefined {
  const list = indexInRegister(world, 'outbound_lists', listId)
  return list === undefined ? undefined : leadsOf(world, list)
}

/** The leads of every list that is there now. */
export function allLeads(world: World): Rows {
  return joinRows(Array.from({ length: world.size('outbound_lists') }, (_, list) => leadsOf(world, list)))
}

/** The leads of list `list`, newest first. */
export function leadsOf(world: World, list: number): Rows {
  const { facts } = world
  const count = leadsNow(world, list)
  return {
    count,
    at: place => leadAt(facts, list, count - 1 - place),
    idAt: place => idOf(facts.seed, leadKind(list), count - 1 - place),
  }
}

/** How many leads a list holds now. Lists beyond the first two grow together; the first stays empty and the
 *  second keeps its one lead. */
export function leadsNow(world: World, list: number): number {
  return list < 2 ? leadsIn(world.facts, list) : world.size('outbound_leads')
}
