import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'

// Ids are 32 hex digits on the wire though the documents call them uuid, so that format is off.
const open = { uuid: true, UUID: true, int32: true, int64: true } as const
const ajv = new Ajv({ strict: false, allErrors: true, formats: open })
formats.default(ajv, ['date-time', 'email'])

/** Fails unless there are records and every one satisfies the documents' schema of that name. */
export function assertStrict(schema: string, records: readonly object[]): void {
  const text = readFileSync(new URL(`strict/${schema}.json`, import.meta.url), 'utf8')
  const validate = ajv.compile(JSON.parse(text))
  assert.ok(records.length > 0)
  for (const record of records)
    assert.ok(validate(record), JSON.stringify({ errors: validate.errors, record }))
}
