import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonObject } from '../../json.ts'
import { compileFit } from '../records/fit-schema.ts'
import { columnTypesOf, fitsColumn } from './column-types.ts'

/** Whether a value in JSON fits a column, as bytes, with something before and behind it. */
function fits(json: string, column: JsonObject): boolean {
  const bytes = Buffer.from(`x${json}"Z`)
  return fitsColumn(bytes, 1, 1 + Buffer.byteLength(json), columnTypesOf(column))
}

const COLUMNS: Readonly<Record<string, JsonObject>> = {
  text: { type: ['null', 'string'] },
  whole: { type: ['null', 'integer'] },
  number: { type: 'number' },
  switch: { type: ['null', 'boolean'] },
  list: { type: ['null', 'array'] },
  object: { type: ['null', 'object'] },
  time: { type: ['null', 'string'], format: 'date-time' },
  either: { type: ['null', 'string', 'integer'] },
  any: {},
}
const VALUES: Readonly<Record<string, readonly string[]>> = {
  '"a"': ['text', 'either', 'any'],
  '1': ['whole', 'number', 'either', 'any'],
  '-1': ['whole', 'number', 'either', 'any'],
  '1.5': ['number', 'any'],
  '1e2': ['number', 'any'],
  '1E2': ['number', 'any'],
  true: ['switch', 'any'],
  false: ['switch', 'any'],
  '[]': ['list', 'any'],
  '{}': ['object', 'any'],
  null: Object.keys(COLUMNS),
  '"2026-01-31T12:00:00Z"': ['text', 'time', 'either', 'any'],
}
for (const [json, expected] of Object.entries(VALUES)) {
  test(`${json} fits ${expected.join(', ')}, and no other column`, () => {
    const found = Object.entries(COLUMNS).filter(([, column]) => fits(json, column))
    assert.deepEqual(
      found.map(([name]) => name),
      expected,
    )
  })
}

test('a column of days is left to the slower check', () => {
  const day = { type: ['null', 'string'], format: 'date' }
  assert.deepEqual([fits('"2026-01-31"', day), fits('null', day)], [false, true])
})

const TIMES = [
  '2026-01-31T12:00:00Z',
  '2024-02-29T23:59:59.123456789Z',
  '0001-01-01T00:00:00+00:00',
  '9999-12-31T23:59:59-23:59',
  '2000-02-29T09:09:09.9+09:30',
]

test('as bytes a text is a time just where it is spelled as a time already', () => {
  const fit = compileFit({ properties: { at: COLUMNS['time'] ?? {} } })
  const isSpelled = (at: string) => fit({ at }).data['at'] === at
  const near = fc
    .tuple(
      fc.constantFrom(...TIMES),
      fc.nat(40),
      fc.constantFrom(...'0123456789-+:.TtZz /;,x', ''),
      fc.nat(1),
    )
    .map(([text, at, sign, taken]) => text.slice(0, at) + sign + text.slice(at + taken))
  for (const text of TIMES)
    assert.deepEqual([fits(JSON.stringify(text), COLUMNS['time'] ?? {}), isSpelled(text)], [true, true])
  fc.assert(
    fc.property(near, text =>
      assert.equal(fits(JSON.stringify(text), COLUMNS['time'] ?? {}), isSpelled(text), text),
    ),
    { numRuns: 20_000 },
  )
})

for (const text of [
  '2026-01-31T12:00:00',
  '2026-01-31T12:00:00.',
  '2026-01-31T12:00:00.Z',
  '2026-01-31T12:00:00.1',
  '2026-01-31T12:00:00Zx',
  '2026-01-31T12:00:00+0:00',
  '2026-01-31T12:00:00+00-00',
  '2026-01-31T12:00:00,00:00',
  '2026-01-31T12:00:00+0a:00',
  '2026-01-31T12:00:00+a0:00',
  '2026-01-31T12:00:00+00:a0',
  '2026-01-31T12:00:00+00:0a',
  '2026-01-31T12:00:00+24:00',
  '2026-01-31T12:00:00+00:60',
  '2026-01-31T12:00:0:Z',
  '2026-01-31T12:00:60Z',
  '2026-01-31T24:00:00Z',
  '2026-01-32T12:00:00Z',
  '2026-00-31T12:00:00Z',
  '0000-01-01T12:00:00Z',
]) {
  test(`${text} is no time as bytes`, () =>
    assert.equal(fits(JSON.stringify(text), COLUMNS['time'] ?? {}), false))
}
