import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transientError } from '../../errors.ts'
import type { Walk } from '../evidence/walk.ts'
import type { Page } from './extract.ts'
import { createWalkNotes } from './walk.ts'

const first = transientError('It failed.')

interface Told {
  readonly rows?: number
  readonly total?: number
  readonly pages?: number
  readonly dateMs?: number
  readonly index?: number
  readonly more?: true
}

function pageOf({ rows = 10, total, pages, dateMs, more }: Told): Page {
  const facts = { rows, total, pages, max: undefined, ...(more === undefined ? {} : { more }) }
  return { rows: [], facts, ...(dateMs === undefined ? {} : { dateMs }) }
}

/** A walk by pages of ten over these pages, in the order in which they came. */
function walked(pages: readonly Told[], size = 10, fullSize?: number): Walk {
  const notes = createWalkNotes()
  for (const [index, one] of pages.entries()) notes.add(pageOf(one), one.index ?? index)
  return notes.end('short', size, fullSize)
}

const rows: readonly { says: string; pages: readonly Told[]; out: Partial<Walk> }[] = [
  {
    says: 'no page tells nothing',
    pages: [],
    out: {
      pages: 0,
      came: 0,
      isLastFull: false,
      claim: undefined,
      pagesClaimed: 0,
      grew: false,
      shrank: false,
    },
  },
  {
    says: 'records add up, and pages without any count for none',
    pages: [{}, { rows: 4 }, { rows: 0 }],
    out: { pages: 2, came: 14 },
  },
  { says: 'a page of one record holds some', pages: [{ rows: 1 }, { rows: 1 }], out: { pages: 2, came: 2 } },
  { says: 'the last page with records may be full', pages: [{}, {}, { rows: 0 }], out: { isLastFull: true } },
  { says: 'or not', pages: [{}, { rows: 9 }, { rows: 0 }], out: { isLastFull: false } },
  {
    says: 'it is the last in the list, not the last that came',
    pages: [{ rows: 9, index: 1 }, { index: 0 }],
    out: { isLastFull: false },
  },
  {
    says: 'a count of records is the claim',
    pages: [{ total: 30, pages: 3 }],
    out: { claim: 30, pagesClaimed: 3 },
  },
  { says: 'a part of a page is one', pages: [{ total: 31 }], out: { pagesClaimed: 4 } },
  {
    says: 'without a count of records, that of pages is told',
    pages: [{ pages: 3 }],
    out: { claim: undefined, pagesClaimed: 3 },
  },
  {
    says: 'nor does a count of none hide it',
    pages: [{ total: 0, pages: 3 }],
    out: { claim: 0, pagesClaimed: 3 },
  },
  {
    says: 'a count that stays neither grew nor fell',
    pages: [{ total: 30 }, { total: 30 }],
    out: { grew: false, shrank: false },
  },
  {
    says: 'the largest count is the claim',
    pages: [{ total: 30 }, { total: 32 }],
    out: { claim: 32, grew: true, shrank: false },
  },
  {
    says: 'where it fell, the last is',
    pages: [{ total: 30 }, { total: 28 }],
    out: { claim: 28, grew: false, shrank: true },
  },
  {
    says: 'one that rose and fell did both',
    pages: [{ total: 30 }, { total: 33 }, { total: 31 }],
    out: { claim: 31, grew: true, shrank: true },
  },
  {
    says: 'pages that say nothing change nothing',
    pages: [{ total: 30 }, {}],
    out: { claim: 30, shrank: false },
  },
  {
    says: 'counts of pages grow and fall too',
    pages: [{ pages: 3 }, { pages: 5 }, { pages: 4 }],
    out: { grew: true, shrank: true, pagesClaimed: 4 },
  },
  {
    says: 'the earliest date counts',
    pages: [{ dateMs: 7 }, { dateMs: 5 }, {}, { dateMs: 9 }],
    out: { dateMs: 5 },
  },
  { says: 'without dates there is none', pages: [{}, {}], out: { dateMs: undefined } },
]

