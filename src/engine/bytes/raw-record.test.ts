import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonIn, momentIn } from './raw-record.ts'

const NOON = Date.parse('2026-01-31T12:00:00Z')
const bytes = Buffer.from('xx{"id":9007199254740993,"at":"2026-01-31T12:00:00Z"}yy')
const line = {
  bytes,
  start: 2,
  end: bytes.length - 2,
  key: '9007199254740993',
  moment: NOON,
  parent: undefined,
}

test('a line is read between its ends, with all digits', () => {
  assert.equal(JSON.stringify(jsonIn(line)), '{"id":9007199254740993,"at":"2026-01-31T12:00:00Z"}')
})

test('a parsed record is what it is', () => {
  const json = { id: 'a' }
  assert.equal(jsonIn({ json }), json)
})

test('the moment of a line is what it tells, whatever the field', () => {
  assert.equal(momentIn(line, 'other'), NOON)
})

test('the moment of a parsed record is in its field', () => {
  const json = { at: '2026-01-31T12:00:00Z' }
  assert.deepEqual(
    [momentIn({ json }, 'at'), momentIn({ json }, 'other'), momentIn({ json: [json] }, 'at')],
    [NOON, undefined, undefined],
  )
})
