import { configError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import type { Reply } from '../../http/types.ts'
import { rememberRoute } from '../evidence/route-facts.ts'
import type { Slice } from '../stream/context.ts'
import type { Route, StreamDef } from '../stream/definition.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { byPage } from '../stream/paginators.ts'
import { createWorld, listRoute, things } from '../testing.ts'
import type { Page } from './extract.ts'
import type { List, News } from './visit.ts'
import { createWalkNotes } from './walk.ts'

export const paged = byPage({ page: 'page', size: 'max', largest: 500 })
/** An answer of so many records. */
export const itemsOf = (rows: number, more = {}) =>
  reply(200, { items: Array.from({ length: rows }, (_, id) => ({ id })), ...more })
/** A page of so many records, of a list that claims so many. */
export const pageOf = (rows: number, total?: number): Page => ({
  rows: Array(rows).fill({ json: {} }),
  facts: { rows, pages: undefined, total, max: undefined },
})

/** What is said of the mistakes in a description, in few words. */
export const mistakes: Mistakes = {
  allGone: () => configError('All gone.'),
  shifted: () => configError('It counts records.'),
  samePage: (rows, asked) => configError(`The same ${rows} of ${asked} again.`),
  samePlace: named => configError(`${named} again.`),
  noField: () => configError('No field.'),
}

interface Opening {
  readonly answers?: readonly Reply[]
  readonly paginate?: Route['paginate']
  readonly def?: StreamDef
  readonly slice?: Slice
  /** The first page, which is noted. */
  readonly before?: Page
  readonly news?: News
  readonly isShifted?: boolean
  readonly isRepeat?: boolean
  readonly isOver?: boolean
}

/** A list whose later pages are answered so, the last answer for ever. */
export function open({
  answers = [itemsOf(3)],
  paginate = paged,
  def = things(),
  slice = {},
  before,
  news = 'new',
  ...is
}: Opening) {
  const world = createWorld((_, index) => answers[index] ?? answers.at(-1) ?? reply(500))
  const notes = createWalkNotes()
  if (before !== undefined) notes.add(before, 0)
  const taken: Page[] = []
  const compared: boolean[] = []
  const toldOver: boolean[] = []
  const list: List = {
    spec: { def, route: listRoute({ paginate }), slice, pageSize: 10, filters: {} },
    engine: world.engine,
    notes,
    route: rememberRoute(),
    take: async page => {
      taken.push(page)
      return news
    },
    isRepeat: (_, isSelfSame) => {
      compared.push(isSelfSame)
      return is.isRepeat ?? false
    },
    isShifted: () => is.isShifted ?? false,
    isOver: hasNews => {
      toldOver.push(hasNews)
      return is.isOver ?? false
    },
    stillComes: async () => true,
  }
  return { ...world, list, notes, taken, compared, toldOver }
}
