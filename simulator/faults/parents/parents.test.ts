import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open } from '../../testing.ts'
import { numberOf } from './spelling.ts'

test('parents-missing: half of the agents are missing at first, then all are there', async () => {
  await using api = await open({ faults: 'parents-missing:2' })
  const counts: number[] = []
  for (let at = 0; at < 3; at++) counts.push((await api.get('/api/v2/agents')).body.items.length)
  assert.deepEqual(counts, [12, 12, 25])
})

test('parents-empty: there are no campaigns at first; queues may be named instead', async () => {
  await using api = await open({ faults: 'parents-empty:1' })
  await using named = await open({ faults: 'parents-empty:1@/api/v2/queues' })
  const count = async (of: typeof api, path: string) => (await of.get(`/api/v2/${path}`)).body.items.length
  assert.deepEqual([await count(api, 'outbound/campaigns'), await count(api, 'outbound/campaigns')], [0, 3])
  assert.deepEqual([await count(named, 'agents'), await count(named, 'queues')], [25, 0])
})

test('parents-empty leaves children and other lists alone', async () => {
  await using api = await open({ faults: 'parents-empty:9' })
  const [agent] = (await api.get('/__world/agents/ids')).body
  for (const path of [`agents/${agent}/logs`, 'calls/reporting', 'outbound/leads'])
    assert.ok((await api.get(`/api/v2/${path}`)).body.items.length > 0, path)
})

const kinds = [
  { kind: 'json', type: 'application/json;charset=UTF-8', body: { code: 'NOT_FOUND', message: 'not found' } },
  { kind: 'html', type: 'text/html', body: '<html><body>default backend - 404</body></html>' },
  { kind: 'text', type: 'text/plain', body: 'default backend - 404' },
] as const

for (const { kind, type, body } of kinds)
  test(`children-404:${kind}: every child and single object is gone, lists are there`, async () => {
    await using api = await open({ faults: `children-404:${kind}` })
    const [agent] = (await api.get('/__world/agents/ids')).body
    for (const path of [agent, `${agent}/logs`, `${agent}/status`]) {
      const reply = await api.get(`/api/v2/agents/${path}`)
      assert.deepEqual([reply.status, reply.headers.get('content-type'), reply.body], [404, type, body])
    }
    assert.equal((await api.get('/api/v2/agents')).status, 200)
  })

test('children-fail: the children of one agent in three are refused, always of the same ones', async () => {
  await using api = await open({ faults: 'children-fail:500' })
  const agents: string[] = (await api.get('/__world/agents/ids')).body
  const statuses = async () => {
    const seen: number[] = []
    for (const agent of agents) seen.push((await api.get(`/api/v2/agents/${agent}/logs?max=1`)).status)
    return seen
  }
  const seen = await statuses()
  const failed = seen.filter(status => status === 500).length
  assert.ok(
    failed >= 3 && failed <= 14 && seen.every(status => status === 200 || status === 500),
    seen.join(),
  )
  assert.deepEqual(await statuses(), seen)
})

test('parent-spelling: children name their parent with hyphens or in upper case', async () => {
  const spell = async (how: string) => {
    await using api = await open({ faults: `parent-spelling:${how}` })
    const [agent] = (await api.get('/__world/agents/ids')).body
    const { items } = (await api.get(`/api/v2/agents/${agent}/logs`)).body
    assert.ok(items.length > 0)
    const names = new Set(
      items.flatMap((row: { agent_id: string; agent: { id: string } }) => [row.agent_id, row.agent.id]),
    )
    return { agent, names: [...names] }
  }
  const [hyphens, upper] = [await spell('hyphens'), await spell('upper')]
  assert.deepEqual(hyphens.names, [hyphens.agent.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')])
  assert.deepEqual(upper.names, [upper.agent.toUpperCase()])
})

test('parent-spelling: the leads of a list are named so too, whichever path they are read at', async () => {
  await using api = await open({ faults: 'parent-spelling:upper' })
  const [list] = (await api.get('/__world/outbound_lists/ids')).body
  for (const path of [`leads?listId=${list}`, `lists/${list}/leads`])
    assert.equal((await api.get(`/api/v2/outbound/${path}`)).body.items[0].listId, list.toUpperCase(), path)
})

test('numeric-parents: a parent has a number for an id, which leads to its children, who name it as text', async () => {
  await using api = await open({ faults: 'numeric-parents' })
  const known = (await api.get('/__world/agents/ids')).body
  const { items } = (await api.get('/api/v2/agents')).body
  const id = items[0].id
  assert.equal(id, numberOf(known[0]))
  const logs = (await api.get(`/api/v2/agents/${id}/logs`)).body.items
  assert.deepEqual([logs[0].agent_id, logs[0].agent.id], [String(id), String(id)])
  const list = (await api.get('/api/v2/outbound/lists')).body.items[0].id
  const leads = (await api.get(`/api/v2/outbound/leads?listId=${list}`)).body
  assert.deepEqual([leads.pagination.total, leads.items[0].listId], [250, String(list)])
})

for (const [faults, hears] of [
  ['children-404:pdf', /json, html, text; not "pdf"/],
  ['children-fail:418', /403, 404, 500; not "418"/],
  ['parent-spelling:backwards', /hyphens, upper; not "backwards"/],
] as const)
  test(`${faults} is refused`, async () => {
    await assert.rejects(open({ faults }), hears)
  })
