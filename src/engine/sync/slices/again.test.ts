import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../../http/testing.ts'
import { jsonIn } from '../../bytes/raw-record.ts'
import { createRouteMemories } from '../../evidence/route-memories.ts'
import type { Walk } from '../../evidence/walk.ts'
import type { Page } from '../../fetch/extract.ts'
import type { RecordFilter } from '../../records/filter.ts'
import { CALLS, createWorld, DAY, NOW, SECOND } from '../../testing.ts'
import { type Again, readAgain } from './again.ts'
import { walkOf } from './slices-testing.ts'

/** A slice of which four different records came, and how it was read. */
interface Reading {
  /** How many pages it has; default: two. */
  readonly pages?: number
  readonly walk?: Partial<Walk>
  readonly claim?: number
  /** How long its window is; undefined where it has none. */
  readonly lengthMs?: number
  readonly cameTwice?: boolean
  readonly concurrency?: number
  /** The further readings, counted from 1, that bring one new record each. */
  readonly news?: readonly number[]
  /** What the answers of further readings count. */
  readonly total?: number
}

interface Row extends Reading {
  readonly says: string
  /** How often it is read from its end. */
  readonly readings: number
  readonly out: Again
}

const MOMENT = 2 * SECOND - 1
const ALWAYS = Array.from({ length: 30 }, (_, index) => index + 1)

const rows: readonly Row[] = [
  { says: 'that holds all it counts is not read again', claim: 4, readings: 0, out: 'no' },
  { says: 'without a count, in a window, neither', lengthMs: DAY, readings: 0, out: 'no' },
  {
    says: 'that became shorter is read from its end',
    pages: 3,
    walk: { shrank: true },
    claim: 4,
    news: [1],
    readings: 1,
    out: 'no',
  },
  {
    says: 'that became shorter and brings nothing new is as it was',
    walk: { shrank: true },
    claim: 4,
    readings: 1,
    out: 'stable',
  },
  { says: 'that is one short of its count is read again', claim: 5, readings: 1, out: 'stable' },
  { says: 'is read until it is whole', claim: 6, news: [1, 2], readings: 2, out: 'no' },
  { says: 'is read until it brings nothing new', claim: 6, news: [1], readings: 2, out: 'stable' },
  {
    says: 'of two seconds is read once: it is asked for in halves then',
    claim: 6,
    lengthMs: 2 * SECOND,
    news: [1],
    readings: 1,
    out: 'no',
  },
  {
    says: 'of less than two seconds is read until three readings in a row bring nothing new',
    claim: 9,
    lengthMs: MOMENT,
    news: [2],
    readings: 5,
    out: 'stable',
  },
  {
    says: 'of less than two seconds on one page needs one such reading',
    pages: 1,
    claim: 9,
    lengthMs: MOMENT,
    news: [1],
    readings: 2,
    out: 'stable',
  },
  { says: 'of less than two seconds without a count so too', lengthMs: MOMENT, readings: 3, out: 'stable' },
  { says: 'of two seconds without a count is not', lengthMs: 2 * SECOND, readings: 0, out: 'no' },
  { says: 'on one page is not, without a count', pages: 1, lengthMs: MOMENT, readings: 0, out: 'no' },
  { says: 'in which a record came twice is read again', cameTwice: true, readings: 1, out: 'stable' },
  {
    says: 'in which one came twice is not where its count is met',
    claim: 4,
    cameTwice: true,
    readings: 0,
    out: 'no',
  },
  {
    says: 'that brings news then comes in any order: three readings must bring none',
    cameTwice: true,
    news: [1],
    readings: 4,
    out: 'stable',
  },
  {
    says: 'with news each time is read 20 times in all',
    cameTwice: true,
    news: ALWAYS,
    readings: 19,
    out: 'no',
  },
  {
    says: 'whose count grows while nothing comes counts something else',
    walk: { claim: 8 },
    claim: 8,
    total: 9,
    readings: 1,
    out: 'count grows',
  },
  { says: 'whose count stays is short', walk: { claim: 8 }, claim: 8, total: 8, readings: 1, out: 'stable' },
  { says: 'that has a count at last is short too', cameTwice: true, total: 9, readings: 1, out: 'stable' },
]

for (const { says, readings, out, ...reading } of rows)
  test(`a slice ${says}`, async () => {
    const { again, asked } = await readSlice(reading)
    assert.equal(again, out)
    const backwards = reading.pages === 1 ? [1] : reading.pages === 3 ? [3, 2, 1] : [2, 1]
    assert.deepEqual(asked, Array.from({ length: readings }, () => backwards).flat())
  })

const growing: readonly { says: string; pages: number; concurrency: number; asked: readonly number[] }[] = [
  { says: 'is read in order, up to twice as far', pages: 3, concurrency: 2, asked: [1, 2, 3, 4, 5, 6] },
  { says: 'of two pages is not: the first came before the second', pages: 2, concurrency: 2, asked: [] },
  { says: 'is not where its pages came one by one', pages: 3, concurrency: 1, asked: [] },
]

for (const { says, asked, ...reading } of growing)
  test(`a list that grew while its pages came side by side ${says}`, async () => {
    const found = await readSlice({ ...reading, walk: { grew: true }, claim: 4 })
    assert.deepEqual(found, { again: 'no', asked })
  })

async function readSlice(reading: Reading) {
  const { pages = 2, walk, claim, lengthMs, cameTwice = false, news = [], total, concurrency = 8 } = reading
  const { engine, asked } = createWorld(
    (_, index) => {
      const isNews = index % pages === 0 && news.includes(index / pages + 1)
      return reply(200, { items: [{ id: isNews ? `new ${index}` : 'a' }], pagination: { total } })
    },
    { concurrency },
  )
  const seen = new Set(['a', 'b', 'c', 'd'].map(id => JSON.stringify({ id })))
  const take = async ({ rows }: Page) => {
    for (const row of rows) seen.add(JSON.stringify(jsonIn(row)))
    return 'nothing' as const
  }
  const slice = lengthMs === undefined ? {} : { window: { from: NOW - lengthMs, to: NOW } }
  const spec = { def: CALLS, route: CALLS.routes[0], slice, pageSize: 1, filters: {} }
  const again = await readAgain({
    walking: { spec, engine, take, route: createRouteMemories().of(CALLS.routes[0]) },
    walk: walkOf({ pages, claim, size: 1, ...walk }),
    filter: { seen: () => ({ distinct: seen.size }) } as RecordFilter,
    claim,
    slice,
    cameTwice,
  })
  return { again, asked: asked.map(({ query }) => query?.['page']) }
}
