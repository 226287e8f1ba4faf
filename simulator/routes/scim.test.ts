import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open } from '../testing.ts'

type User = ReturnType<typeof JSON.parse>

const users = '/auth/scim/v2/Users'
const listResponse = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

for (const world of ['documented', 'seed'] as const) {
  test(`in the ${world} world SCIM walks by startIndex through the same people as the users`, async () => {
    await using api = await open({ world, agents: 60 })
    const found: User[] = []
    for (let startIndex = 1; startIndex <= 65; startIndex += 20)
      found.push(...(await api.get(`${users}?startIndex=${startIndex}&count=20`)).body.Resources)
    const ids = (await api.get('/__world/scim_users/ids')).body
    assert.deepEqual(
      found.map(user => user.id),
      ids,
    )
    assert.deepEqual(ids, (await api.get('/__world/users/ids')).body)
    const plain = (await api.get('/api/v2/users?pageSize=500')).body
    assert.deepEqual(
      found.map(user => [user.userName, user.active]),
      (plain.items ?? plain.users).map((user: User) => [user.email, user.enabled]),
    )
  })
}

test('an agent’s user carries the agent’s name', async () => {
  await using api = await open()
  const agents = (await api.get('/api/v2/agents?max=500')).body.items
  const people = (await api.get(users)).body.Resources
  assert.deepEqual(
    people.filter((user: User) => user.userType === 'agent').map((user: User) => user.name.formatted),
    agents.map((agent: User) => agent.name),
  )
})

const envelopes = [
  { query: '', startIndex: 1, itemsPerPage: 100 },
  { query: '?count=1000', startIndex: 1, itemsPerPage: 200 },
  { query: '?startIndex=-3&count=7', startIndex: 1, itemsPerPage: 7 },
  { query: '?startIndex=301&count=7', startIndex: 301, itemsPerPage: 5 },
  { query: '?startIndex=306', startIndex: 306, itemsPerPage: 0 },
  { query: '?count=0', startIndex: 1, itemsPerPage: 0 },
]

for (const { query, startIndex, itemsPerPage } of envelopes) {
  test(`Users${query} starts at ${startIndex} and holds ${itemsPerPage} of 305`, async () => {
    await using api = await open({ agents: 300 })
    const { Resources, ...envelope } = (await api.get(users + query)).body
    assert.equal(Resources.length, itemsPerPage)
    assert.deepEqual(envelope, { schemas: [listResponse], totalResults: 305, startIndex, itemsPerPage })
  })
}

test('faults of lists hold for SCIM too', async () => {
  await using api = await open({ faults: 'no-total,cap-pages:2' })
  const first = (await api.get(`${users}?count=5`)).body
  assert.deepEqual([first.Resources.length, 'totalResults' in first], [5, false])
  assert.equal((await api.get(`${users}?count=5&startIndex=11`)).status, 400)
  await using stuck = await open({ faults: 'ignore-page' })
  assert.equal((await stuck.get(`${users}?startIndex=6&count=5`)).body.startIndex, 1)
})
