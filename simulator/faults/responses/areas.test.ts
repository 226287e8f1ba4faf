import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open } from '../../testing.ts'

test('grouped-total: agents.total is counted by presence, other metrics are not', async () => {
  await using api = await open({ faults: 'grouped-total' })
  const { type, metric } = (await api.get('/api/v2/metrics/agents.total')).body
  assert.deepEqual([type, Object.keys(metric.value)], ['object', ['online', 'offline']])
  assert.equal(metric.value.online + metric.value.offline, 25)
  const { value } = (await api.get('/api/v2/metrics/agents.total?enabled=false')).body.metric
  assert.ok(value.online === 0 && value.offline > 0 && value.offline < 25)
  assert.equal(typeof (await api.get('/api/v2/metrics/calls.total')).body.metric.value, 'number')
})

test('no-scim: SCIM responds with 403 in its own error format, users are still served', async () => {
  await using api = await open({ faults: 'no-scim' })
  const { status, body } = await api.get('/auth/scim/v2/Users')
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error']
  assert.deepEqual([status, body.schemas, body.status], [403, schemas, '403'])
  assert.equal((await api.get('/api/v2/users')).status, 200)
})
