import { ConnectorError } from '../../errors.ts'
import { isNoContainer, type Page } from '../fetch/extract.ts'
import { fetchPage } from '../fetch/fetch-page.ts'
import { createRepeatCheck, createShiftCheck } from '../fetch/repeats.ts'
import type { FirstPage, ReadFirst } from '../fetch/served-route.ts'
import type { Engine, Slice } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { Place } from '../stream/paginators.ts'

/** How a slice is looked at. */
export interface Looking {
  readonly def: StreamDef
  readonly engine: Engine
  readonly readFirst: ReadFirst
  /** Whether the second page is asked for too. */
  readonly isDeep: boolean
}

/** The first page of a slice; and of a list whose paging a person described the second, where there may be one. */
export async function pagesOf(
  slice: Slice,
  { def, engine, readFirst, isDeep }: Looking,
): Promise<readonly (FirstPage | 'gone')[]> {
  const first = await readFirst(slice)
  if (typeof first === 'string') return first === 'gone' ? [first] : []
  const next = isDeep ? placeAfter(first) : undefined
  if (next === undefined) return [first]
  const isRepeat = createRepeatCheck()
  isRepeat(first.page)
  const isShifted = createShiftCheck()
  isShifted(first.page, 0)
  const second = await fetchPage(first.spec, next, engine).catch(unlessMistaken)
  if (second === undefined || isNoContainer(second)) return [first]
  refuseLoop(first, next, second)
  if (first.spec.route.paginate.kind === 'page' && isShifted(second, 1)) throw def.mistakes?.shifted()
  const { rows } = first.page.facts
  const isChained = next.named !== undefined
  const mistake =
    (!isChained || second.print !== undefined) && isRepeat(second)
      ? def.mistakes?.samePage(rows, isChained ? rows : first.spec.pageSize)
      : undefined
  if (mistake !== undefined) throw mistake
  return [first, { ...first, page: second }]
}

/** Nothing, where a page was refused or failed; throws what the user must change. */
function unlessMistaken(error: unknown): undefined {
  if (error instanceof ConnectorError && error.failure === 'config_error' && error.status === undefined)
    throw error
}

function refuseLoop({ spec: { def, route } }: FirstPage, place: Place, { facts }: Page): void {
  const { paginate } = route
  const after = 'place' in paginate ? undefined : paginate.next(place, facts, facts.rows)
  if (after?.named !== undefined && after.named === place.named && def.mistakes !== undefined)
    throw def.mistakes.samePlace(after.named)
}

function placeAfter({ spec, page: { facts } }: FirstPage) {
  const { paginate } = spec.route
  const { mistakes } = spec.def
  if (mistakes === undefined) return undefined
  if (!('place' in paginate)) return paginate.next(paginate.first, facts, facts.rows)
  return mistakes.samePage(facts.rows, spec.pageSize) === undefined
    ? undefined
    : paginate.place(1, facts.rows)
}
