import { concurrently } from '../../concurrency.ts'
import { systemError } from '../../errors.ts'
import type { RawRecord } from '../bytes/raw-record.ts'
import type { Engine } from '../stream/context.ts'
import type { PageFacts, Place } from '../stream/paginators.ts'
import { isNoContainer, type Page } from './extract.ts'
import { fetchPage } from './fetch-page.ts'
import type { PageSpec } from './request.ts'

/** Takes a page's records; resolves when there is room for more. */
export type TakePage = (page: Page) => Promise<void>

/** Reads all pages of a slice, handing each to `take`; pages whose places are known are read side by side and come in
 *  any order. `given` is the first page, where it was read already. Gives back what the last page told of the list.
 *  Throws a system_error when a paged list repeats itself. */
export async function readPages(
  spec: PageSpec,
  engine: Engine,
  take: TakePage,
  given?: Page,
): Promise<PageFacts> {
  const paginate = spec.route.paginate
  const isRepeat = createRepeatCheck(new Set())
  let place = paginate.first
  const first = given ?? (await readOne(spec, place, engine, async () => undefined))
  isRepeat(first)
  await take(first)
  let facts = first.facts
  for (;;) {
    const next = paginate.next(place, facts, spec.pageSize)
    const last = next === 'done' ? undefined : next.at(-1)
    if (next === 'done' || last === undefined) return facts
    let ended = false
    await concurrently(next, engine.settings.concurrency, async one => {
      const page = await readOne(spec, one, engine, async page => {
        if (isRepeat(page)) ended = repeated(spec, one, engine)
        else await take(page)
      })
      if (one === last) facts = page.facts
    })
    if (ended) return facts
    place = last
  }
}

/** Reads the pages of a slice from the last to the first, one after another: where records vanish from a list, the rest
 *  moves forward, onto pages that are still to come. `facts` are those of an earlier reading. */
export async function readPagesBackwards(
  spec: PageSpec,
  engine: Engine,
  take: TakePage,
  facts: PageFacts,
): Promise<void> {
  const { paginate } = spec.route
  const rest = paginate.next(paginate.first, { ...facts, rows: spec.pageSize }, spec.pageSize)
  const places = [paginate.first, ...(rest === 'done' ? [] : rest)]
  for (const place of places.reverse()) await readOne(spec, place, engine, take)
}

/** Reads the pages of a slice from the first to the last, one after another: where records are added at a list's front, the
 *  rest moves back, onto pages that are still to come. At most so many pages, lest a list that grows as fast as it is
 *  read be read for ever. */
export async function readPagesInOrder(
  spec: PageSpec,
  engine: Engine,
  take: TakePage,
  most: number,
): Promise<void> {
  const { paginate } = spec.route
  let place: Place | undefined = paginate.first
  for (let left = most; left > 0 && place !== undefined; left--) {
    const page: Page = await readOne(spec, place, engine, take)
    const next = paginate.next(place, page.facts, spec.pageSize)
    place = next === 'done' ? undefined : next[0]
  }
}

/** Reads one page and hands it on. */
async function readOne(spec: PageSpec, place: Place, engine: Engine, take: TakePage): Promise<Page> {
  const page = await fetchPage(spec, place, engine)
  if (isNoContainer(page)) {
    throw systemError(
      `${engine.service} answered a later page of ${spec.route.path} without its records, with the keys ${page.keys.join(', ')}.`,
    )
  }
  await take(page)
  return page
}

/** Tells whether a page with the same first and last record and length came before, while the list said that it had the
 *  same size: a list that grows moves its records onto later pages. Empty pages never repeat. */
function createRepeatCheck(seen: Set<string>): (page: Page) => boolean {
  return ({ rows, facts }) => {
    if (rows.length === 0) return false
    const print = `${rows.length} ${facts.total ?? facts.pages} ${printOf(rows[0])} ${printOf(rows.at(-1))}`
    if (seen.has(print)) return true
    seen.add(print)
    return false
  }
}

function printOf(row: RawRecord | undefined): string {
  if (row === undefined) return ''
  return 'bytes' in row ? row.bytes.toString('latin1', row.start, row.end) : JSON.stringify(row.json)
}

function repeated({ def, route }: PageSpec, place: Place, engine: Engine): boolean {
  if (route.paginate.kind === 'unpaged') return true
  throw systemError(
    `${engine.service} answers ${route.path} with the same page again (${route.paginate.kind} ${place.at}), so the rest of ` +
      `stream ${def.name} cannot be read. The API may no longer know the paging parameter; please report this.`,
  )
}
