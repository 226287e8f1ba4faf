import { idOf, indexOf } from './ground/ids.ts'
import type { Row, Rows } from './ground/rows.ts'
import type { World } from './view.ts'

/** The records of a register as they are now, newest (highest number) first. */
export function registerRows(world: World, stream: string): Rows {
  const register = world.registers[stream]
  const count = world.size(stream)
  const { facts } = world
  return {
    count,
    at: place => register?.make(facts, count - 1 - place, world) ?? {},
    idAt: place => idOf(facts.seed, stream, count - 1 - place),
  }
}

/** The record of a register with this id, if it exists now. */
export function findInRegister(world: World, stream: string, id: string): Row | undefined {
  const index = indexInRegister(world, stream, id)
  return index === undefined ? undefined : world.registers[stream]?.make(world.facts, index, world)
}

/** The number of a register's record with this id, if it exists now. */
export function indexInRegister(world: World, stream: string, id: string): number | undefined {
  const index = indexOf(world.facts.seed, stream, id)
  return index === undefined || index >= world.size(stream) ? undefined : index
}
