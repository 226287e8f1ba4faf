import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSchema } from './schema.ts'

test('a schema in JSON is taken as it is, and none where none is given', async () => {
  const schema = { type: 'object', properties: { id: { type: ['null', 'string'] } } }
  assert.deepEqual(await parseSchema(JSON.stringify(schema)), schema)
  assert.equal(await parseSchema(undefined), undefined)
})

const refused = [
  ['{type: object}', /^is not JSON; write a schema such as/],
  ['[]', /^must be a JSON object, such as/],
  ['{"type": "object"}', /^has no "properties", which name the columns/],
  ['{"properties": []}', /^has no "properties"/],
  [
    '{"properties": {"id": {"type": "text"}}}',
    /^is not a JSON schema \(schema\/properties\/id\/type must be equal to one of the allowed values/,
  ],
] as const
for (const [text, message] of refused) {
  test(`the schema ${text} is refused`, () =>
    assert.rejects(parseSchema(text), { name: 'InvalidField', field: 'json_schema', message }))
}
