import { concurrentlyFrom } from '../../concurrency.ts'
import { systemError } from '../../errors.ts'
import type { ListEnd, Walk } from '../evidence/walk.ts'
import type { ChainedPaginator, NumberedPaginator, Place } from '../stream/paginators.ts'
import { endsEmpty } from './empty-page.ts'
import type { Page } from './extract.ts'
import { createFirstPageCheck } from './failed-page.ts'
import { createNewsCheck, createRepeatCheck, createShiftCheck } from './repeats.ts'
import type { PageSpec } from './request.ts'
import { type List, visit, visitLater, type Walking } from './visit.ts'
import { createWalkNotes } from './walk.ts'

/** Reads all pages of a slice, handing each to `take`. Pages that the list claims to have are read side by side and come in
 *  any order, but no claim ends a list: it ends with an empty page, or with one that is shorter than asked and than pages
 *  of this route can be, while nothing larger is claimed. `first` is the first page, where it was read already. Throws a
 *  system_error when the second page is the first one again, which was full or named a second: the API does not know the
 *  paging parameter. */
export async function readPages(walking: Walking, first?: Page): Promise<Walk> {
  const { paginate } = walking.spec.route
  const list: List = {
    ...walking,
    notes: createWalkNotes(),
    isRepeat: createRepeatCheck(),
    isShifted: createShiftCheck(),
    isOver: createNewsCheck(),
    stillComes: createFirstPageCheck(walking.spec, walking.engine),
  }
  return 'place' in paginate ? walkNumbered(list, paginate, first) : walkChained(list, paginate, first)
}

async function walkChained(list: List, paginate: ChainedPaginator, first?: Page): Promise<Walk> {
  const { notes, spec } = list
  let place: Place | undefined = paginate.first
  const named = new Set<string>()
  for (let index = 0; place !== undefined; index++) {
    const page: Page | 'repeated' = await visit(list, { place, index, size: spec.pageSize }, first)
    if (page === 'repeated') return notes.end('repeated', spec.pageSize)
    place = paginate.next(place, page.facts, notes.came())
    if (place === undefined && (page.facts.next ?? '') !== '')
      list.engine.log.info(
        `${spec.def.name}: page after page without records is taken for the end of the list.`,
      )
    refuseLoop(list, place, named)
  }
  return notes.end(paginate.kind === 'unpaged' ? 'one answer' : 'named', spec.pageSize)
}

/** Refuses to go in circles. */
function refuseLoop({ spec }: List, { named }: Partial<Place> = {}, before: Set<string>): void {
  if (named === undefined) return
  if (before.has(named)) throw spec.def.mistakes?.samePlace(named) ?? endless(spec)
  before.add(named)
}

function endless({ def, route }: PageSpec): Error {
  return systemError(`The list of ${def.name} never ends: ${route.path} names a page again that came before.`)
}

async function walkNumbered(list: List, paginate: NumberedPaginator, first?: Page): Promise<Walk> {
  const { notes, route, spec } = list
  const size = spec.pageSize
  const page = await visit(list, { place: paginate.first, index: 0, size }, first)
  const rows = page === 'repeated' ? 0 : page.facts.rows
  const ended = endAfter(list, { index: 0, rows, size })
  if (ended !== undefined) return notes.end(ended, size)
  if (rows >= size || rows === 0) return walkRest(list, paginate, { index: 1, size, before: rows })
  // It came short of what was asked: where a server cuts pages in silence, page 2 of the size that came goes on.
  const isProbe = rows >= route.facts().fullest
  const second = await visitLater(list, paginate, { index: 1, size: rows })
  if (isProbe) route.sawProbe(rows, second.rows)
  const end = second.end ?? endAfter(list, { index: 1, rows: second.rows, size: rows })
  return end === undefined
    ? walkRest(list, paginate, { index: 2, size: rows, before: second.rows })
    : notes.end(end, rows, fullSize(list, rows))
}

/** How many records a full page holds, of a list that was walked in pages of this size. One page that came short of what was
 *  asked may yet be full if it is as long as sizes of pages are, which are round numbers. */
function fullSize({ notes, spec }: List, size: number): number {
  return notes.came() > size || size % 50 === 0 ? size : spec.pageSize
}

interface Rest {
  /** The next page, counted from 0. */
  readonly index: number
  readonly size: number
}

/** Walks on after a page of `before` records: through the pages that are claimed side by side, as long as they hold records,
 *  then one by one. */
async function walkRest(
  list: List,
  paginate: NumberedPaginator,
  { index, size, before }: Rest & { readonly before: number },
): Promise<Walk> {
  const { notes, engine } = list
  let end: ListEnd | undefined
  let next = index
  let tail = { index: index - 1, rows: before }
  const go = async (at: number) => {
    const page = await visitLater(list, paginate, { index: at, size })
    end ??= page.end
    if (at > tail.index) tail = { index: at, rows: page.rows }
  }
  const take = async () =>
    end === undefined && tail.rows > 0 && next < notes.pagesClaimed(size) ? next++ : undefined
  await concurrentlyFrom(take, engine.settings.concurrency, go)
  for (;;) {
    end ??= endAfter(list, { ...tail, size })
    if (end !== undefined) return notes.end(end, size, fullSize(list, size))
    await go(next++)
  }
}

/** How a page of so many records ends its list, if it does. */
function endAfter(list: List, { index, rows, size }: Rest & { readonly rows: number }): ListEnd | undefined {
  const { notes, route } = list
  if (rows === 0) return endsEmpty({ notes, index }) ? 'empty' : undefined
  if (rows >= size) return undefined
  if (notes.saysMore(index + 1)) return undefined
  const claim = route.claimOf(notes.claim())
  if (claim !== undefined && notes.came() < claim) return undefined
  return route.mayBeCut(rows, claim !== undefined) ? undefined : 'short'
}
