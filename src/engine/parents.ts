import { systemError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import { createChoice } from './choice.ts'
import type { StreamDef } from './define.ts'
import type { Engine, Slice } from './engine.ts'
import { each } from './pool.ts'
import { emptyTally } from './sieve.ts'
import { readSlice } from './slice.ts'

/** One slice for each parent record of a child stream, in the order in which the parents came. */
export type ParentSlices = (child: StreamDef) => Promise<readonly Slice[]>

type Find = (name: string) => StreamDef | undefined

/** Reads parents' ids, each parent stream once a run however many children it has. Only ids are kept. */
export function createParents(find: Find, engine: Engine): ParentSlices {
  const known = new Map<string, Promise<readonly string[]>>()
  const idsOf = (def: StreamDef, field: string) => {
    const key = `${def.name}.${field}`
    const ids = known.get(key) ?? readIds(def, field, engine, slicesOf)
    known.set(key, ids)
    return ids
  }
  const slicesOf: ParentSlices = async child => {
    const { parent } = child
    if (parent === undefined) return [{}]
    const def = find(parent.stream)
    if (def === undefined)
      throw systemError(`${child.name} has a parent that does not exist: ${parent.stream}.`)
    return (await idsOf(def, parent.field)).map(id => ({ parent: { [parent.as]: id } }))
  }
  return slicesOf
}

async function readIds(
  def: StreamDef,
  field: string,
  engine: Engine,
  slicesOf: ParentSlices,
): Promise<string[]> {
  const ids = new Set<string>()
  const collect = async (records: readonly JsonObject[]) => {
    for (const record of records) {
      const id = record[field]
      if (id !== undefined && id !== null) ids.add(String(id))
    }
  }
  const reading = { def, engine, bounds: undefined, edges: new Map(), tally: emptyTally(), sink: collect }
  const readFirst = createChoice(def, engine, () => undefined)
  await each(await slicesOf(def), engine.settings.concurrency, async slice => {
    const first = await readFirst(slice)
    if (first !== undefined) await readSlice(reading, slice, first)
  })
  return [...ids]
}
