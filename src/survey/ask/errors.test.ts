import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../json.ts'
import { type ErrorShape, errorShape } from './errors.ts'

const rows: readonly { says: string; body: JsonObject; shape: Partial<ErrorShape> }[] = [
  {
    says: 'keys of known words, in any spelling',
    body: { errorCode: 1, error_message: 'no', status: 404, requestId: 'x' },
    shape: { keys: ['errorCode', 'error_message', 'requestId', 'status'], unnamed: 0 },
  },
  {
    says: 'how many keys may be names',
    body: { message: 'x', anna: 1, plantenbergKey: 2, 'Anna P': 3 },
    shape: { keys: ['message'], unnamed: 3 },
  },
  {
    says: 'a code of known words',
    body: { error: 'insufficient_scope' },
    shape: { code: 'insufficient_scope' },
  },
  { says: 'a status as code', body: { code: 404 }, shape: { code: '404' } },
  { says: 'no code that may be a name', body: { code: 'ANNA', error: 'not found, Anna' }, shape: {} },
  { says: 'no number that may be a telephone', body: { code: 491701234567 }, shape: {} },
  { says: 'no code without end', body: { code: 'of '.repeat(30).trim() }, shape: {} },
]

for (const { says, body, shape } of rows)
  test(`of an error a survey reports ${says}`, () => {
    const found = errorShape(404, body)
    assert.equal(found?.code, shape.code)
    assert.deepEqual({ ...found, ...shape }, found)
  })

test('an error that is not an object has no shape', () => {
  assert.equal(errorShape(404, 'Anna'), undefined)
})
