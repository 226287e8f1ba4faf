import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WorldName } from '../dialects/worlds.ts'
import { assertValid } from '../strict/testing.ts'
import { type Bench, open } from '../testing.ts'
import { routes } from './index.ts'

const nobody = '0'.repeat(32)
const small = { calls: 200, days: 10 } as const
const worlds: readonly WorldName[] = ['documented', 'seed']

// What is served one by one, by id.
const details = routes.filter(route => route.single && route.path.includes('{'))

for (const { world, stream, schema = '', path } of details) {
  test(`${stream}: each id of the ${world} world leads to a ${schema}, any other nowhere`, async () => {
    await using api = await open({ ...small, world })
    const ids: readonly string[] = (await api.get(`/__world/${stream}/ids`)).body
    const at = (id: string) => api.get(path.replace('{id}', id))
    const records = await Promise.all(ids.map(async id => itemOf(await at(id), world)))
    assert.deepEqual(
      records.map(record => record.id),
      ids,
    )
    if (schema !== '') assertValid(schema, records)
    assert.equal((await at(nobody)).status, 404)
  })
}

for (const world of worlds) {
  test(`a manager may not see the agent's conference in the ${world} world, the agent may`, async () => {
    await using api = await open({ ...small, world })
    const path = '/api/v2/agent/conferences/current'
    assert.equal((await api.get(path)).status, 403)
    const item = itemOf(await api.get(path, await asAgent(api)), world)
    assertValid('Conference', [item])
    assert.deepEqual((await api.get('/__world/current_agent_conference/ids')).body, [item.id])
  })
}

test('without any call no conference is in progress', async () => {
  await using api = await open({ calls: 0 })
  assert.equal((await api.get('/api/v2/agent/conferences/current', await asAgent(api))).status, 404)
})

test('a session has the id of its conversation, and some conversations have none', async () => {
  await using api = await open(small)
  const conversations: readonly string[] = (await api.get('/__world/conversations/ids')).body
  const sessions = new Set((await api.get('/__world/session_variables/ids')).body)
  assert.ok(sessions.size > 0 && sessions.size < conversations.length)
  for (const id of conversations.slice(0, 20)) {
    assert.equal((await api.get(`/api/v2/sessions/${id}`)).status, sessions.has(id) ? 200 : 404)
  }
})

test('call flows exist in the seed’s world alone', async () => {
  await using documented = await open()
  await using seed = await open({ world: 'seed' })
  const { status, body } = await seed.get('/api/v2/call-flows')
  assert.deepEqual([status, (await documented.get('/api/v2/call-flows')).status], [200, 404])
  assert.deepEqual(
    body.callFlows.map((flow: { id: string }) => flow.id),
    (await seed.get('/__world/call_flows/ids')).body,
  )
})

test('the status of an agent is an array of one', async () => {
  await using api = await open()
  const ids: readonly string[] = (await api.get('/__world/agent_status/ids')).body
  assert.deepEqual(ids, (await api.get('/__world/agents/ids')).body)
  const items = await Promise.all(
    ids.map(async id => (await api.get(`/api/v2/agents/${id}/status`)).body.item),
  )
  assert.ok(items.every(item => item.length === 1))
  assertValid('AgentTotalStatus', items.flat())
  assert.equal((await api.get(`/api/v2/agents/${nobody}/status`)).status, 404)
})

test('every campaign has a live status', async () => {
  await using api = await open()
  const ids: readonly string[] = (await api.get('/__world/campaign_status/ids')).body
  assert.deepEqual(ids, (await api.get('/__world/campaigns/ids')).body)
  const replies = await Promise.all(ids.map(id => api.get(`/api/v2/outbound/campaigns/${id}/status`)))
  assertValid(
    'CampaignRealtimeStatus',
    replies.map(reply => reply.body.item),
  )
  assert.equal((await api.get(`/api/v2/outbound/campaigns/${nobody}/status`)).status, 404)
})

test('roles are plain strings', async () => {
  await using api = await open()
  const { items } = (await api.get('/api/v2/users/roles')).body
  assertValid('AccountRole', items)
  assert.deepEqual(items, (await api.get('/__world/user_roles/ids')).body)
})

test('the seed’s world has none of the single objects that only the vendor documents', async () => {
  await using api = await open({ world: 'seed' })
  const [agent] = (await api.get('/__world/agents/ids')).body
  const [campaign] = (await api.get('/__world/campaigns/ids')).body
  const paths = [`agents/${agent}/status`, `outbound/campaigns/${campaign}/status`, 'users/roles']
  for (const path of paths) assert.equal((await api.get(`/api/v2/${path}`)).status, 404, path)
})

function itemOf({ body }: Awaited<ReturnType<Bench['get']>>, world: WorldName) {
  return world === 'documented' ? body.item : body
}

async function asAgent(api: Bench): Promise<{ authorization: string }> {
  const form = { grant_type: 'password', username: 'agent@example.com', password: 'demo-password' }
  const { access_token } = (await api.post('/oauth/token', form)).body
  return { authorization: `Bearer ${access_token}` }
}
