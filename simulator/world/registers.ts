import { agentAt } from './agents.ts'
import type { Facts } from './facts.ts'
import { idOf, indexOf } from './ids.ts'
import { leadAt, leadKind, leadsIn, listAt } from './outbound.ts'
import { queueAt } from './queues.ts'
import { joinRows, type Row, type Rows } from './rows.ts'
import { MANAGERS, userAt } from './users.ts'
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
  outbound_lists: {
    size: facts => facts.sizes.lists,
    make: (facts, index, world) => listAt(facts, index, leadsNow(world, index)),
  },
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
  const index = indexOf(world.facts.seed, stream, id)
  if (index === undefined || index >= world.size(stream)) return undefined
  return registers[stream]?.make(world.facts, index, world)
}

/** The leads of the list with this id, newest first; undefined when there is no such list. */
export function leadsOfList(world: World, listId: string): Rows | undefined {
  const list = indexOf(world.facts.seed, 'outbound_lists', listId)
  if (list === undefined || list >= world.size('outbound_lists')) return undefined
  return leadsOf(world, list)
}

/** The leads of every list that is there now. */
export function allLeads(world: World): Rows {
  return joinRows(Array.from({ length: world.size('outbound_lists') }, (_, list) => leadsOf(world, list)))
}

function leadsOf(world: World, list: number): Rows {
  const { facts } = world
  const count = leadsNow(world, list)
  return {
    count,
    at: place => leadAt(facts, list, count - 1 - place),
    idAt: place => idOf(facts.seed, leadKind(list), count - 1 - place),
  }
}

// Lists beyond the first two grow together; the first stays empty and the second keeps its one lead.
function leadsNow(world: World, list: number): number {
  return list < 2 ? leadsIn(world.facts, list) : world.size('outbound_leads')
}
