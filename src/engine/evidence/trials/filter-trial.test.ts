import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extentOf, marginOf, momentsIn, tryFilter } from './filter-trial.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ASKED = { from: Date.parse('2026-01-10T00:00:00Z'), to: Date.parse('2026-01-11T00:00:00Z') }

/** Records so many milliseconds before what was asked for (below 0), or after it. */
const rowsAt = (distances: readonly number[]) =>
  distances.map(ms => ({
    json: { at: new Date(ms < 0 ? ASKED.from + ms : ASKED.to + ms).toISOString() },
  }))

const rows: readonly {
  says: string
  at: readonly number[]
  margin?: number
  out: ReturnType<typeof tryFilter>
}[] = [
  { says: 'no records', at: [], out: 'fits' },
  { says: 'records of the very ends', at: [-0, 0], out: 'fits' },
  { says: 'records two seconds outside', at: [-2 * SECOND, 2 * SECOND], out: 'fits' },
  { says: 'a record further before', at: [0, -2001], out: { marginMs: MINUTE } },
  { says: 'a record further after', at: [0, 2001], out: { marginMs: MINUTE } },
  { says: 'a record a minute outside', at: [MINUTE], out: { marginMs: MINUTE } },
  { says: 'a record more than a minute outside', at: [MINUTE + 1], out: { marginMs: HOUR } },
  { says: 'a record hours outside', at: [5, -2 * HOUR, 30], out: { marginMs: 2 * HOUR } },
  { says: 'a record nearly three hours outside', at: [3 * HOUR - 1], out: { marginMs: 3 * HOUR } },
  { says: 'a record a day outside', at: [DAY], out: { marginMs: DAY } },
  { says: 'records a day outside, and no others', at: [DAY, -DAY], out: { marginMs: DAY } },
  { says: 'records as far outside as is known', at: [HOUR], margin: HOUR, out: 'fits' },
  {
    says: 'records further outside than is known',
    at: [HOUR + 1],
    margin: HOUR,
    out: { marginMs: 2 * HOUR },
  },
  { says: 'one stray record alone', at: [400 * DAY], out: 'astray' },
  { says: 'two stray records among others', at: [0, 0, 9 * DAY, -9 * DAY], out: 'fits' },
  { says: 'mostly records of other times', at: [0, 9 * DAY, -9 * DAY], out: 'unfiltered' },
  { says: 'nothing but records of other times', at: [DAY + 1, DAY + 2], out: 'unfiltered' },
  { says: 'a stray record beside one that is near', at: [400 * DAY, HOUR], out: { marginMs: HOUR } },
]

for (const { says, at, margin = 0, out } of rows) {
  const found = typeof out === 'string' ? out : `off by ${out.marginMs / MINUTE} minutes`
  test(`${says}: the filter ${found === 'fits' ? 'fits' : `is ${found}`}`, () =>
    assert.deepEqual(tryFilter(rowsAt(at), 'at', ASKED, margin), out))
}

test('records without a moment tell nothing of the filter', () => {
  const timeless = [{ json: { at: 'some day' } }, { json: {} }]
  assert.deepEqual(momentsIn(timeless, 'at'), [])
  assert.equal(tryFilter([...timeless, ...rowsAt([0])], 'at', ASKED, 0), 'fits')
})

test('a page of more records than a call takes arguments is judged like any other', () => {
  const many = new Array<number>(200_000).fill(0)
  assert.equal(tryFilter(rowsAt(many), 'at', ASKED, 0), 'fits')
  assert.deepEqual(extentOf([...many, 7, -3]), { from: -3, to: 7 })
  assert.equal(extentOf([]), undefined)
})

/** Days, of which the second is asked for. */
const lists: readonly { says: string; from: number; to: number; margin?: number; hours: number }[] = [
  { says: 'as long as what was asked for, an hour late', from: 25, to: 49, hours: 1 },
  { says: 'that begins half an hour early', from: 23.5, to: 40, hours: 1 },
  { says: 'of the time that was asked for', from: 24, to: 48, hours: 0 },
  { says: 'that is as late as is known', from: 26, to: 50, margin: 2, hours: 0 },
  { says: 'that is later than is known', from: 27, to: 51, margin: 2, hours: 3 },
  { says: 'a day late', from: 48, to: 72, hours: 24 },
  { says: 'of twice the time that was asked for', from: 12, to: 60, hours: 12 },
  { says: 'of clearly more time than was asked for', from: 10, to: 60, hours: 0 },
  { says: 'of another time', from: 80, to: 90, hours: 0 },
]
for (const { says, from, to, margin = 0, hours } of lists)
  test(`a whole list ${says} shows that the filter is off by ${hours} hours`, () => {
    const span = { from: from * HOUR, to: to * HOUR }
    assert.equal(marginOf(span, { from: DAY, to: 2 * DAY }, margin * HOUR), hours * HOUR)
  })
