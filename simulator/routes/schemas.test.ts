import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { open, walk } from '../testing.ts'

// Ids are 32 hex digits on the wire though the documents call them uuid, so that format is off.
const ajv = new Ajv({ strict: false, allErrors: true, formats: { uuid: true } })
formats.default(ajv, ['date-time', 'email'])

const streams = [
  { stream: 'agents', schema: 'Agent', path: '/api/v2/agents?max=100&page=' },
  { stream: 'queues', schema: 'Queue', path: '/api/v2/queues?max=100&page=' },
  { stream: 'recordings', schema: 'Recording', path: '/api/v2/recordings?max=100&page=' },
  { stream: 'calls', schema: 'ReportingCall', path: '/api/v2/calls/reporting/simple?max=100&page=' },
  { stream: 'call_records', schema: 'Call', path: '/api/v2/calls/reporting?max=100&page=' },
  { stream: 'outbound_leads', schema: 'Lead', path: '/api/v2/outbound/leads?max=100&page=' },
] as const

for (const { stream, schema, path } of streams) {
  test(`every record of ${stream} satisfies the documents' ${schema}`, async () => {
    await using api = await open({ agents: 120 })
    const { records } = await walk(api, page => path + page, 'items')
    assertValid(records, validator(schema))
  })
}

test("every record of users satisfies the documents' ManagedUser", async () => {
  await using api = await open({ agents: 120 })
  assertValid((await api.get('/api/v2/users')).body.items, validator('ManagedUser'))
})

test("every record of outbound_lists satisfies the documents' OutboundList", async () => {
  await using api = await open({ lists: 20 })
  assertValid((await api.get('/api/v2/outbound/lists')).body.items, validator('OutboundList'))
})

function validator(schema: string): ValidateFunction {
  return ajv.compile(JSON.parse(readFileSync(new URL(`../strict/${schema}.json`, import.meta.url), 'utf8')))
}

function assertValid(records: readonly Record<string, unknown>[], validate: ValidateFunction): void {
  assert.ok(records.length > 0)
  for (const record of records) {
    assert.ok(validate(withoutLiveNulls(record)), JSON.stringify({ errors: validate.errors, record }))
  }
}

// The live API sends bridged null, and bridged.queueId null where an agent dialled by hand; the documents allow neither.
function withoutLiveNulls({ bridged, ...rest }: Record<string, unknown>): Record<string, unknown> {
  if (bridged === null || bridged === undefined) return rest
  if (typeof bridged !== 'object' || !('queueId' in bridged) || bridged.queueId !== null)
    return { ...rest, bridged }
  return { ...rest, bridged: { ...bridged, queueId: '' } }
}
