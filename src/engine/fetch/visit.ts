import type { RouteMemory } from '../evidence/route-facts.ts'
import type { ListEnd } from '../evidence/walk.ts'
import type { Engine } from '../stream/context.ts'
import type { NumberedPaginator, Place } from '../stream/paginators.ts'
import { endsEmpty, readUnlessMissed } from './empty-page.ts'
import type { Page } from './extract.ts'
import { endByFailure } from './failed-page.ts'
import { readOne } from './fetch-page.ts'
import { unturned } from './repeats.ts'
import type { PageSpec } from './request.ts'
import type { WalkNotes } from './walk.ts'

/** Takes a page's records. Resolves, when there is room for more, to what they were to those that came before: whether any is
 *  new, and if none is, whether they are those of the first page in their order. */
type TakePage = (page: Page) => Promise<News>

/** What a page brought. */
export type News = 'new' | 'nothing' | 'first page again'

/** What walking over a list takes. */
export interface Walking {
  readonly spec: PageSpec
  readonly engine: Engine
  readonly take: TakePage
  /** What is known of the route; learns from the walk. */
  readonly route: RouteMemory
}

/** A list while it is walked. */
export interface List extends Walking {
  readonly notes: WalkNotes
  isRepeat(page: Page, isSelfSame: boolean): boolean
  isShifted(page: Page, index: number): boolean
  isOver(hasNews: boolean): boolean
  stillComes(): Promise<boolean>
}

interface Visit {
  readonly place: Place
  readonly index: number
  readonly size: number
}

/** Reads a page and hands it on, unless it repeats one that came before: word for word, or as a second page with the
 *  records of the first. A first page that is there already is given. */
export async function visit(list: List, visited: Visit, first?: Page): Promise<Page | 'repeated'> {
  const { notes, route, spec, engine, take } = list
  const { place, index, size } = visited
  const isOwed = (notes.claim() ?? 0) > index * size
  const read = () => readOne({ ...spec, pageSize: size }, place, engine, isOwed)
  const page = await readUnlessMissed({ notes, index, spec }, read, index === 0 ? first : undefined)
  const { rows } = page.facts
  route.sawPage(rows)
  const { mistakes } = spec.def
  if (mistakes !== undefined && spec.route.paginate.kind === 'page' && list.isShifted(page, index))
    throw mistakes.shifted()
  if (isRepeat(list, visited, page)) return repeated(list, visited, page)
  const news = await take(page)
  if (index === 1 && place.named === undefined && news === 'first page again')
    return repeated(list, visited, page)
  notes.add(page, index)
  if (news !== 'new' && rows >= size) notes.stale()
  return rows > 0 && list.isOver(news === 'new') ? 'repeated' : page
}

/** Where each page names the next one, what it names tells whether the list goes on, unless records have keys. */
function isRepeat({ spec, isRepeat: check }: List, { place, size }: Visit, page: Page): boolean {
  const isSelfSame = size < spec.pageSize || spec.route.paginate.kind === 'unpaged'
  return (place.named === undefined || page.print !== undefined) && check(page, isSelfSame)
}

/** Throws where a page that came before shows a mistake, ours or the user's. */
function repeated(list: List, { place, index }: Visit, page: Page): 'repeated' {
  const isMistaken = place.named !== undefined || (index === 1 && !holdsClaim(list))
  const error = isMistaken ? unturned(list, place, page) : undefined
  if (error !== undefined) throw error
  return 'repeated'
}

/** What a further page came to: its records, and how it ended the list, if it did. */
interface Later {
  readonly rows: number
  readonly end: ListEnd | undefined
}

/** Reads a further page; one that fails may be how its list ends. */
export async function visitLater(
  list: List,
  paginate: NumberedPaginator,
  { index, size }: Omit<Visit, 'place'>,
): Promise<Later> {
  const place = paginate.place(index, size)
  try {
    const page = await visit(list, { place, index, size })
    if (page === 'repeated') return { rows: 0, end: page }
    const isEnd = page.facts.rows === 0 && endsEmpty({ notes: list.notes, index })
    return { rows: page.facts.rows, end: isEnd ? 'empty' : undefined }
  } catch (error) {
    const end = await endByFailure(list, error, index > 1 || size === list.spec.pageSize)
    if (end === undefined) throw error
    return { rows: 0, end }
  }
}

function holdsClaim({ notes, route }: List): boolean {
  const claim = route.claimOf(notes.claim())
  return claim !== undefined && notes.came() >= claim
}
