import { concurrently } from '../../concurrency.ts'
import { systemError } from '../../errors.ts'
import { createServedRoute, type FirstPage } from '../fetch/served-route.ts'
import { emptyTally } from '../records/tally.ts'
import type { Slice } from '../stream/context.ts'
import type { Strategy } from './job.ts'
import { collectIds } from './partitions.ts'
import { readPart, readSlice, type SliceContext } from './slice.ts'
import { readTimeline } from './timeline.ts'

/** Reads a stream whose records the server filters by time, window by window. */
export const readWindowed: Strategy = async ({ job, context, onProgress }) => {
  const width = context.engine.settings.concurrency
  await readTimeline({ context, width }, job.mode, job.progress, onProgress)
}

/** Reads a stream that follows its parent's time: the parent's windows, with one request for each record in them. What is
 *  left out of the parent's records is counted apart, and not reported as the child's. */
export const readThroughParent: Strategy = async ({ job, context, find, onProgress }) => {
  const { def, engine } = context
  const { parent } = def
  const parentDef = find(parent?.stream ?? '')
  if (parent === undefined || parentDef === undefined)
    throw systemError(`${def.name} has a parent that does not exist.`)
  const width = engine.settings.concurrency
  const ofParent: SliceContext = {
    def: parentDef,
    engine,
    readFirst: createServedRoute(parentDef, engine),
    bounds: context.bounds,
    edges: new Map(),
    tally: emptyTally(),
    sink: async () => undefined,
  }
  const work = async (windowed: SliceContext, slice: Slice, first: FirstPage) => {
    const ids = new Set<string>()
    await readSlice({ ...windowed, sink: collectIds(parent.field, ids) }, slice, first)
    await concurrently([...ids], width, id => readPart(context, { parent: { [parent.as]: id } }))
  }
  await readTimeline({ context: ofParent, width, work }, job.mode, job.progress, onProgress)
}
