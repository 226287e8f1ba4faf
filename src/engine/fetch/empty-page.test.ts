import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Route } from '../stream/definition.ts'
import { byNextToken, type PageFacts } from '../stream/paginators.ts'
import { listRoute, things } from '../testing.ts'
import { endsEmpty, readUnlessMissed } from './empty-page.ts'
import type { Page } from './extract.ts'
import { createWalkNotes } from './walk.ts'

type Told = Partial<PageFacts>

const pageOf = (told: Told): Page => ({
  rows: [],
  facts: { rows: 0, pages: undefined, total: undefined, max: undefined, ...told },
})

/** The notes of a walk that these pages came on. */
function notesOf(before: readonly Told[]) {
  const notes = createWalkNotes()
  for (const [index, told] of before.entries()) notes.add(pageOf(told), index)
  return notes
}

const rows: readonly {
  says: string
  before?: readonly Told[]
  page: Told
  route?: Partial<Route>
  reads: number
}[] = [
  { says: 'a first page that is empty and tells nothing', page: {}, reads: 1 },
  { says: 'a first page that has records, though there is more', page: { rows: 1, more: true }, reads: 1 },
  { says: 'an empty first page of no pages', page: { pages: 0 }, reads: 1 },
  { says: 'an empty first page of one page', page: { pages: 1 }, reads: 2 },
  { says: 'an empty first page after which there is more', page: { more: true }, reads: 2 },
  { says: 'an empty page that tells nothing', before: [{ rows: 1 }], page: {}, reads: 1 },
  { says: 'an empty second page of one page', before: [{ rows: 1 }], page: { pages: 1 }, reads: 1 },
  { says: 'an empty second page of two', before: [{ rows: 1 }], page: { pages: 2 }, reads: 2 },
  { says: 'an empty page after which there is more', before: [{ rows: 1 }], page: { more: true }, reads: 2 },
  {
    says: 'an empty page that the one before it announced',
    before: [{ rows: 1, more: true }],
    page: {},
    reads: 2,
  },
  {
    says: 'an empty page within the pages that the one before it counted',
    before: [{ rows: 1, pages: 2 }],
    page: {},
    reads: 2,
  },
  {
    says: 'a page with records within them',
    before: [{ rows: 1, pages: 2 }],
    page: { rows: 1 },
    reads: 1,
  },
  {
    says: 'an empty page after one that was empty too',
    before: [{ rows: 1 }, { rows: 0, more: true }],
    page: { more: true },
    reads: 1,
  },
  {
    says: 'an empty second page after an empty first one',
    before: [{ more: true }],
    page: { more: true },
    reads: 1,
  },
  {
    says: 'an empty page of a list whose pages name the next',
    before: [{ rows: 1 }],
    page: { more: true },
    route: { paginate: byNextToken('token') },
    reads: 1,
  },
  {
    says: 'an empty page of a request that changes data',
    before: [{ rows: 1 }],
    page: { more: true },
    route: { once: true },
    reads: 1,
  },
]

for (const { says, before = [], page, route = {}, reads } of rows) {
  test(`${says} is read ${reads === 1 ? 'once' : 'again'}`, async () => {
    const spec = { def: things(), route: listRoute(route), slice: {}, pageSize: 10, filters: {} }
    const answers = [pageOf(page), pageOf({ rows: 7 })]
    let asked = 0
    const read = async () => answers[asked++] ?? assert.fail()
    const came = await readUnlessMissed({ spec, notes: notesOf(before), index: before.length }, read)
    assert.deepEqual([asked, came], [reads, answers[reads - 1]])
  })
}

test('a page that is there already is not read, unless it was missed', async () => {
  const spec = { def: things(), route: listRoute(), slice: {}, pageSize: 10, filters: {} }
  const visited = { spec, notes: createWalkNotes(), index: 0 }
  const fuller = pageOf({ rows: 7 })
  const empty = pageOf({})
  assert.equal(await readUnlessMissed(visited, async () => fuller, empty), empty)
  assert.equal(await readUnlessMissed(visited, async () => fuller, pageOf({ more: true })), fuller)
})

const FULL: Told = { rows: 10 }
const MORE: Told = { rows: 0, more: true }
const ends: readonly { says: string; pages: readonly Told[]; out: boolean }[] = [
  { says: 'one that says no more', pages: [FULL, {}], out: true },
  { says: 'one that says that there is more', pages: [FULL, MORE], out: false },
  { says: 'the second such page in a row', pages: [FULL, MORE, MORE], out: false },
  { says: 'the third', pages: [FULL, MORE, MORE, MORE], out: true },
  { says: 'the third with one that held records between', pages: [FULL, MORE, MORE, FULL, MORE], out: false },
  { says: 'one after which there is more, as after a first one', pages: [MORE, FULL, MORE], out: false },
  { says: 'the second page of three', pages: [{ rows: 10, pages: 3 }, { pages: 3 }], out: false },
  {
    says: 'the last of the pages that are counted',
    pages: [{ rows: 10, pages: 2 }, { pages: 2 }],
    out: true,
  },
]

for (const { says, pages, out } of ends)
  test(`an empty page, ${says}, ${out ? 'ends its list' : 'does not end its list'}`, () =>
    assert.equal(endsEmpty({ notes: notesOf(pages), index: pages.length - 1 }), out))
