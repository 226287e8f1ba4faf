import { SECOND_MS } from '../../../durations.ts'
import { extentOf, momentsIn } from '../../evidence/trials/filter-trial.ts'
import { SAFE_SIZE } from '../../evidence/trials/size-trial.ts'
import type { FirstPage } from '../../fetch/served-route.ts'
import { lengthOf, type Span } from '../../time/spans.ts'

/** How many records a window holds, by its first page: what the API says, unless its own page denies it or `isTrusted` is
 *  false; else an estimate from how densely the page lies. `fullest` is how many records a page of the route has held at most:
 *  a page with fewer is the whole list, whatever is claimed. */
export function rowsIn(
  { page, spec }: FirstPage,
  window: Span,
  fullest: number,
  isTrusted: (claim: number) => boolean,
): number {
  const { rows, total, pages, max } = page.facts
  const isShort = rows < Math.min(spec.pageSize, SAFE_SIZE)
  if (isShort && (total === undefined || rows < fullest || rows === 0)) return rows
  const claim = total ?? (pages === undefined ? undefined : pages * (max ?? rows))
  if (claim !== undefined && isTrusted(claim)) return claim
  const extent = extentOf(momentsIn(page.rows, spec.def.incremental?.field ?? ''))
  if (extent === undefined) return rows
  const covered = Math.max(SECOND_MS, lengthOf(extent))
  return Math.max(rows, Math.round((rows * (window.to - window.from)) / covered))
}
