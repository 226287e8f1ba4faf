import { concurrently } from '../../concurrency.ts'
import { systemError } from '../../errors.ts'
import { createServedRoute } from '../fetch/served-route.ts'
import { shareKeys } from '../records/duplicates.ts'
import { emptyTally } from '../records/tally.ts'
import type { Strategy, StrategyInput } from './job/job.ts'
import { askableBy, collectIds } from './job/parent-ids.ts'
import type { SliceContext } from './job/slice-context.ts'
import type { ReadWindow } from './slices/needs.ts'
import { readPart } from './slices/part.ts'
import { readSlice } from './slices/slice.ts'
import { readTimeline } from './timeline.ts'

/** Reads a stream whose records the server filters by time, window by window. */
export const readWindowed: Strategy = input =>
  readTimeline({ input, partition: {}, width: input.context.engine.settings.concurrency })

/** Reads a stream that follows its parent's time: the parent's windows, with one request for each record in them. A window is
 *  received when its parents and all their parts are. What is left out of the parent's records is not reported as the
 *  child's. */
export const readThroughParent: Strategy = async input => {
  const { def, engine, routes } = input.context
  const parent = def.parent === undefined ? undefined : input.find(def.parent.stream)
  if (parent === undefined || def.parent === undefined)
    throw systemError(`${def.name} has a parent that does not exist.`)
  const context: SliceContext = {
    ...input.context,
    def: parent,
    readFirst: createServedRoute(parent, engine, routes),
    keys: shareKeys(),
    tally: emptyTally(),
    fitKey: askableBy(def.parent.field),
    sink: async () => undefined,
  }
  const width = engine.settings.concurrency
  await readTimeline({ input: { ...input, context }, partition: {}, width, read: partsOf(input, def.parent) })
}

/** Reads a window of the parent's, and the part of each of its records. */
function partsOf(
  input: StrategyInput,
  { field, as }: { readonly field: string; readonly as: string },
): ReadWindow {
  const { engine } = input.context
  return async (context, slice, first, alsoNeeds) => {
    const ids = new Set<string>()
    const { narrow = sink => sink } = context
    const found = await readSlice({ ...context, sink: narrow(collectIds(field, ids)) }, slice, first)
    await concurrently([...ids], engine.settings.concurrency, async id => {
      if (!input.evidence.isHopeless()) await readPart(input, { parent: { [as]: id } }, alsoNeeds())
    })
    return found
  }
}
