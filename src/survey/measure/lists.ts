import { SECOND_MS } from '../../durations.ts'
import { requestFor } from '../../engine/fetch/request.ts'
import type { NumberedPaginator } from '../../engine/stream/paginators.ts'
import { momentOf } from '../../engine/time/timestamps.ts'
import type { Json } from '../../json.ts'
import { isObject } from '../../json.ts'
import { countIn, fits, rowsOf } from '../ask/answers.ts'
import type { Ask } from '../ask/ask.ts'
import type { FirstAnswer } from './streams.ts'

/** What a few more requests told of a paged list. Records never leave the survey. */
export interface ListSurvey {
  readonly stream: string
  /** As many records from its beginning as one request gave. */
  readonly rows: readonly Json[]
  /** The records of page 2, where that is another page. */
  readonly more: readonly Json[]
  /** Whether the first ones are all. */
  readonly isWhole: boolean
  /** How many more records the list claims than it has, where both are known. */
  readonly miscount: number | undefined
  /** The largest page that was seen, where a larger one was asked for and there was more; undefined where nothing shows it. */
  readonly clampedTo: number | undefined
  /** Whether the largest page that may be asked for came full. */
  readonly cameFull: boolean
  /** Whether page 2 was another than page 1; undefined where there was none. */
  readonly pagesDiffer: boolean | undefined
  /** What a page far past the end is: empty, refused with this status, or records. */
  readonly pastTheEnd: 'empty' | 'records' | number | undefined
  readonly readingsAgree: boolean | undefined
  /** Records that came twice on one page, and those without an id. */
  readonly duplicates: number
  readonly withoutId: number
}

const PAGE_SIZE = 100
/** Far beyond the end of any list. */
const FAR = 1_000_000

/** Asks the deep questions of a paged list, in five requests at most: a page as large as may be, the second one, one past the
 *  end, and the first again. */
export async function surveyList(first: FirstAnswer, ask: Ask): Promise<ListSurvey | undefined> {
  const { def, route } = first
  const { paginate } = route
  if (paginate.kind !== 'page' && paginate.kind !== 'offset') return undefined
  const size = Math.min(PAGE_SIZE, paginate.largest)
  const page = pageAsker(first, paginate, ask)
  // An answer to another dialect's parameters is a page of whatever size.
  const rows = route === def.routes[0] ? first.rows : ((await page(0, size))?.rows ?? [])
  const large = served(await page(0, paginate.largest))
  const second = served(await page(1, size, rows.length), 500)
  const far = (await page(FAR, size))?.kind
  const total = countIn(first.answer, 'total')
  return {
    stream: def.name,
    ...measure({ rows, large, second, far, total, size, largest: paginate.largest }),
  }
}

/** The records of a page; undefined where none came, or it was refused with a status from this one on. A page behind the last
 *  may be refused as well. */
function served(page: AskedPage | undefined, from = 300): readonly Json[] | undefined {
  return page === undefined || (typeof page.kind === 'number' && page.kind >= from) ? undefined : page.rows
}

/** What was asked of a list, and what came. */
interface Pages {
  readonly rows: readonly Json[]
  readonly large: readonly Json[] | undefined
  readonly second: readonly Json[] | undefined
  readonly far: AskedPage['kind'] | undefined
  readonly total: number | undefined
  readonly size: number
  readonly largest: number
}

function measure(pages: Pages): Omit<ListSurvey, 'stream'> {
  const { rows, far, total, size, largest } = pages
  const areKnown = pages.large !== undefined && pages.second !== undefined
  const { large = [], second = [] } = pages
  const all = large.length > rows.length ? large : rows
  const pagesDiffer = differ(rows, second, size)
  const more = pagesDiffer === true ? second : []
  const clampedTo = clamp({ rows, all, size, largest, isMore: more.length > 0 })
  const isWhole = areKnown && clampedTo === undefined && all.length < largest && pagesDiffer !== false
  return {
    rows: all,
    more,
    isWhole,
    miscount: isWhole && total !== undefined ? total - all.length : undefined,
    clampedTo,
    cameFull: all.length >= largest,
    pagesDiffer,
    pastTheEnd: pagesDiffer === false ? undefined : far,
    readingsAgree: agree(rows, large),
    ...idsOf(all),
  }
}

interface AskedPage {
  readonly rows: readonly Json[]
  readonly kind: 'empty' | 'records' | number
}

/** Asks for a page by its index from 0. */
function pageAsker({ def, route }: FirstAnswer, paginate: NumberedPaginator, ask: Ask) {
  return async (index: number, size: number, came = index * size): Promise<AskedPage | undefined> => {
    const spec = { def, route, slice: {}, pageSize: size, filters: {} }
    const place = index === 0 ? paginate.first : paginate.place(index, size, came)
    const answer = await ask(requestFor(spec, place))
    if (answer === undefined) return undefined
    if (answer.status >= 300) return { rows: [], kind: answer.status }
    const rows = fits(route, answer) ? rowsOf(route, answer) : []
    return { rows, kind: rows.length === 0 ? 'empty' : 'records' }
  }
}

/** Whether page 2 is another page than page 1; only a full page 1 that comes again shows that the parameter is ignored. */
function differ(first: readonly Json[], second: readonly Json[], size: number): boolean | undefined {
  if (second.length === 0 || first.length === 0) return undefined
  const isSame = keysOf(first).toSorted().join() === keysOf(second).toSorted().join()
  if (isSame) return false
  return second.length <= size ? true : undefined
}

/** The size to which pages are cut: shorter than asked, although there is more. */
function clamp(seen: {
  readonly rows: readonly Json[]
  readonly all: readonly Json[]
  readonly size: number
  readonly largest: number
  readonly isMore: boolean
}): number | undefined {
  const { rows, all, size, largest, isMore } = seen
  if (!isMore || all.length >= largest) return undefined
  if (rows.length < size) return all.length
  return all.length === rows.length && largest > size ? all.length : undefined
}

/** Whether two readings have what they share in the same order. Unknown where hardly any of these are of the same
 *  second: what an API sorts by time alone changes places only there, and may keep them by chance. */
function agree(one: readonly Json[], other: readonly Json[]): boolean | undefined {
  const [left, right] = [keysOf(one), keysOf(other)]
  const shared = new Set(left.filter(key => right.includes(key)))
  if (shared.size < 2) return undefined
  const inBoth = (keys: readonly string[]) => [...new Set(keys)].filter(key => shared.has(key)).join()
  if (inBoth(left) !== inBoth(right)) return false
  return tiesIn(one.filter((_, index) => shared.has(left[index] ?? ''))) >= FEW_TIES ? true : undefined
}

/** Of fewer, all may be in the same order twice by chance. */
const FEW_TIES = 10

/** How many records are of a second that another one has before. */
function tiesIn(rows: readonly Json[]): number {
  const moments = rows.flatMap(row => (isObject(row) ? (momentOf(row['dateCreated']) ?? []) : []))
  return moments.length - new Set(moments.map(ms => Math.floor(ms / SECOND_MS))).size
}

// Of one answer: between two of them a new record may arrive and move the others on.
function idsOf(all: readonly Json[]) {
  const rows = all.filter(isObject)
  const ids = rows.map(({ id }) => id).filter(id => id !== undefined && id !== null && id !== '')
  return { duplicates: ids.length - new Set(ids).size, withoutId: rows.length - ids.length }
}

/** What records are told apart by: their whole content but for what changes by the minute. */
function keysOf(rows: readonly Json[]): readonly string[] {
  return rows.map(row =>
    isObject(row) ? JSON.stringify([row['id'], row['dateCreated']]) : JSON.stringify(row),
  )
}
