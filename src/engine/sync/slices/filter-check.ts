import { DAY_MS, SECOND_MS } from '../../../durations.ts'
import { tryFilter } from '../../evidence/trials/filter-trial.ts'
import { type PageSpec, requestedSpan } from '../../fetch/request.ts'
import type { FirstPage } from '../../fetch/served-route.ts'
import type { Slice } from '../../stream/context.ts'
import type { Span } from '../../time/spans.ts'
import type { SliceContext } from '../job/slice-context.ts'

/** Finds out whether there is a filter by time at all, where windows are asked for so much wider that no row can tell. */
export interface FilterCheck {
  /** Whether rows of all times come for a time in which there were none: well before `earliestMs`. Asked once, by one request;
   *  what is refused or fails is no sign that there is no filter. */
  isIgnored(earliestMs: number): Promise<boolean>
}

/** So far before the earliest row that even a filter that is off by a day does not reach it. */
const BEFORE_MS = 4 * DAY_MS

/** The check for one timeline, whose windows are `shortestMs` long at least. */
export function createFilterCheck(
  { readFirst }: Pick<SliceContext, 'readFirst'>,
  partition: Slice,
  shortestMs: number,
): FilterCheck {
  let answer: Promise<boolean> | undefined
  const look = (earliestMs: number) => {
    const from = earliestMs - BEFORE_MS
    const window = { from, to: from + shortestMs }
    return readFirst({ ...partition, window }).then(
      first => typeof first !== 'string' && isOfAllTimes(first, window),
      () => false,
    )
  }
  return {
    isIgnored(earliestMs) {
      answer ??= look(earliestMs)
      return answer
    },
  }
}

/** The time of which rows may be that were asked for a window: where moments are written in coarse steps, they may lie a step
 *  outside. */
export function askedFor({ def, route, marginMs }: PageSpec, window: Span): Span {
  const { from, to } = requestedSpan(window, def, route, marginMs)
  const stepMs = route.window !== undefined && 'widen' in route.window ? route.window.stepMs : 0
  const coarseMs = stepMs > SECOND_MS ? stepMs : 0
  return { from: from - coarseMs, to: to + coarseMs }
}

function isOfAllTimes({ page, spec }: FirstPage, window: Span): boolean {
  const { def, marginMs = 0 } = spec
  const finding = tryFilter(page.rows, def.incremental?.field ?? '', askedFor(spec, window), marginMs)
  page.release?.()
  return finding === 'unfiltered'
}
