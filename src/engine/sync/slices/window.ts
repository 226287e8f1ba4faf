import type { RouteMemory } from '../../evidence/route-facts.ts'
import { received } from '../../evidence/verdict.ts'
import type { FirstPage, NoFirstPage } from '../../fetch/served-route.ts'
import type { Slice } from '../../stream/context.ts'
import { type Span, spanText } from '../../time/spans.ts'
import type { StrategyInput } from '../job/job.ts'
import { conclude, passOverGone, type Settle } from './conclude.ts'
import { rowsIn } from './density.ts'
import type { FilterCheck } from './filter-check.ts'
import { isHalved, isUnfiltered } from './halving.ts'
import { fitsFilter, lacks, type MarginInput } from './margin.ts'
import { createNeeds, type Needs, type OwedNeeds, owedIn, type ReadWindow } from './needs.ts'
import type { Overload } from './overload.ts'
import { readSlice } from './slice.ts'

/** What reading a window is done with. */
export interface WindowReading extends MarginInput {
  /** The shortest window that can be asked for. */
  readonly shortestMs: number
  readonly overload: Overload
  readonly filter: FilterCheck
  /** What the records of windows needed that come again, in whatever parts. */
  readonly owed: OwedNeeds[]
  readonly read?: ReadWindow
}

/** What a window tells of those that are left: that the filter is ignored, that the partition is gone, or that the stream
 *  fails again and again. */
export type WindowEnd = 'next' | 'unfiltered' | 'gone' | 'hopeless'

/** Reads a window and comes to a verdict, unless it is returned to be asked for once more: in shorter windows, where it
 *  holds too much, or where its list breaks off or comes short. */
export async function readWindow(reading: WindowReading, window: Span): Promise<WindowEnd> {
  const { input, partition, windows } = reading
  const { evidence } = input
  const settle = settleFor(input, partition, window)
  try {
    const slice = { ...partition, window }
    const first = await firstOf(reading, slice)
    if (first === 'too much') return 'next'
    evidence.worked()
    if (first === 'gone') {
      // A timeline of a parent that is gone stays as it is.
      passOverGone(input)
      return first
    }
    if (first !== 'absent') return await readFrom(reading, slice, first, settle)
    settle(received('nothing there'))
    return 'next'
  } catch (error) {
    settle(evidence.failed(error))
    return evidence.isHopeless() ? 'hopeless' : 'next'
  } finally {
    windows.done(window)
  }
}

/** The first page of a window; or it was taken back, and comes again in shorter ones. */
async function firstOf(
  { input, overload }: WindowReading,
  slice: Slice & { readonly window: Span },
): Promise<FirstPage | NoFirstPage | 'too much'> {
  try {
    const first = await input.context.readFirst(slice)
    overload.worked(slice.window)
    return first
  } catch (error) {
    if (await overload.relieves(slice.window, error)) return 'too much'
    throw error
  }
}

/** Closes a window that was received, and counts one that stays open. */
function settleFor({ tracker, evidence, context }: StrategyInput, partition: Slice, window: Span) {
  return (verdict: Parameters<Settle>[0], dateMs = context.engine.apiNow()) => {
    if (verdict.received) tracker.receive(partition, window, dateMs)
    else evidence.open.add(verdict)
  }
}

async function readFrom(
  reading: WindowReading,
  slice: Slice & { readonly window: Span },
  first: FirstPage,
  settle: ReturnType<typeof settleFor>,
): Promise<WindowEnd> {
  const { input, windows, owed, read = readSlice } = reading
  const { window } = slice
  const { route } = first.spec
  const fits = fitsFilter(reading, window, first)
  const memory = input.context.routes.of(route)
  if (fits === 'unfiltered') return unfiltered(memory)
  if (fits === 'again') windows.give(window)
  if (fits === 'again') return 'next'
  if (isTooMuch(reading, window, first)) {
    input.context.engine.log.debug(
      () => `${input.job.def.name}: ${spanText(window)} holds much, so it is split.`,
    )
    return 'next'
  }
  const needs = createNeeds(owedIn(owed, window))
  const found = await read(input.context, slice, first, needs.add)
  const isNarrow = lacks(reading, first.spec, found)
  const isIgnored = await isUnfiltered(reading, { slice, route, found })
  if (isNarrow && !isIgnored) windows.give(window)
  if (isIgnored || isNarrow || isHalved(reading, { slice, route, found })) {
    owe(reading, window, needs)
    return isIgnored ? unfiltered(memory) : 'next'
  }
  reading.fitted.push(window)
  conclude(input, { slice, route, found }, needs.add())
  needs.whenAll(verdict => settle(verdict, found.walk.dateMs))
  return 'next'
}

/** Notes what was needed by records that are known when they come again. */
function owe({ read, owed }: WindowReading, window: Span, needs: Needs): void {
  if (read !== undefined) owed.push({ window, needs })
}

/** Notes that the filter is ignored. */
function unfiltered(route: RouteMemory): WindowEnd {
  route.sawNoFilter()
  return 'unfiltered'
}

/** Whether a window holds too much to be read at once. It was then taken back, and comes again in shorter ones. */
function isTooMuch({ input, windows }: WindowReading, window: Span, first: FirstPage): boolean {
  const { plans } = input.evidence
  const memory = input.context.routes.of(first.spec.route)
  const rows = rowsIn(first, window, memory.facts().fullest, claim => plans.isTrusted(window, claim))
  memory.sawPage(first.page.facts.rows)
  const isTaken = windows.weigh(window, rows)
  if (isTaken) plans.split(window, rows)
  return isTaken
}
