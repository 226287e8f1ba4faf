import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { momentOf } from '../time/timestamps.ts'
import { dateTimeAt, isDateTime } from './date-time.ts'

/** The moment of a text as bytes, with something before and behind it; undefined where it is none. */
function momentIn(text: string): number | undefined {
  const bytes = Buffer.from(`"${text}"9`)
  return isDateTime(bytes, 1, bytes.length - 2) ? dateTimeAt(bytes, 1) : undefined
}

for (const text of [
  '2026-01-31T12:00:00Z',
  '2026-01-31T12:00:00.5Z',
  '2026-01-31T12:00:00.05Z',
  '2026-01-31T12:00:00.123Z',
  '2026-01-31T12:00:00.999999999Z',
  '2026-01-31T12:00:00+05:30',
  '2026-01-31T12:00:00.25-11:45',
  '2024-02-29T23:59:59Z',
  '1969-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00Z',
  '0099-12-31T23:59:59Z',
  '9999-12-31T23:59:59.999-23:59',
])
  test(`as bytes ${text} is the moment that it is as a text`, () =>
    assert.equal(momentIn(text), Date.parse(text)))

test('so is any other', () => {
  const fraction = fc.oneof(
    fc.constant(''),
    fc.stringMatching(/^\d{1,9}$/).map(digits => `.${digits}`),
  )
  const zone = fc.oneof(fc.constant('Z'), fc.stringMatching(/^[+-](0\d|1\d|2[0-3]):[0-5]\d$/))
  const date = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(date, fraction, zone, (at, part, offset) => {
      const text = at.toISOString().replace(/\.\d+Z$/, part + offset)
      assert.equal(momentIn(text), momentOf(text), text)
    }),
    { numRuns: 5000 },
  )
})
