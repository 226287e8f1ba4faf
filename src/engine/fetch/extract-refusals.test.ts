import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import { BadBody } from '../../http/types.ts'
import type { Json, JsonObject } from '../../json.ts'
import { jsonIn } from '../bytes/raw-record.ts'
import { listAt, oneAt, type RecordsAt } from '../stream/definition.ts'
import { extractPage, isNoContainer } from './extract.ts'

const extract = (body: JsonObject, at: RecordsAt) => {
  const page = extractPage(reply(200, body), {
    request: { method: 'GET', path: '/things' },
    at,
    service: 'Babelforce',
  })
  return isNoContainer(page) ? assert.fail('it lacks its container') : page
}
const list = listAt('items')
const one = oneAt('item')
const body: RecordsAt = { kind: 'body' }
const a = { id: 'a' }

const refused: readonly { says: string; at: RecordsAt; in: JsonObject; why: string }[] = [
  {
    says: 'a list that is not whole by its own words',
    at: list,
    in: { items: [a], timed_out: true },
    why: 'it is not whole by its own words (timed_out)',
  },
  {
    says: 'no list where one record is counted',
    at: list,
    in: { items: null, total: 1 },
    why: 'it counts 1 records and holds no list of them',
  },
  {
    says: 'a record of a request that did not succeed',
    at: one,
    in: { item: a, success: false, message: 'try later' },
    why: 'it speaks of an error: try later',
  },
  {
    says: 'null for a record, with a message',
    at: one,
    in: { item: null, message: 'try later' },
    why: 'it speaks of an error: try later',
  },
  {
    says: 'a message alone',
    at: body,
    in: { message: 'try later' },
    why: 'it speaks of an error: try later',
  },
]

for (const { says, at, in: body, why } of refused)
  test(`${says} is refused: ${why}`, () => {
    assert.throws(() => extract(body, at), { constructor: BadBody, message: why })
  })

const accepted: readonly { says: string; at: RecordsAt; in: JsonObject; out: readonly Json[] }[] = [
  {
    says: 'a record under its key, beside a message',
    at: one,
    in: { item: a, message: 'Found.' },
    out: [a],
  },
  { says: 'a list of one record where one was expected', at: one, in: { item: [a] }, out: [a] },
  {
    says: 'a record that has a message',
    at: body,
    in: { ...a, message: 'hi' },
    out: [{ ...a, message: 'hi' }],
  },
  { says: 'a list beside a message', at: list, in: { items: [a], message: 'Found.' }, out: [a] },
]

for (const { says, at, in: body, out } of accepted)
  test(`${says} is accepted`, () => assert.deepEqual(extract(body, at).rows.map(jsonIn), out))

test('a page whose answer had no list says so, and no other does', () => {
  const implied = [{ success: true }, { items: null }, { pagination: { total: 0 } }]
  const told = [...implied, { items: [] }, { items: [a] }].map(
    body => extract(body, listAt('items')).isImplied,
  )
  assert.deepEqual(told, [true, true, true, undefined, undefined])
})
