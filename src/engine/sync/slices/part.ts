import { received } from '../../evidence/verdict.ts'
import type { Slice } from '../../stream/context.ts'
import type { StrategyInput } from '../job/job.ts'
import { conclude, passOverGone, type Settle } from './conclude.ts'
import { readSlice, type SliceEvidence } from './slice.ts'

/** Reads a part that is asked for as a whole: of a parent, of an interval, or all there is. `settle` is told the verdict.
 *  Resolves to what was found; undefined where the part could not be read, or there is nothing to read. */
export async function readPart(
  input: StrategyInput,
  slice: Slice,
  settle: Settle,
): Promise<SliceEvidence | undefined> {
  const { context, evidence } = input
  try {
    const first = await context.readFirst(slice)
    if (first === 'absent') settle(received('nothing there'))
    if (first === 'gone') passOverGone(input, settle)
    if (typeof first === 'string') return undefined
    const found = await readSlice(context, slice, first)
    evidence.worked()
    conclude(input, { slice, route: first.spec.route, found }, verdict => settle(verdict, found.walk.dateMs))
    return found
  } catch (error) {
    settle(evidence.failed(error))
    return undefined
  }
}
