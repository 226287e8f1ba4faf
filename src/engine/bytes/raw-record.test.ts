import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonIn, timeIn } from './raw-record.ts'

const bytes = Buffer.from('xx{"id":9007199254740993,"at":"2026-01-31T12:00:00Z"}yy')
const line = {
  bytes,
  start: 2,
  end: bytes.length - 2,
  key: '9007199254740993',
  time: '2026-01-31T12:00:00Z',
  parent: undefined,
}

test('a line is read between its ends, with all digits', () => {
  assert.equal(JSON.stringify(jsonIn(line)), '{"id":9007199254740993,"at":"2026-01-31T12:00:00Z"}')
})

test('a parsed record is what it is', () => {
  const json = { id: 'a' }
  assert.equal(jsonIn({ json }), json)
})

test('the time of a line is what it tells, whatever the field', () => {
  assert.equal(timeIn(line, 'other'), '2026-01-31T12:00:00Z')
})

test('the time of a parsed record is in its field', () => {
  assert.deepEqual(
    [timeIn({ json: { at: 5 } }, 'at'), timeIn({ json: { at: 5 } }, 'other'), timeIn({ json: [5] }, 'at')],
    [5, undefined, undefined],
  )
})
