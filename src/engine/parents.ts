import { systemError } from '../errors.ts'
import { createChoice } from './choice.ts'
import type { StreamDef } from './define.ts'
import { each } from './each.ts'
import type { Engine, Slice } from './engine.ts'
import { watchedBy } from './form.ts'
import { fieldOf } from './page.ts'
import { emptyTally, type Kept } from './sieve.ts'
import { readSlice } from './slice.ts'

/** One slice for each parent record of a child stream, in the order in which the parents came; one slice for all where
 *  there is no parent. */
export type ParentSlices = (child: StreamDef) => Promise<readonly Slice[]>

type Find = (name: string) => StreamDef | undefined

/** Reads parents' ids, each parent stream once a run however many children it has. Only ids are kept. Where the config
 *  names ids, those are taken, and the parent is not read. */
export function createParents(find: Find, engine: Engine): ParentSlices {
  const known = new Map<string, Promise<readonly string[]>>()
  const idsOf = (name: string, field: string): Promise<readonly string[]> => {
    const def = find(name)
    if (def === undefined) throw systemError(`A stream has a parent that does not exist: ${name}.`)
    const key = `${name}.${field}`
    const ids = known.get(key) ?? readIds(def, field, engine, slicesOf)
    known.set(key, ids)
    return ids
  }
  const slicesOf: ParentSlices = async child => {
    const parent = child.scopes === true ? scopeOf(engine) : child.parent
    if (parent === undefined) return [{}]
    const given = engine.settings.ids[parent.ids ?? ''] ?? []
    const ids = given.length > 0 ? given : await idsOf(parent.stream, parent.field)
    return ids.map(id => ({ parent: { [parent.as]: id } }))
  }
  return child => (child.scopes === true ? scopeSlices(child, engine, slicesOf) : slicesOf(child))
}

/** The agent or queue that a metric is narrowed to, or all of them where the config splits by them. */
async function scopeSlices(
  child: StreamDef,
  engine: Engine,
  slicesOf: ParentSlices,
): Promise<readonly Slice[]> {
  const { agent_id, queue_id } = engine.settings.filters
  const { by } = engine.settings.metrics
  const fixed = {
    ...(agent_id === undefined ? {} : { agent_id }),
    ...(queue_id === undefined ? {} : { queue_id }),
  }
  if (by === 'none' || `${by}_id` in fixed) return [{ parent: fixed }]
  return (await slicesOf(child)).map(slice => ({ parent: { ...fixed, ...slice.parent } }))
}

function scopeOf({ settings }: Engine): StreamDef['parent'] {
  const { by } = settings.metrics
  return by === 'none' ? undefined : { stream: `${by}s`, field: 'id', as: `${by}_id` }
}

/** Takes the ids out of records, into a set. */
export function collectIds(
  def: StreamDef,
  field: string,
  ids: Set<string>,
): (records: readonly Kept[]) => Promise<void> {
  const watched = watchedBy(def)
  return async records => {
    for (const record of records) {
      const id = fieldOf(record, field, watched)
      if (id !== undefined && id !== null) ids.add(String(id))
    }
  }
}

async function readIds(
  def: StreamDef,
  field: string,
  engine: Engine,
  slicesOf: ParentSlices,
): Promise<string[]> {
  const ids = new Set<string>()
  const sink = collectIds(def, field, ids)
  const readFirst = createChoice(def, engine, () => undefined)
  const reading = { def, engine, readFirst, bounds: undefined, edges: new Map(), tally: emptyTally(), sink }
  await each(await slicesOf(def), engine.settings.concurrency, async slice => {
    const first = await readFirst(slice)
    if (first !== undefined) await readSlice(reading, slice, first)
  })
  return [...ids]
}
