import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonObject } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { isWithinDouble, respellFor } from './spelling.ts'

/** Values as an answer spells them, and as their column does; undefined where they do not fit it. */
const rows: readonly { says: string; column: JsonObject; in: string; out: Json | undefined }[] = [
  { says: 'a number in a text', column: { type: 'string' }, in: '4.5', out: '4.5' },
  {
    says: 'a text in a text, which needs no other spelling',
    column: { type: 'string' },
    in: '"a"',
    out: undefined,
  },
  { says: 'a number in a text that may be null', column: { type: ['null', 'string'] }, in: '7', out: '7' },
  {
    says: 'a number where text or a switch may be',
    column: { type: ['string', 'boolean'] },
    in: '7',
    out: undefined,
  },
  { says: 'a number where anything may be', column: {}, in: '7', out: undefined },
  { says: 'digits in a list', column: { type: 'array' }, in: '"7"', out: undefined },
  { says: 'a number in a day', column: { type: 'string', format: 'date' }, in: '7', out: undefined },
  {
    says: 'seconds in a time',
    column: { type: ['string', 'null'], format: 'date-time' },
    in: '1714564800',
    out: '2024-05-01T12:00:00.000Z',
  },
  { says: 'digits in a whole number', column: { type: 'integer' }, in: '"-42"', out: -42 },
  {
    says: 'digits behind a zero in a whole number',
    column: { type: 'integer' },
    in: '"042"',
    out: undefined,
  },
  { says: 'a fraction in a whole number', column: { type: 'integer' }, in: '"1.5"', out: undefined },
  {
    says: 'a whole number beyond 2^53 with a zero fraction',
    column: { type: 'integer' },
    in: '9007199254740993.00',
    out: parseJson('9007199254740993'),
  },
  {
    says: 'such a number with another fraction',
    column: { type: 'integer' },
    in: '9007199254740993.01',
    out: undefined,
  },
  { says: 'a fraction in a number', column: { type: 'number' }, in: '"-0.5e1"', out: -5 },
  { says: 'a number beyond any double', column: { type: 'number' }, in: '"1e400"', out: undefined },
  { says: 'true in a switch', column: { type: 'boolean' }, in: '"true"', out: true },
  { says: 'false in a switch', column: { type: 'boolean' }, in: '"false"', out: false },
  { says: 'no in a switch', column: { type: 'boolean' }, in: '"no"', out: undefined },
]

for (const { says, column, in: text, out } of rows)
  test(`${says} is ${out === undefined ? 'not spelled otherwise' : `spelled ${out}`}`, () =>
    assert.deepEqual(respellFor(column)(parseJson(text)), out))

test('the largest double is one, and what is larger is none', () => {
  assert.deepEqual(
    ['1.7976931348623157e308', '-1.7976931348623157e308', '1.8e308', '-1.8e308'].map(isWithinDouble),
    [true, true, false, false],
  )
})
