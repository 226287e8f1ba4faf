import { MOST_BLANKS } from '../stream/paginators.ts'
import type { Page } from './extract.ts'
import type { PageSpec } from './request.ts'
import type { WalkNotes } from './walk.ts'

/** A page of a list that is walked. */
interface Visited {
  readonly spec: PageSpec
  readonly notes: WalkNotes
  /** Its place among the pages, from 0. */
  readonly index: number
}

/** Reads a page, unless it is there already; and once more where it came empty after one that did not, though the list
 *  says that it has more pages. */
export async function readUnlessMissed(
  visited: Visited,
  read: () => Promise<Page>,
  first?: Page,
): Promise<Page> {
  const page = first ?? (await read())
  const { paginate, once } = visited.spec.route
  return 'place' in paginate && once !== true && isMissed(page, visited) ? read() : page
}

/** A count that is not met is seen to when the list is over. */
function isMissed({ facts }: Page, { notes, index }: Visited): boolean {
  if (facts.rows > 0 || (index > 0 && !notes.rowsOn(index - 1))) return false
  return notes.saysMore(index) || facts.more === true || (facts.pages ?? 0) > index
}

/** Whether a list ends with a page that came empty: unless it says that there are more pages, of which only so many in a row
 *  can be empty. */
export function endsEmpty({ notes, index }: Pick<Visited, 'notes' | 'index'>): boolean {
  if (!notes.saysMore(index + 1)) return true
  let blanks = 1
  while (notes.rowsOn(index - blanks) === 0) blanks++
  return blanks > MOST_BLANKS
}
