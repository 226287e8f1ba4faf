import { systemError } from '../errors.ts'
import type { Engine } from './engine.ts'
import { isNoContainer, type Page, type Row, readPage } from './page.ts'
import type { PageFacts, Place } from './paginate.ts'
import { each } from './pool.ts'
import { type Asking, requestFor } from './request.ts'

/** Takes a page's records; resolves when there is room for more. */
export type TakePage = (page: Page) => Promise<void>

/** Reads all pages of a slice, handing each to `take`; pages whose places are known are read side by side and come in
 *  any order. `given` is the first page, where it was read already. Gives back what the last page told of the list.
 *  Throws a system_error when a paged list repeats itself. */
export async function readPages(
  asking: Asking,
  engine: Engine,
  take: TakePage,
  given?: Page,
): Promise<PageFacts> {
  const paginate = asking.route.paginate
  const isRepeat = createRepeatCheck(new Set())
  let place = paginate.first
  const first = given ?? (await readOne(asking, place, engine, async () => undefined))
  isRepeat(first)
  await take(first)
  let facts = first.facts
  for (;;) {
    const next = paginate.next(place, facts, asking.pageSize)
    const last = next === 'done' ? undefined : next.at(-1)
    if (next === 'done' || last === undefined) return facts
    let ended = false
    await each(next, engine.settings.concurrency, async one => {
      const page = await readOne(asking, one, engine, async page => {
        if (isRepeat(page)) ended = repeated(asking, one)
        else await take(page)
      })
      if (one === last) facts = page.facts
    })
    if (ended) return facts
    place = last
  }
}

/** Reads one page inside a place of the pool, and keeps the place until its records are taken. */
async function readOne(asking: Asking, place: Place, engine: Engine, take: TakePage): Promise<Page> {
  const request = requestFor(asking, place)
  return engine.pool.run(async () => {
    const page = await engine.call(request, reply =>
      readPage(reply, request, asking.route.records, asking.scan),
    )
    if (isNoContainer(page)) {
      throw systemError(
        `Babelforce answered a later page of ${request.path} without its records, with the keys ${page.keys.join(', ')}.`,
      )
    }
    await take(page)
    return page
  })
}

/** Tells whether a page with the same first and last record and length came before. Empty pages never repeat. */
function createRepeatCheck(seen: Set<string>): (page: Page) => boolean {
  return ({ rows }) => {
    if (rows.length === 0) return false
    const print = `${rows.length} ${printOf(rows[0])} ${printOf(rows.at(-1))}`
    if (seen.has(print)) return true
    seen.add(print)
    return false
  }
}

function printOf(row: Row | undefined): string {
  if (row === undefined) return ''
  return 'bytes' in row ? row.bytes.toString('latin1', row.start, row.end) : JSON.stringify(row.json)
}

function repeated({ def, route }: Asking, place: Place): boolean {
  if (route.paginate.kind === 'unpaged') return true
  throw systemError(
    `Babelforce answers ${route.path} with the same page again (${route.paginate.kind} ${place.at}), so the rest of ` +
      `stream ${def.name} cannot be read. The API may no longer know the paging parameter; please report this.`,
  )
}
