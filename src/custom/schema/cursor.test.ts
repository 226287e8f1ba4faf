import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exactNumber, type Json } from '../../json.ts'
import { compileCursorFormat, withMoment } from './cursor.ts'

const rows: readonly (readonly [
  format: string | undefined,
  value: Json | undefined,
  moment: string | undefined,
])[] = [
  [undefined, '2026-11-12T10:00:00Z', '2026-11-12T10:00:00Z'],
  [undefined, '2026-11-12 10:00:00', '2026-11-12T10:00:00Z'],
  [undefined, '2026-11-12', '2026-11-12T00:00:00Z'],
  [undefined, '12/11/2026', undefined],
  [undefined, 1_700_000_000, undefined],
  [undefined, '1700000000', undefined],
  ['iso8601', '2026-11-12T10:00:00+02:00', '2026-11-12T10:00:00+02:00'],
  ['epoch_seconds', 1_700_000_000, '2023-11-14T22:13:20.000Z'],
  ['epoch_seconds', '1700000000.5', '2023-11-14T22:13:20.500Z'],
  ['epoch_seconds', 0, '1970-01-01T00:00:00.000Z'],
  ['epoch_seconds', -86_400, '1969-12-31T00:00:00.000Z'],
  ['epoch_seconds', 1e300, undefined],
  ['epoch_seconds', 'soon', undefined],
  ['epoch_seconds', true, undefined],
  ['epoch_seconds', null, undefined],
  ['epoch_seconds', undefined, undefined],
  ['epoch_seconds', 8_640_000_000_000, '+275760-09-13T00:00:00.000Z'],
  ['epoch_seconds', 8_640_000_000_001, undefined],
  ['epoch_millis', 1_700_000_000_123, '2023-11-14T22:13:20.123Z'],
  ['epoch_millis', 5, '1970-01-01T00:00:00.005Z'],
  ['epoch_micros', '1700000000123456', '2023-11-14T22:13:20.123Z'],
  ['epoch_nanos', exactNumber('1700000000123456789'), '2023-11-14T22:13:20.123Z'],
  ['dd/MM/yyyy', '12/11/2026', '2026-11-12T00:00:00.000Z'],
  ["dd.MM.yyyy 'um' HH:mm", '01.12.2026 um 08:30', '2026-12-01T08:30:00.000Z'],
  ['dd/MM/yyyy', '31/02/2026', undefined],
  ['dd/MM/yyyy', 12_112_026, undefined],
]
for (const [format, value, moment] of rows) {
  test(`${JSON.stringify(value)} as ${format ?? 'a time without a format'} is ${moment ?? 'no time'}`, () => {
    assert.equal(compileCursorFormat(format)(value), moment)
  })
}

test('a pattern of another language is refused', () => {
  assert.throws(() => compileCursorFormat('%d/%m/%Y'), /date/)
  assert.throws(() => compileCursorFormat('epoch'), /date|letter/)
})

test('a time is put in the place where it came, however deep, and the rest stays', () => {
  const read = compileCursorFormat('epoch_seconds')
  const moment = '1970-01-01T00:00:01.000Z'
  assert.deepEqual(withMoment({ t: 1, a: 2 }, 't', read), { t: moment, a: 2 })
  assert.deepEqual(withMoment({ c: { t: 1, b: 2 } }, 'c.t', read), { c: { t: moment, b: 2 } })
  assert.deepEqual(withMoment({ 'c.t': 1, c: { t: 1 } }, 'c.t', read), { 'c.t': moment, c: { t: 1 } })
  for (const record of [{ t: 'soon' }, { c: 1 }, {}, { c: { other: 1 } }]) {
    assert.equal(withMoment(record, 't', read), record)
    assert.deepEqual(withMoment(record, 'c.t', read), record)
  }
})
