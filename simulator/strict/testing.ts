import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

// Ids are 32 hex digits on the wire although the vendor's schemas call them uuid, so that format is not checked.
const ajv = new Ajv({ strict: false, allErrors: true, formats: { uuid: true, UUID: true } })
formats.default(ajv, ['date-time', 'email', 'uri', 'url', 'float', 'int32', 'int64'])
const validators = new Map<string, ValidateFunction>()

/** Fails unless there are records and each satisfies the vendor's schema of that name, apart from the ways in which
 *  live data is known to deviate. */
export function assertValid(schema: string, records: readonly unknown[]): void {
  const validate = validators.get(schema) ?? ajv.compile(readSchema(schema))
  validators.set(schema, validate)
  assert.ok(records.length > 0)
  for (const record of records)
    assert.ok(validate(asDocumented(record)), JSON.stringify({ errors: validate.errors, record }))
}

function readSchema(schema: string): object {
  return JSON.parse(readFileSync(new URL(`${schema}.json`, import.meta.url), 'utf8'))
}

/** Undoes how live data deviates: bridged null, queueId null where an agent dialled by hand, members that are null,
 *  and modules of applications and types of events that the vendor does not document. */
function asDocumented(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asDocumented)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).flatMap(([name, field]) => {
    if (name === 'bridged' && field === null) return []
    if (name === 'queueId' && field === null) return [[name, '']]
    if (name === 'members' && Array.isArray(field)) {
      return [[name, asDocumented(field.filter(member => member !== null))]]
    }
    return [[name, known(name, field) ?? asDocumented(field)]]
  })
  return Object.fromEntries(fields)
}

function known(name: string, value: unknown): string | undefined {
  if (name === 'module' && value === 'orbit') return 'promptPlayer'
  return name === 'type' && value === 'survey' ? 'external' : undefined
}
