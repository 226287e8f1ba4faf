import { idOf } from '../ground/ids.ts'
import { joinRows, type Rows } from '../ground/rows.ts'
import { indexInRegister } from '../lookups.ts'
import type { World } from '../view.ts'
import { leadAt, leadKind, leadsIn } from './outbound.ts'

/** The leads of the list with this id, newest first; undefined when that list does not exist. */
export function leadsOfList(world: World, listId: string): Rows | undefined {
  const list = indexInRegister(world, 'outbound_lists', listId)
  return list === undefined ? undefined : leadsOf(world, list)
}

/** The leads of every list that exists now. */
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
