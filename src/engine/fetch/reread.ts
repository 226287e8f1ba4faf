import type { Walk } from '../evidence/walk.ts'
import type { Page } from './extract.ts'
import { readOne } from './fetch-page.ts'
import type { Walking } from './visit.ts'

/** Reads the pages of a list that was walked once more, from the last to the first, one after another: where records vanish
 *  from a list, the rest moves forward, onto pages that are still to come. A list whose pages cannot be asked for in that
 *  order is read in its own. Resolves to the most records that a page claimed. */
export async function rereadBackwards(walking: Walking, walk: Walk): Promise<number> {
  const { paginate } = walking.spec.route
  if (!('place' in paginate)) return rereadInOrder(walking, walk, walk.pages)
  let claimed = 0
  for (let index = walk.pages - 1; index >= 0; index--) {
    const { facts } = await readAgain(walking, paginate.place(index, walk.size), walk.size)
    claimed = Math.max(claimed, facts.total ?? 0)
  }
  return claimed
}

/** Reads the pages once more from the first to the last, one after another: where records are added at a list's front, the
 *  rest moves back, onto pages that are still to come. At most so many pages: a list may grow as fast as it is read. Resolves
 *  to the most records that a page claimed. */
export async function rereadInOrder(walking: Walking, walk: Walk, most: number): Promise<number> {
  const { paginate } = walking.spec.route
  let place = paginate.first
  let came = 0
  let claimed = 0
  for (let index = 1; index <= most; index++) {
    const page = await readAgain(walking, place, walk.size)
    came += page.facts.rows
    claimed = Math.max(claimed, page.facts.total ?? 0)
    const next =
      'place' in paginate ? paginate.place(index, walk.size) : paginate.next(place, page.facts, came)
    const isOver = 'place' in paginate && page.facts.rows < walk.size && came >= (page.facts.total ?? came)
    if (page.facts.rows === 0 || next === undefined || isOver) break
    place = next
  }
  return claimed
}

async function readAgain(
  { spec, engine, take }: Walking,
  place: Parameters<typeof readOne>[1],
  pageSize: number,
): Promise<Page> {
  const page = await readOne({ ...spec, pageSize }, place, engine)
  await take(page)
  return page
}
