import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { isDay, momentOf, rfc3339, timestampOf } from './timestamps.ts'

const AT = Date.parse('2024-05-01T12:00:00.000Z')
const NOON = '2024-05-01T12:00:00Z'

/** Moments, as RFC 3339 writes them. */
const moments: ReadonlyArray<{ says: string; in: Json; out: string; ms?: number }> = [
  { says: 'an ISO text', in: NOON, out: NOON },
  { says: 'with milliseconds', in: '2024-05-01T12:00:00.000Z', out: '2024-05-01T12:00:00.000Z' },
  { says: 'with nanoseconds', in: '2024-05-01T12:00:00.000000001Z', out: '2024-05-01T12:00:00.000000001Z' },
  {
    says: 'with finer digits than V8 reads',
    in: '2024-05-01T12:00:00.0090071992Z',
    out: '2024-05-01T12:00:00.0090071992Z',
    ms: AT + 9,
  },
  { says: 'with an offset', in: '2024-05-01T14:00:00.000+02:00', out: '2024-05-01T14:00:00.000+02:00' },
  { says: 'with an offset to the west', in: '2024-05-01T06:30:00-05:30', out: '2024-05-01T06:30:00-05:30' },
  {
    says: 'with an offset without a colon',
    in: '2024-05-01T14:00:00+0200',
    out: '2024-05-01T14:00:00+02:00',
  },
  { says: 'with an offset of hours', in: '2024-05-01T14:00:00+02', out: '2024-05-01T14:00:00+02:00' },
  { says: 'without a zone, in UTC', in: '2024-05-01T12:00:00', out: NOON },
  {
    says: 'without a zone, with a fraction',
    in: '2024-05-01T12:00:00.5',
    out: '2024-05-01T12:00:00.5Z',
    ms: AT + 500,
  },
  { says: 'without a zone, as databases write it', in: '2024-05-01 12:00:00', out: NOON },
  {
    says: 'with a space before its offset',
    in: '2024-05-01 12:00:00 +0000',
    out: '2024-05-01T12:00:00+00:00',
  },
  { says: 'with its zone as a word', in: '2024-05-01 12:00:00 UTC', out: NOON },
  { says: 'with a comma', in: '2024-05-01 12:00:00,25', out: '2024-05-01T12:00:00.25Z', ms: AT + 250 },
  { says: 'in small letters', in: '2024-05-01t12:00:00z', out: NOON },
  { says: 'without seconds', in: '2024-05-01T12:00Z', out: NOON },
  { says: 'without seconds and zone', in: '2024-05-01T12:00', out: NOON },
  { says: 'a day', in: '2024-05-01', out: '2024-05-01T00:00:00Z', ms: AT - 12 * 3_600_000 },
  { says: 'a day with a zone', in: '2024-05-01Z', out: '2024-05-01T00:00:00Z', ms: AT - 12 * 3_600_000 },
  {
    says: 'the end of a day',
    in: '2024-04-30T24:00:00Z',
    out: '2024-05-01T00:00:00.000Z',
    ms: AT - 12 * 3_600_000,
  },
  { says: 'a leap day', in: '2024-02-29T00:00:00Z', out: '2024-02-29T00:00:00Z', ms: Date.UTC(2024, 1, 29) },
  {
    says: 'the leap day of 2000',
    in: '2000-02-29T00:00:00Z',
    out: '2000-02-29T00:00:00Z',
    ms: Date.UTC(2000, 1, 29),
  },
  {
    says: 'the last second that can be written',
    in: '9999-12-31T23:59:59Z',
    out: '9999-12-31T23:59:59Z',
    ms: 253402300799000,
  },
  { says: 'seconds', in: AT / 1000, out: '2024-05-01T12:00:00.000Z' },
  { says: 'seconds as text', in: String(AT / 1000), out: '2024-05-01T12:00:00.000Z' },
  { says: 'seconds with a fraction', in: 1714564800.25, out: '2024-05-01T12:00:00.250Z', ms: AT + 250 },
  {
    says: 'seconds with a long fraction',
    in: '1714564800.123456',
    out: '2024-05-01T12:00:00.123456Z',
    ms: AT + 123,
  },
  {
    says: 'seconds with more digits than nine',
    in: '1714564800.1234567894',
    out: '2024-05-01T12:00:00.123456789Z',
    ms: AT + 123,
  },
  { says: 'seconds of nine digits', in: 100_000_000, out: '1973-03-03T09:46:40.000Z', ms: 1e11 },
  {
    says: 'seconds of eleven digits',
    in: 99_999_999_999,
    out: '5138-11-16T09:46:39.000Z',
    ms: 99_999_999_999_000,
  },
  { says: 'milliseconds', in: AT, out: '2024-05-01T12:00:00.000Z' },
  { says: 'milliseconds as text', in: String(AT), out: '2024-05-01T12:00:00.000Z' },
  { says: 'milliseconds of twelve digits', in: 100_000_000_000, out: '1973-03-03T09:46:40.000Z', ms: 1e11 },
  { says: 'microseconds', in: AT * 1000 + 7, out: '2024-05-01T12:00:00.000007Z' },
  { says: 'microseconds as text', in: '1714564800000070', out: '2024-05-01T12:00:00.00007Z' },
  { says: 'nanoseconds', in: parseJson('1714564800000000001'), out: '2024-05-01T12:00:00.000000001Z' },
  { says: 'nanoseconds as text', in: '1714564800000000000', out: '2024-05-01T12:00:00.000Z' },
]

