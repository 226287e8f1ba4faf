import { MINUTE_MS } from '../../../durations.ts'
import { tryFilter } from '../../evidence/trials/filter-trial.ts'
import type { PageSpec } from '../../fetch/request.ts'
import type { FirstPage } from '../../fetch/served-route.ts'
import type { Slice } from '../../stream/context.ts'
import type { Span } from '../../time/spans.ts'
import type { Windows } from '../../time/windows.ts'
import type { StrategyInput } from '../job/job.ts'
import { askedFor } from './filter-check.ts'
import type { SliceEvidence } from './slice.ts'

/** What finding out by how much the API's filter by time is off takes. */
export interface MarginInput {
  readonly input: StrategyInput
  readonly partition: Slice
  readonly windows: Windows
  /** Windows that were read, as far as the filter is known to be off. */
  readonly fitted: Span[]
  /** Windows, none of which overlaps another, whose only row was of another time. */
  readonly astray: Span[]
}

/** So many windows whose only row is of another time show that there is no filter. */
const MANY_ASTRAY = 3

/** Puts the API's filter on trial by the rows of a first page. Where it is off, the window is to be asked for again, and wider. */
export function fitsFilter(
  reading: MarginInput,
  window: Span,
  { page, spec }: FirstPage,
): 'fits' | 'again' | 'unfiltered' {
  const { def, route } = spec
  if (route.window === undefined) return 'unfiltered'
  const { marginMs } = reading.input.context.routes.of(route).facts()
  const finding = tryFilter(page.rows, def.incremental?.field ?? '', askedFor(spec, window), marginMs)
  if (finding === 'unfiltered' || (finding === 'astray' && isAstrayAgain(reading, window)))
    return 'unfiltered'
  if (finding === 'fits' || finding === 'astray') return isAskedTooNarrow(reading, spec) ? 'again' : 'fits'
  learn(reading, spec, finding.marginMs)
  return 'again'
}

/** Whether as many windows as are enough had a row of another time only. Those that overlap may share one that is misdated. */
function isAstrayAgain({ astray }: MarginInput, { from, to }: Span): boolean {
  if (!astray.some(one => one.from < to && from < one.to)) astray.push({ from, to })
  return astray.length >= MANY_ASTRAY
}

/** Whether a window that was read may lack something: its further pages show that the filter is off by more than was known, or
 *  another window did meanwhile. */
export function lacks(
  reading: MarginInput,
  spec: PageSpec,
  { marginMs }: Pick<SliceEvidence, 'marginMs'>,
): boolean {
  learn(reading, spec, marginMs)
  return isAskedTooNarrow(reading, spec)
}

function isAskedTooNarrow({ input }: MarginInput, { route, marginMs = 0 }: PageSpec): boolean {
  return marginMs < input.context.routes.of(route).facts().marginMs
}

function learn(reading: MarginInput, { def, route }: PageSpec, marginMs: number): void {
  const { routes, engine } = reading.input.context
  if (!routes.of(route).sawMargin(marginMs)) return
  giveOutermost(reading)
  engine.log.info(
    `${def.name}: the API's filter by time is off by up to ${Math.round(marginMs / MINUTE_MS)} minutes, so windows are ` +
      'asked for that much wider.',
  )
}

/** Has those windows read again, and wider, that have no other beside them: what is missing at an end that two have in common
 *  came with the other one. Until then they are as if they had not been read. */
function giveOutermost({ input, partition, fitted, windows }: MarginInput): void {
  const ends = new Set(fitted.map(({ to }) => to))
  const starts = new Set(fitted.map(({ from }) => from))
  for (const window of fitted.splice(0))
    if (!ends.has(window.from) || !starts.has(window.to)) {
      input.tracker.reopen(partition, window)
      windows.give(window)
    }
}
