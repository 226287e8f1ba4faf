import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, makeClock, open, walk } from '../testing.ts'

// Tests look into records of every shape, as JSON.parse gives them.
type Row = ReturnType<typeof JSON.parse>

const small = { calls: 300, leads: 40, days: 10 } as const

async function all(api: Bench, path: string): Promise<readonly Row[]> {
  return (await walk(api, page => `/api/v2/${path}?max=200&page=${page}`, 'items')).records
}

async function idsOf(api: Bench, stream: string): Promise<ReadonlySet<unknown>> {
  return new Set((await api.get(`/__world/${stream}/ids`)).body)
}

const references: readonly {
  says: string
  path: string
  to: string
  ids: (row: Row) => readonly unknown[]
}[] = [
  {
    says: 'the legs of calls',
    path: 'calls/reporting',
    to: 'conversations',
    ids: row => [row.conversationId],
  },
  { says: 'events', path: 'conversations/events', to: 'conversations', ids: row => [row.conversationId] },
  {
    says: 'the calls of events',
    path: 'conversations/events',
    to: 'call_records',
    ids: row => given(row.call?.id),
  },
  { says: 'messages', path: 'sms', to: 'conversations', ids: row => [row.conversationId] },
  { says: 'messages', path: 'sms', to: 'agents', ids: row => given(row.agentId) },
  { says: 'the files of recordings', path: 'recordings', to: 'files', ids: row => [row.file.id] },
  { says: 'the files of prompts', path: 'prompts', to: 'files', ids: row => [row.file.id] },
  { says: 'attempts', path: 'outbound/attempts', to: 'all_leads', ids: row => [row.lead.id] },
  { says: 'attempts', path: 'outbound/attempts', to: 'campaigns', ids: row => given(row.campaign?.id) },
  { says: 'attempts', path: 'outbound/attempts', to: 'outbound_lists', ids: row => [row.list.id] },
  { says: 'attempts', path: 'outbound/attempts', to: 'agents', ids: row => given(row.agent?.id) },
  { says: 'leads', path: 'outbound/leads', to: 'campaigns', ids: row => given(row.campaignId) },
  { says: 'processed leads', path: 'outbound/leads/processed', to: 'all_leads', ids: row => [row.id] },
  { says: 'routings', path: 'routings', to: 'applications', ids: row => [row.application.id] },
  { says: 'routings', path: 'routings', to: 'numbers', ids: row => [row.number.id] },
  {
    says: 'the routings of applications',
    path: 'applications',
    to: 'routings',
    ids: row => idsIn(row.routings),
  },
  { says: 'selections', path: 'queues/selections', to: 'queues', ids: row => given(row.queue?.id) },
  { says: 'selections', path: 'queues/selections', to: 'triggers', ids: row => given(row.trigger?.id) },
  { says: 'the groups of agents', path: 'agents', to: 'agent_groups', ids: row => idsIn(row.groups) },
  {
    says: 'the automations of the account',
    path: 'events/triggers',
    to: 'triggers',
    ids: row => given(row.trigger?.id),
  },
  {
    says: 'local automations',
    path: 'automations/local',
    to: 'applications',
    ids: row => [row.application.id],
  },
]

for (const { says, path, to, ids } of references) {
  test(`${says} refer to ${to} that exist`, async () => {
    await using api = await open(small)
    const known = await idsOf(api, to)
    const found = (await all(api, path)).flatMap(ids)
    assert.ok(found.length > 0)
    assert.deepEqual(
      found.filter(id => !known.has(id)),
      [],
    )
  })
}

test('a lead has as many attempts as it says, the last of them at its dateCalled', async () => {
  await using api = await open(small)
  const byLead = Map.groupBy(await all(api, 'outbound/attempts'), row => row.lead.id)
  for (const lead of await all(api, 'outbound/leads')) {
    const attempts = byLead.get(lead.id) ?? []
    assert.equal(attempts.length, lead.callCount)
    assert.equal(attempts[0]?.dateCreated, lead.dateCalled)
  }
})

