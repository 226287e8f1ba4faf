import { concurrently } from '../../concurrency.ts'
import { systemError } from '../../errors.ts'
import { createServedRoute, type FirstPage } from '../fetch/served-route.ts'
import type { Slice } from '../stream/context.ts'
import type { StrategyInput } from './job.ts'
import { collectIds } from './partitions.ts'
import { readPart, readSlice, type SliceContext } from './slice.ts'
import { readTimeline, type Timed } from './timeline.ts'

/** Reads a stream whose records the server filters by time, window by window; or, for a stream that follows its parent's
 *  time, the parent's windows, with one request for each record in them. */
export async function readWindowed({ job, reading, find, onProgress }: StrategyInput): Promise<void> {
  const width = reading.engine.settings.concurrency
  const timed: Timed =
    job.def.incremental?.filter === 'parent' ? throughParent(reading, find, width) : { reading, width }
  await readTimeline(timed, job.mode, job.progress, onProgress)
}

function throughParent(child: SliceContext, find: StrategyInput['find'], width: number): Timed {
  const { def, engine } = child
  const { parent } = def
  const parentDef = find(parent?.stream ?? '')
  if (parent === undefined || parentDef === undefined)
    throw systemError(`${def.name} has a parent that does not exist.`)
  const readFirst = createServedRoute(parentDef, engine, () => undefined)
  const work = async (reading: SliceContext, slice: Slice, first: FirstPage) => {
    const ids = new Set<string>()
    await readSlice({ ...reading, sink: collectIds(parent.field, ids) }, slice, first)
    await concurrently([...ids], width, id => readPart(child, { parent: { [parent.as]: id } }))
  }
  return { reading: { ...child, def: parentDef, readFirst, edges: new Map() }, width, work }
}
