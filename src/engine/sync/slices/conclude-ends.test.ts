import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Walk } from '../../evidence/walk.ts'
import type { Mistakes } from '../../stream/mistakes.ts'
import { HOUR, NOW, things } from '../../testing.ts'
import { isCapped, isShort, mayBeCapped, partitionOf } from './conclude.ts'
import { foundOf, openStream, shortBy, walkOf } from './slices-testing.ts'

const full = (more: Partial<Walk>) => walkOf({ isLastFull: true, ...more })

const ends: readonly { says: string; walk: Partial<Walk>; isCut: boolean; mayBe: boolean }[] = [
  { says: 'a short page', walk: walkOf(), isCut: false, mayBe: false },
  { says: 'a page that fails', walk: walkOf({ end: 'failed' }), isCut: true, mayBe: false },
  { says: 'a refusal after a short page', walk: walkOf({ end: 'refused' }), isCut: false, mayBe: false },
  { says: 'a refusal after a full page', walk: full({ end: 'refused' }), isCut: true, mayBe: false },
  {
    says: 'the same page again after two',
    walk: full({ end: 'repeated', pages: 2 }),
    isCut: true,
    mayBe: true,
  },
  { says: 'the same page again after one', walk: full({ end: 'repeated' }), isCut: false, mayBe: true },
  {
    says: 'the same short page again after two',
    walk: walkOf({ end: 'repeated', pages: 2 }),
    isCut: false,
    mayBe: false,
  },
  { says: 'a page that names none after it', walk: full({ end: 'named' }), isCut: false, mayBe: false },
  { says: 'an empty page after a short one', walk: walkOf({ end: 'empty' }), isCut: false, mayBe: false },
  {
    says: 'an empty page after as many full ones as are counted',
    walk: full({ end: 'empty', pages: 2, pagesClaimed: 2 }),
    isCut: false,
    mayBe: false,
  },
  {
    says: 'an empty page after more full ones',
    walk: full({ end: 'empty', pages: 2, pagesClaimed: 1 }),
    isCut: false,
    mayBe: true,
  },
  {
    says: 'an empty page after as many records as are counted',
    walk: full({ end: 'empty', claim: 4 }),
    isCut: false,
    mayBe: false,
  },
  {
    says: 'an empty page after more records',
    walk: full({ end: 'empty', claim: 3 }),
    isCut: false,
    mayBe: true,
  },
  {
    says: 'any page, where a full one brought nothing new',
    walk: walkOf({ isStale: true }),
    isCut: false,
    mayBe: true,
  },
  {
    says: 'any page, where one did and all that is counted came',
    walk: walkOf({ isStale: true, claim: 4 }),
    isCut: false,
    mayBe: false,
  },
]

for (const { says, walk, isCut, mayBe } of ends)
  test(`a list that ends with ${says} ${isCut ? 'broke off' : 'did not break off'}${mayBe ? ', and may hold more' : ''}`, () => {
    const found = foundOf({ walk: walkOf(walk) })
    assert.deepEqual([isCapped(found), mayBeCapped(found)], [isCut, mayBe])
    assert.equal(
      mayBeCapped({ ...found, newestMs: undefined }),
      false,
      'nor where it has no time to ask less of',
    )
  })

test('a list is short that claims more than came', () => {
  const shorts = [undefined, 3, 4, 5].map(claim => isShort(foundOf({ claim })))
  assert.deepEqual(shorts, [false, false, false, true])
})

test('a slice without a parent is of no partition', () => {
  assert.deepEqual([partitionOf({}), partitionOf({ parent: { id: 'p' } })], [undefined, 'p'])
})

test('what a list counts and gave is said for those who look into a sync', () => {
  const { see, debugs } = openStream()
  see()
  see(shortBy(1), { window: { from: NOW - HOUR, to: NOW } })
  assert.deepEqual(debugs, [
    'things: gave 4 records, with no count; its end: short.',
    'things: 2026-01-31T11:00:00.000Z to 2026-01-31T12:00:00.000Z gave 4 records, with a count of 5; its end: short.',
  ])
})

const MISTAKES = { pageSize: 70 } as Mistakes
const REFUSED = { end: 'refused' } as const
const ONE = { end: 'one answer' } as const
const WINDOW = { window: { from: NOW - HOUR, to: NOW } }

const caps: readonly {
  says: string
  distinct: number
  walk?: Partial<Walk>
  mistakes?: Mistakes
  slice?: object
  out?: string
}[] = [
  {
    says: 'of 1000 records that broke off',
    distinct: 1000,
    walk: REFUSED,
    out: 'the API refused to go on after',
  },
  {
    says: 'of 5000 records that broke off',
    distinct: 5000,
    walk: REFUSED,
    out: 'the API refused to go on after',
  },
  {
    says: 'of 10,000 records that broke off',
    distinct: 10_000,
    walk: REFUSED,
    out: 'the API refused to go on after',
  },
  { says: 'of 1001 records that broke off', distinct: 1001, walk: REFUSED },
  { says: 'of 500 records that broke off', distinct: 500, walk: REFUSED },
  { says: 'of 1000 records that did not', distinct: 1000 },
  { says: 'of 1000 records in one answer', distinct: 1000, walk: ONE },
  {
    says: 'of 1000 records that a person described',
    distinct: 1000,
    mistakes: MISTAKES,
    out: 'the API gave',
  },
  { says: 'of 1000 such records in a window', distinct: 1000, mistakes: MISTAKES, slice: WINDOW },
  { says: 'of 100 such records', distinct: 100, mistakes: MISTAKES },
  ...[50, 70, 100, 200, 250, 500, 1000, 5000, 10_000].map(distinct => ({
    says: `of ${distinct} such records in one answer`,
    distinct,
    walk: ONE,
    mistakes: MISTAKES,
    slice: WINDOW,
    out: 'the API gave',
  })),
  { says: 'of 71 such records in one answer', distinct: 71, walk: ONE, mistakes: MISTAKES },
]

for (const { says, distinct, walk, mistakes, slice = {}, out } of caps)
  test(`a list ${says} ${out === undefined ? 'is believed' : 'may be all that the API gives'}`, () => {
    const { see, lines } = openStream(things(mistakes === undefined ? {} : { mistakes }))
    see({ distinct, walk: walkOf(walk) }, slice)
    const text = `WARN things: ${out} exactly ${distinct} records, which may be all that it gives rather than all there are.`
    assert.deepEqual(lines, out === undefined ? [] : [text])
  })
