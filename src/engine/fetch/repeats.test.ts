import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../json.ts'
import type { Page } from './extract.ts'
import { createNewsCheck, createRepeatCheck, createShiftCheck } from './repeats.ts'

const pageOf = (rows: readonly Json[], more: Partial<Page['facts']> = {}, print?: string): Page => ({
  print,
  rows: rows.map(json => ({ json })),
  facts: { rows: rows.length, pages: undefined, total: undefined, max: undefined, ...more },
})

const rows: readonly { says: string; pages: readonly Page[]; out: boolean }[] = [
  { says: 'the same page', pages: [pageOf([1, 2, 3]), pageOf([1, 2, 3])], out: true },
  { says: 'the same after another', pages: [pageOf([1, 2]), pageOf([3, 4]), pageOf([1, 2])], out: true },
  { says: 'a page of one record', pages: [pageOf([1]), pageOf([1])], out: true },
  {
    says: 'a page of the same keys',
    pages: [pageOf([1, 2], {}, 'keys'), pageOf([2, 3], {}, 'keys')],
    out: true,
  },
  {
    says: 'a page of other keys',
    pages: [pageOf([1, 2], {}, 'keys'), pageOf([1, 2], {}, 'others')],
    out: false,
  },
  { says: 'an empty page', pages: [pageOf([]), pageOf([])], out: false },
  { says: 'another first record', pages: [pageOf([1, 2, 3]), pageOf([0, 2, 3])], out: false },
  { says: 'another last record', pages: [pageOf([1, 2, 3]), pageOf([1, 2, 4])], out: false },
  {
    says: 'another record between the same first and last one',
    pages: [pageOf([1, 2, 3, 4, 5]), pageOf([1, 9, 3, 9, 5])],
    out: true,
  },
  { says: 'another length', pages: [pageOf([1, 2, 3]), pageOf([1, 3])], out: false },
  {
    says: 'a list that grew',
    pages: [pageOf([1, 2], { total: 9 }), pageOf([1, 2], { total: 10 })],
    out: false,
  },
  {
    says: 'a list with more pages',
    pages: [pageOf([1], { pages: 2 }), pageOf([1], { pages: 3 })],
    out: false,
  },
]

for (const { says, pages, out } of rows) {
  test(`${says} ${out ? 'repeats' : 'repeats nothing'}`, () => {
    const isRepeat = createRepeatCheck()
    const found = pages.map(page => isRepeat(page))
    assert.equal(found.at(-1), out)
    assert.ok(!found.slice(0, -1).includes(true))
  })
}

// Bug: a list that gave one page for ever, and counted one more record each time, was asked for without end.
test('a page like the two before it repeats, however much the list says that it grew', () => {
  const isRepeat = createRepeatCheck()
  const grown = [9, 10, 11].map(total => isRepeat(pageOf([1, 2], { total })))
  assert.deepEqual(grown, [false, false, true])
})

test('where pages are shorter than was asked for, one like the page before it repeats, whatever the list says', () => {
  const isRepeat = createRepeatCheck()
  const grown = (total: number, rows: readonly Json[] = [1, 2]) => pageOf(rows, { total })
  assert.deepEqual([isRepeat(grown(9), true), isRepeat(grown(10), true)], [false, true])
  assert.equal(isRepeat(grown(11, [3]), true), false)
  assert.equal(isRepeat(grown(12), true), false, 'that is not the page before it')
})

test('lines repeat by their bytes', () => {
  const lineOf = (text: string): Page => {
    const bytes = Buffer.from(`[${text}]`)
    const line = {
      bytes,
      start: 1,
      end: bytes.length - 1,
      key: undefined,
      moment: undefined,
      parent: undefined,
    }
    return { rows: [line], facts: pageOf([1]).facts }
  }
  const isRepeat = createRepeatCheck()
  assert.deepEqual(
    ['{"a":1}', '{"a":2}', '{"a":1}'].map(text => isRepeat(lineOf(text))),
    [false, false, true],
  )
})

for (const { says, news, overAfter } of [
  { says: 'the first page is', news: [true], overAfter: 6 },
  { says: 'two pages are', news: [true, true], overAfter: 8 },
  { says: 'pages are in turn', news: [true, false, true, false], overAfter: 8 },
])
  test(`a list of which only ${says} news is over after more others than that, and three`, () => {
    const isOver = createNewsCheck()
    const told = [...news, ...Array.from({ length: 20 - news.length }, () => false)].map(isOver)
    assert.equal(told.indexOf(true) + 1, overAfter)
  })

const SHIFTS: readonly { says: string; pages: readonly Json[][]; out: boolean }[] = [
  {
    says: 'the second record of the first',
    pages: [
      [1, 2, 3],
      [2, 3, 4],
    ],
    out: true,
  },
  {
    says: 'the next record',
    pages: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    out: false,
  },
  {
    says: 'the last record of the first, as where one was added',
    pages: [
      [1, 2, 3],
      [3, 4, 5],
    ],
    out: false,
  },
  {
    says: 'a record like all others',
    pages: [
      [1, 1, 1],
      [1, 1, 1],
    ],
    out: false,
  },
  {
    says: 'the last of two records',
    pages: [
      [1, 2],
      [2, 3],
    ],
    out: false,
  },
  { says: 'nothing', pages: [[], []], out: false },
]
for (const { says, pages, out } of SHIFTS) {
  test(`a second page that begins with ${says} is ${out ? '' : 'not '}one that counts records`, () => {
    const isShifted = createShiftCheck()
    assert.deepEqual(
      pages.map((page, index) => isShifted(pageOf(page, {}, 'keys'), index)),
      [false, out],
    )
  })
}

test('only the second page shows whether records are counted', () => {
  const isShifted = createShiftCheck()
  isShifted(pageOf([1, 2, 3], {}, 'keys'), 0)
  assert.equal(isShifted(pageOf([2, 3, 4], {}, 'keys'), 2), false)
})

test('records without keys may be alike on two pages', () => {
  const isShifted = createShiftCheck()
  isShifted(pageOf([1, 2, 3]), 0)
  assert.equal(isShifted(pageOf([2, 1, 3]), 1), false)
})
