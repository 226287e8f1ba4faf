import { test } from 'node:test'
import { assertValid, validator } from '../strict/testing.ts'
import { open, walk } from '../testing.ts'

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
