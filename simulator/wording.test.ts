import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open } from './testing.ts'

const notFound = { code: 'NOT_FOUND', message: 'not found' }
const v3NotFound = { error_message: 'NOT_FOUND', error_detail: 'not found' }
const scimError = 'urn:ietf:params:scim:api:messages:2.0:Error'

test('each area words its refusals in its own way', async () => {
  await using api = await open()
  const heard = async (path: string) => (await api.get(path)).body
  assert.deepEqual(await heard('/api/v2/nothing'), notFound)
  assert.deepEqual(await heard('/api/v3/tasks/nothing'), v3NotFound)
  assert.deepEqual(await heard('/auth/scim/v2/Nothing'), {
    schemas: [scimError],
    status: '404',
    detail: 'not found',
  })
})

test('a request without credentials is refused in the words of its area', async () => {
  await using api = await open()
  const [tasks, users] = [await api.get('/api/v3/tasks', {}), await api.get('/auth/scim/v2/Users', {})]
  assert.deepEqual([tasks.status, tasks.body.error_message], [401, 'UNAUTHORIZED'])
  assert.deepEqual([users.status, users.body.status, users.body.schemas], [401, '401', [scimError]])
})

test('refusals by a fault are worded too, and other responses stay as they are', async () => {
  await using api = await open({
    faults: 'status-403@/api/v3/tasks/usage,status-500@/api/v3/tasks/schedules',
  })
  assert.equal((await api.get('/api/v3/tasks/usage')).body.error_message, 'FORBIDDEN')
  assert.deepEqual((await api.get('/api/v3/tasks/schedules')).body, { error: 'internal server error' })
})