test('there are applications and events of kinds that the vendor does not document, and members that are null', async () => {
  await using api = await open(small)
  assert.ok((await all(api, 'applications')).some(row => row.module === 'orbit'))
  assert.ok((await all(api, 'conversations/events')).some(row => row.type === 'survey'))
  assert.ok((await all(api, 'conferences')).some(row => row.members.includes(null)))
  assert.ok((await all(api, 'integrations')).every(row => row.config.apiKey.startsWith('demo-key-')))
})

test('events are newest first, and grow with the calls', async () => {
  const clock = makeClock()
  await using api = await open({ ...small, now: clock.now })
  const before = await all(api, 'conversations/events')
  const dates = before.map(row => row.dateCreated)
  assert.deepEqual(dates, dates.toSorted().toReversed())
  await api.post('/__world/advance?calls=2')
  assert.equal((await all(api, 'conversations/events')).length, before.length + 2)
  clock.tick(4 * 3_600_000)
  assert.ok((await all(api, 'conversations/events')).length >= before.length + 4)
  assert.equal((await api.get('/__world/conversations/count')).body, 302)
})

test('calls that wait are listed with their queue', async () => {
  const clock = makeClock()
  await using api = await open({ ...small, now: clock.now })
  const lengths: number[] = []
  for (const calls of [0, 200]) {
    await api.post(`/__world/advance?calls=${calls}`)
    clock.tick(30_000)
    lengths.push((await api.get('/__world/queued_calls/count')).body)
  }
  assert.ok(Number(lengths[0]) > 0 && Number(lengths[1]) > Number(lengths[0]))
  const legs = await idsOf(api, 'call_records')
  const [key] = (await api.get('/__world/queued_calls/ids')).body.filter((id: string) =>
    legs.has(id.slice(33)),
  )
  const { queue, items } = (await api.get(`/api/v2/queues/${key.slice(0, 32)}/calls`)).body
  assert.equal(queue.id, key.slice(0, 32))
  assert.ok(items.some((call: Row) => call.id === key.slice(33)))
})

const parents = [
  { advance: 'agents', stream: 'agents', child: 'agents/{}/logs' },
  { advance: 'campaigns', stream: 'campaigns', child: 'outbound/campaigns/{}/leads' },
  { advance: 'groups', stream: 'agent_groups', child: 'agents/groups/{}/agents' },
  { advance: 'queues', stream: 'queues', child: 'queues/{}/calls' },
  { advance: 'calendars', stream: 'calendars', child: 'calendars/{}/dates' },
  { advance: 'dashboards', stream: 'dashboards', child: 'dashboards/{}/users' },
  { advance: 'lists', stream: 'outbound_lists', child: 'outbound/lists/{}/leads' },
]

for (const { advance, stream, child } of parents) {
  test(`advance with ${advance}=1 removes one, and its children are a 404`, async () => {
    await using api = await open(small)
    const before: readonly string[] = (await api.get(`/__world/${stream}/ids`)).body
    await api.post(`/__world/advance?${advance}=1`)
    const after = await idsOf(api, stream)
    const gone = before.filter(id => !after.has(id))
    assert.equal(gone.length, 1)
    assert.equal((await api.get(`/api/v2/${child.replace('{}', String(gone[0]))}`)).status, 404)
  })
}

test('an agent’s calls in the log are the agent’s', async () => {
  await using api = await open(small)
  const calls: Row[] = []
  for (const id of await idsOf(api, 'agents')) {
    const log = await all(api, `agents/${id}/logs`)
    calls.push(...log.flatMap(entry => (entry.call ? [[id, entry.call.bridged?.id ?? id]] : [])))
  }
  assert.ok(calls.length > 0 && calls.every(([agent, bridged]) => agent === bridged))
})

function given(id: unknown): readonly unknown[] {
  return id === undefined ? [] : [id]
}

function idsIn(rows: readonly Row[]): readonly unknown[] {
  return rows.map(row => row.id)
}
