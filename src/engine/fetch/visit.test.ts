import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import { UNKNOWN_ROUTE } from '../evidence/route-facts.ts'
import type { Route } from '../stream/definition.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { byNextToken, byOffset, type Place, unpaged } from '../stream/paginators.ts'
import { things } from '../testing.ts'
import type { Page } from './extract.ts'
import { visit } from './visit.ts'
import { itemsOf, open, paged, pageOf } from './visit-testing.ts'

const offsets = byOffset({ offset: 'offset', limit: 'limit', largest: 500 })
const SECOND = { place: { at: 2 }, index: 1, size: 10 }

test('a page is handed on and noted, and its route learns its length', async () => {
  const { list, notes, taken } = open({})
  const page = await visit(list, { place: { at: 1 }, index: 0, size: 10 })
  assert.deepEqual([taken, notes.came(), notes.rowsOn(0)], [[page], 3, 3])
  assert.deepEqual(list.route.facts(), { ...UNKNOWN_ROUTE, fullest: 3 })
})

test('a first page that is there already is not asked for; it is none of the others', async () => {
  const first = pageOf(5)
  const { list, asked } = open({})
  assert.equal(await visit(list, { place: { at: 1 }, index: 0, size: 10 }, first), first)
  assert.equal(asked.length, 0)
  assert.notEqual(await visit(list, SECOND, first), first)
  assert.deepEqual(
    asked.map(({ query }) => query),
    [{ page: 2, max: 10 }],
  )
})

test('a page is asked for in the size by which the list is walked', async () => {
  const { list, asked } = open({})
  await visit(list, { ...SECOND, size: 4 })
  assert.deepEqual(asked[0]?.query, { page: 2, max: 4 })
})

const NO_LIST = reply(200, { success: true })
for (const { says, claimed, requests } of [
  { says: 'more is claimed than the pages before it hold', claimed: 11, requests: 2 },
  { says: 'no more is claimed', claimed: 10, requests: 1 },
  { says: 'nothing is claimed', claimed: undefined, requests: 1 },
])
  test(`an answer without a list is ${requests === 1 ? 'an empty page' : 'asked for again'} where ${says}`, async () => {
    const { list, asked } = open({ answers: [NO_LIST, itemsOf(1)], before: pageOf(10, claimed) })
    await visit(list, SECOND)
    assert.equal(asked.length, requests)
  })

test('a first page without a list is an empty page: nothing was claimed before it', async () => {
  const { list, asked } = open({ answers: [NO_LIST, itemsOf(1)] })
  await visit(list, { place: { at: 1 }, index: 0, size: 10 })
  assert.equal(asked.length, 1)
})

const repeats: readonly {
  says: string
  place?: Place
  paginate?: Route['paginate']
  size?: number
  compared: readonly boolean[]
}[] = [
  { says: 'a page in the size that was wanted with all before it', compared: [false] },
  { says: 'a page in a smaller size with the one before it too', size: 9, compared: [true] },
  { says: 'a further page where none are declared as well', paginate: unpaged, compared: [true] },
  {
    says: 'a page that the one before it named with none',
    place: { at: 2, named: 'two' },
    paginate: byNextToken('after'),
    compared: [],
  },
]
for (const { says, place = SECOND.place, size = 10, compared, ...opening } of repeats)
  test(`compared is ${says}`, async () => {
    const { list, ...told } = open(opening)
    await visit(list, { place, index: 1, size })
    assert.deepEqual(told.compared, compared)
  })

test('a page that repeats one is the end of its list, and not handed on or noted', async () => {
  const { list, notes, taken } = open({ isRepeat: true, before: pageOf(10) })
  assert.equal(await visit(list, { place: { at: 3 }, index: 2, size: 10 }), 'repeated')
  assert.deepEqual([taken, notes.came()], [[], 10])
})

const again: readonly { says: string; index?: number; place?: Place; before?: Page; out: string }[] = [
  { says: 'the second page is an error', out: 'is an error' },
  {
    says: 'the second page is the end, where all that is claimed has come',
    before: pageOf(10, 10),
    out: 'repeated',
  },
  { says: 'the second page is an error, where more is claimed', before: pageOf(10, 11), out: 'is an error' },
  { says: 'a later page is only stale', index: 2, out: 'a page' },
  { says: 'a page that was named is only stale', place: { at: 2, named: 'two' }, out: 'a page' },
]
for (const { says, index = 1, place = SECOND.place, before = pageOf(10), out } of again)
  test(`with the records of the first page, ${says}`, async () => {
    const { list } = open({ answers: [itemsOf(100)], before, news: 'first page again' })
    const visited = { place, index, size: 10 }
    const found = await visit({ ...list, spec: { ...list.spec, pageSize: 100 } }, visited).then(
      page => (page === 'repeated' ? page : 'a page'),
      error => (/the same page again/.test(error.message) ? 'is an error' : error.message),
    )
    assert.equal(found, out)
  })

for (const { says, rows, news, out } of [
  { says: 'a full page without news is stale', rows: 10, news: 'nothing', out: true },
  { says: 'a full page with news is not', rows: 10, news: 'new', out: undefined },
  { says: 'a short page without news is not', rows: 9, news: 'nothing', out: undefined },
] as const)
  test(says, async () => {
    const { list, notes } = open({ answers: [itemsOf(rows)], news })
    await visit(list, SECOND)
    assert.equal(notes.end('short', 10).isStale, out)
  })

test('a list whose pages bring nothing new any more has ended; of empty pages nobody asks that', async () => {
  for (const { rows, news, out, told } of [
    { rows: 1, news: 'nothing', out: 'repeated', told: [false] },
    { rows: 3, news: 'new', out: 'repeated', told: [true] },
    { rows: 0, news: 'nothing', out: 'a page', told: [] },
  ] as const) {
    const { list, toldOver } = open({ answers: [itemsOf(rows)], news, isOver: true })
    const page = await visit(list, SECOND)
    assert.deepEqual([page === 'repeated' ? page : 'a page', toldOver], [out, told])
  }
})

const error = configError('It counts records.')
const mistakes: Mistakes = {
  allGone: () => error,
  shifted: () => error,
  samePage: () => error,
  samePlace: () => error,
  noField: () => error,
}
for (const { says, out, by, ...opening } of [
  { says: 'pages of a described stream are', by: mistakes, paginate: paged, isShifted: true, out: true },
  { says: 'offsets are not', by: mistakes, paginate: offsets, isShifted: true, out: false },
  { says: 'pages of our own streams are not', paginate: paged, isShifted: true, out: false },
  { says: 'pages that go on are not', by: mistakes, paginate: paged, isShifted: false, out: false },
])
  test(`refused for counting records: ${says}`, async () => {
    const { list } = open({ ...opening, def: things(by === undefined ? {} : { mistakes: by }) })
    const refused = await visit(list, SECOND).then(
      () => undefined,
      found => found,
    )
    assert.equal(refused, out ? error : undefined)
  })
