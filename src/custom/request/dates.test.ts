import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileDateFormat, shift } from './dates.ts'

const MOMENT = Date.parse('2026-03-05T23:07:09.012Z')

const written = [
  ["yyyy-MM-dd'T'HH:mm:ss'Z'", '2026-03-05T23:07:09Z'],
  ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", '2026-03-05T23:07:09.012Z'],
  ['yyyy-MM-dd', '2026-03-05'],
  ['d.M.yy', '5.3.26'],
  ['yyyyMMddHH', '2026030523'],
  ['hh:mm a', '11:07 PM'],
  ['yyyy-DDD', '2026-064'],
  ["yyyy 'o''clock'", "2026 o'clock"],
  ["yyyy''MM", "2026'03"],
  ['epoch_seconds', '1772752029'],
  ['epoch_millis', '1772752029012'],
] as const
for (const [pattern, text] of written) {
  test(`the pattern ${pattern} writes ${text}, in UTC wherever the machine is`, () => {
    assert.equal(compileDateFormat(pattern).write(MOMENT), text)
  })
}

const INVALID = [
  ['yyyy-MM-ddTHH:mm:ss', /has the letter T/],
  ["yyyy-MM-dd'T'HH:mm:ss'Z", /a quote that is never closed/],
  ['YYYY-MM-dd', /has the letter Y/],
  ['%Y-%m-%d', /has the letter Y/],
  ['iso8601', /has the letter i/],
  ["'now'", /no letter for a date or time/],
  ['', /no letter for a date or time/],
  ['yyyy-mm-dd', /m is minutes; months are M/],
  ['yyyy-MM-dd HH:ss', /s is seconds, which need minutes/],
  ['yyyy-MM-DD', /D is the day of the year; days of the month are d/],
  ['yyyy-DD-dd', /D is the day of the year/],
  ['yyyy-MM-dd hh:mm', /h and K count to 12, which needs a; hours of the day are H/],
] as const
for (const [pattern, says] of INVALID) {
  test(`the pattern "${pattern}" is refused with a sentence: ${says.source}`, () => {
    assert.throws(() => compileDateFormat(pattern), { message: says })
  })
}

const shifts = [
  ['2026-03-31T12:00:00Z', -1, 'month', '2026-02-28T12:00:00.000Z'],
  ['2024-02-29T00:00:00Z', -1, 'year', '2023-02-28T00:00:00.000Z'],
  ['2026-03-29T12:00:00Z', -1, 'day', '2026-03-28T12:00:00.000Z'],
  ['2026-03-29T12:00:00Z', 2, 'week', '2026-04-12T12:00:00.000Z'],
  ['2026-03-29T00:00:00Z', -4, 'hour', '2026-03-28T20:00:00.000Z'],
  ['2026-03-29T00:00:00Z', 1, 'minute', '2026-03-29T00:01:00.000Z'],
  ['2026-03-29T00:00:00Z', 0, 'second', '2026-03-29T00:00:00.000Z'],
] as const
for (const [from, count, unit, to] of shifts) {
  test(`${count} ${unit}s after ${from} it is ${to}`, () => {
    assert.equal(new Date(shift(Date.parse(from), count, unit)).toISOString(), to)
  })
}

const span = { from: Date.parse('2026-03-05T10:30:00Z'), to: Date.parse('2026-03-07T10:30:00Z') }
const widened = [
  ["yyyy-MM-dd'T'HH:mm:ss'Z'", '2026-03-05T10:29:59Z', '2026-03-07T10:30:01Z'],
  ['epoch_millis', '1772706599000', '1772879401000'],
  ['yyyy-MM-dd', '2026-03-05', '2026-03-08'],
  ['yyyy-MM', '2026-03', '2026-04'],
] as const
for (const [pattern, from, to] of widened) {
  test(`a window in the format ${pattern} is widened so that no moment of it is missed`, () => {
    const format = compileDateFormat(pattern)
    const wide = format.widen(span)
    assert.deepEqual([format.write(wide.from), format.write(wide.to)], [from, to])
  })
}

test('a window that ends where a day ends is not widened to the next one', () => {
  const { widen, write } = compileDateFormat('yyyy-MM-dd')
  const { to } = widen({ from: 0, to: Date.parse('2026-03-07T00:00:00Z') })
  assert.equal(write(to), '2026-03-07')
})

const DAY_MS = 86_400_000
const steps = [
  ['epoch_millis', 1],
  ['epoch_seconds', 1000],
  ['HH:mm:ss.SSS', 1],
  ['HH:mm:ss', 1000],
  ['yyyy-MM-dd HH:mm', 60_000],
  ['yyyy-MM-dd hh a', 3_600_000],
  ['yyyy-DDD', DAY_MS],
  ["yyyy-'W'II", 7 * DAY_MS],
  ['yyyy-MM', 31 * DAY_MS],
  ['yyyy-LLL', 31 * DAY_MS],
  ["yyyy-'Q'Q", 92 * DAY_MS],
  ['qq yyyy', 92 * DAY_MS],
  ['yyyy', 366 * DAY_MS],
] as const
for (const [pattern, stepMs] of steps) {
  test(`the format ${pattern} tells moments apart that are ${stepMs} ms apart`, () =>
    assert.equal(compileDateFormat(pattern).stepMs, stepMs))
}
