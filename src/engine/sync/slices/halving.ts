import { lengthOf, type Span } from '../../time/spans.ts'
import type { Windows } from '../../time/windows.ts'
import type { StrategyInput } from '../job/job.ts'
import { isCapped, isShort, mayBeCapped, partitionOf, type ReadSlice } from './conclude.ts'
import type { FilterCheck } from './filter-check.ts'
import type { SliceEvidence } from './slice.ts'

/** What halving takes. */
interface HalvingInput {
  readonly input: StrategyInput
  readonly windows: Windows
  readonly filter: FilterCheck
}

/** A window that was read. */
type ReadWindow = ReadSlice & { readonly slice: { readonly window: Span } }

/** Whether every window gives the same, since there is no filter by time: looked into where windows are asked for wider than they
 *  are, so that no row can tell, and this one broke off, came short or is shorter than what it is asked for wider. */
export async function isUnfiltered({ input, filter }: HalvingInput, read: ReadWindow): Promise<boolean> {
  const { found, route, slice } = read
  const { marginMs } = input.context.routes.of(route).facts()
  const isNarrow = lengthOf(slice.window) < marginMs
  const isDoubtful = isNarrow || isCapped(found) || mayBeCapped(found) || isShort(found)
  if (marginMs === 0 || !isDoubtful || found.newestMs === undefined) return false
  const isIgnored = await filter.isIgnored(slice.window.from - marginMs)
  if (isIgnored) input.context.keys.given.push(found.given)
  return isIgnored
}

/** Whether a window was returned in halves: its list broke off, or it came short and is as long as any list of its route,
 *  so that it may have been cut. */
export function isHalved(
  { input, windows }: Pick<HalvingInput, 'input' | 'windows'>,
  read: ReadWindow,
): boolean {
  const { counts, shortages } = input.evidence
  const { slice, found } = read
  const { window } = slice
  counts.read(window, ownOf(found))
  const isDoubtful = isCapped(found) || mayBeCapped(found) || mayBeCut(input, read)
  const halves = isDoubtful && gainsByHalving(input, read) ? windows.halve(window) : []
  if (halves.length === 0) return false
  counts.halved(window, halves)
  input.context.keys.given.push(found.given)
  shortages.forget(partitionOf(slice), window)
  return true
}

/** What a window counts and gave without what it shares with its neighbours, of which the records that are missing are taken to
 *  hold as large a part as those that came: of many at one moment, each window beside it may give none of its own. */
function ownOf({ claim, distinct, beside }: SliceEvidence) {
  const came = distinct - beside
  const missing = (claim ?? distinct) - distinct
  const isShared = missing > 0 && distinct > 0
  return { came, claim: came + (isShared ? Math.round((missing * came) / distinct) : missing) }
}

/** Whether halves would be asked for in clearly less time: not where a filter that is off has windows asked for that much wider
 *  than they are. Where a list broke off or counts more than came, even a little less may help. */
function gainsByHalving(
  { context }: StrategyInput,
  { route, slice: { window }, found }: ReadWindow,
): boolean {
  const { marginMs } = context.routes.of(route).facts()
  const isKnownCut = isCapped(found) || isShort(found)
  return lengthOf(window) > (isKnownCut ? marginMs / SHORTEST_CUT : marginMs)
}

/** What part of the margin a window is not cut shorter than that is known to hold more than came. */
const SHORTEST_CUT = 16

/** Whether a list that came short of its count may have been cut, and the count is not known to be wrong. */
function mayBeCut({ context, evidence }: StrategyInput, { route, found }: ReadSlice): boolean {
  if (!isShort(found)) return false
  const memory = context.routes.of(route)
  const { engine, def } = context
  if (evidence.counts.isRefuted() && memory.sawSurplus('all'))
    engine.log.info(`${def.name}: what the API counts is not what a window holds, so its counts are ignored.`)
  if (memory.claimOf(found.walk.claim) === undefined) return false
  return found.walk.pages > 1 || (found.distinct > 0 && found.distinct >= memory.facts().fullest)
}