for (const { says, in: value, out, ms = AT } of moments) {
  test(`${says} is a moment: ${String(value)}`, () => {
    assert.equal(timestampOf(value), out)
    assert.equal(momentOf(value), ms)
    assert.equal(timestampOf(out), out)
  })
}

const others: ReadonlyArray<{ says: string; in: Json | undefined }> = [
  { says: 'an empty text', in: '' },
  { says: 'a word', in: 'soon' },
  { says: 'null', in: null },
  { says: 'a switch', in: true },
  { says: 'what is absent', in: undefined },
  { says: 'a list', in: [AT] },
  { says: 'an object', in: { at: AT } },
  { says: 'the year 0', in: '0000-01-01T00:00:00Z' },
  { says: 'a date of zeros', in: '0000-00-00 00:00:00' },
  { says: 'month 13', in: '2024-13-01T00:00:00Z' },
  { says: 'month 0', in: '2024-00-01' },
  { says: 'day 0', in: '2024-01-00' },
  { says: 'day 32', in: '2024-01-32' },
  { says: 'June 31st', in: '2024-06-31T00:00:00Z' },
  { says: 'February 30th', in: '2024-02-30T00:00:00Z' },
  { says: 'February 29th of a common year', in: '2023-02-29T00:00:00Z' },
  { says: 'February 29th of 1900', in: '1900-02-29T00:00:00Z' },
  { says: 'hour 25', in: '2024-05-01T25:00:00Z' },
  { says: 'a minute after the end of a day', in: '2024-05-01T24:01:00Z' },
  { says: 'a second after the end of a day', in: '2024-05-01T24:00:01Z' },
  { says: 'minute 60', in: '2024-05-01T12:60:00Z' },
  { says: 'second 60', in: '2024-05-01T12:00:60Z' },
  { says: 'an offset of a day', in: '2024-05-01T12:00:00+24:00' },
  { says: 'an offset of 60 minutes', in: '2024-05-01T12:00:00+00:60' },
  { says: 'a fraction without digits', in: '2024-05-01T12:00:00.Z' },
  { says: 'a zone of some country', in: '2024-05-01T12:00:00 CET' },
  { says: 'a date as Americans write it', in: '05/01/2024' },
  { says: 'a date as Germans write it', in: '01.05.2024 12:00' },
  { says: 'a year', in: 2024 },
  { says: 'a year as text', in: '2024' },
  { says: 'a date without hyphens', in: '20240501' },
  { says: 'zero', in: 0 },
  { says: 'a number below zero', in: -AT },
  { says: '1e300', in: 1e300 },
  { says: 'infinity', in: Number.POSITIVE_INFINITY },
  { says: 'digits without end', in: '9'.repeat(40) },
  { says: 'a phone number', in: '+49301234567' },
  { says: 'digits behind zeros', in: '0001714564800' },
  { says: 'a moment with something behind it', in: `${NOON}x` },
  { says: 'a year of five digits', in: '12024-05-01T12:00:00Z' },
]

for (const { says, in: value } of others) {
  test(`${says} is no moment: ${String(value)}`, () => {
    assert.deepEqual([momentOf(value), timestampOf(value ?? null)], [undefined, undefined])
  })
}

test('a moment is written so that it is read again as the same', () => {
  fc.assert(fc.property(fc.nat(4_102_444_800_000), ms => assert.equal(momentOf(rfc3339(ms)), ms)))
})

test('every day of the calendar is a day, and none besides', () => {
  const days = fc.tuple(
    fc.integer({ min: 1, max: 9999 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
  )
  fc.assert(
    fc.property(days, ([year, month, day]) => {
      const [y, m, d] = [
        String(year).padStart(4, '0'),
        String(month).padStart(2, '0'),
        String(day).padStart(2, '0'),
      ]
      const at = new Date(`${y}-01-01T00:00:00Z`)
      at.setUTCMonth(month - 1, day)
      const isThere = at.toISOString().slice(0, 10) === `${y}-${m}-${d}`
      assert.equal(momentOf(`${y}-${m}-${d}T00:00:00Z`) !== undefined, isThere)
    }),
    { numRuns: 2000 },
  )
})

for (const [index, days] of [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].entries())
  test(`month ${index + 1} of 2023 has ${days} days`, () =>
    assert.deepEqual(
      [days, days + 1].map(day => isDay(2023, index + 1, day)),
      [true, false],
    ))

for (const [year, month, day] of [
  [0, 1, 1],
  [2024, 0, 1],
  [2024, 13, 1],
  [2024, 1, 0],
  [2024, 1, 32],
  [2023, 2, 29],
] as const)
  test(`year ${year}, month ${month}, day ${day} is no day`, () =>
    assert.equal(isDay(year, month, day), false))