for (const { says, pages, out } of rows) {
  test(`of a walk over a list: ${says}`, () => {
    const walk = walked(pages)
    const names = Object.keys(out) as (keyof Walk)[]
    assert.deepEqual(Object.fromEntries(names.map(name => [name, walk[name]])), out)
  })
}

test('a walk tells its end and its page size; a page is full by another size where one is given', () => {
  const walk = walked([{ rows: 4 }], 4, 10)
  assert.deepEqual([walk.end, walk.size, walk.isLastFull], ['short', 4, false])
  assert.equal(walked([{ rows: 4 }], 4).isLastFull, true)
})

test('while a walk goes on it tells what came, what is claimed, and how many pages of a size that makes', () => {
  const notes = createWalkNotes()
  assert.deepEqual([notes.came(), notes.claim(), notes.pagesClaimed(10)], [0, undefined, 0])
  notes.add(pageOf({ total: 25 }), 0)
  assert.deepEqual(
    [notes.came(), notes.claim(), notes.pagesClaimed(10), notes.pagesClaimed(5)],
    [10, 25, 3, 5],
  )
})

const more: readonly { says: string; pages: readonly Told[]; read: number; out: boolean }[] = [
  { says: 'nothing that came', pages: [], read: 0, out: false },
  { says: 'a page that tells nothing', pages: [{}], read: 1, out: false },
  { says: 'a page that says so', pages: [{ more: true }], read: 1, out: true },
  { says: 'an earlier page that said so', pages: [{ more: true }, {}], read: 2, out: false },
  { says: 'the last of two pages that says so', pages: [{}, { more: true }], read: 2, out: true },
  {
    says: 'an earlier page that says so and came late',
    pages: [{ index: 1 }, { index: 0, more: true }],
    read: 2,
    out: false,
  },
  {
    says: 'the last page that says so and came early',
    pages: [{ index: 1, more: true }, { index: 0 }],
    read: 2,
    out: true,
  },
  { says: 'a count of more pages', pages: [{ pages: 3 }], read: 2, out: true },
  { says: 'a count of as many pages', pages: [{ pages: 3 }], read: 3, out: false },
]
for (const { says, pages, read, out } of more)
  test(`after ${read} pages a list ${out ? 'goes on' : 'says no more'}, by ${says}`, () => {
    const notes = createWalkNotes()
    for (const [index, one] of pages.entries()) notes.add(pageOf(one), one.index ?? index)
    assert.equal(notes.saysMore(read), out)
  })

test('how many records a page held is told once it came', () => {
  const notes = createWalkNotes()
  notes.add(pageOf({ rows: 0 }), 1)
  assert.deepEqual([0, 1, 2].map(notes.rowsOn), [undefined, 0, undefined])
})

test('of several pages that failed, the first is what ended the list', () => {
  const notes = createWalkNotes()
  notes.add(pageOf({}), 0)
  notes.failed(first)
  notes.failed(transientError('Again.'))
  const { end, failure } = notes.end('refused', 10)
  assert.deepEqual([end, failure], ['failed', first])
})

for (const [end, isLastFull] of [
  ['empty', true],
  ['short', true],
  ['repeated', true],
  ['named', false],
  ['one answer', false],
] as const)
  test(`a full last page says ${isLastFull ? 'something' : 'nothing'} of a list that ended so: ${end}`, () => {
    const notes = createWalkNotes()
    notes.add(pageOf({}), 0)
    const walk = notes.end(end, 10)
    assert.deepEqual([walk.end, walk.isLastFull, walk.isStale], [end, isLastFull, undefined])
  })

test('a list of which a full page brought nothing new says so', () => {
  const notes = createWalkNotes()
  notes.stale()
  assert.equal(notes.end('short', 10).isStale, true)
})
