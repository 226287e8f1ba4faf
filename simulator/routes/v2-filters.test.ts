import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open, walk, wednesday } from '../testing.ts'

// Tests look into records of every shape, as JSON.parse gives them.
type Row = ReturnType<typeof JSON.parse>

const end = Math.floor(wednesday / 1000)
const DAY = 86_400

async function all(api: Bench, path: string): Promise<readonly Row[]> {
  const start = path.includes('?') ? `${path}&` : `${path}?`
  return (await walk(api, page => `/api/v2/${start}max=200&page=${page}`, 'items')).records
}

async function whole(api: Bench, path: string): Promise<readonly Row[]> {
  return (await api.get(`/api/v2/${path}`)).body.items
}

function secondsOf(text: string): number {
  return Date.parse(text) / 1000
}

test('an agent’s log holds some twenty entries a working day, newest first', async () => {
  for (const days of [7, 28]) {
    await using api = await open({ days, agents: 3 })
    const [agent] = (await api.get('/__world/agents/ids')).body
    const log = await all(api, `agents/${agent}/logs`)
    const dates: readonly string[] = log.map(entry => entry.date)
    assert.ok(
      log.length > (days / 7) * 5 * 20 - 40 && log.length <= (days / 7) * 5 * 20 + 20,
      `${log.length}`,
    )
    assert.deepEqual(dates, dates.toSorted().toReversed())
    assert.ok(log.every(entry => entry.agent.id === agent && !('id' in entry)))
    const worked = dates.map(date => new Date(date).getUTCDay())
    assert.ok(worked.every(day => day >= 1 && day <= 5))
  }
})

test('filters.from and filters.to keep the entries of a log between them, both included', async () => {
  await using api = await open()
  const [agent] = (await api.get('/__world/agents/ids')).body
  const log = await all(api, `agents/${agent}/logs`)
  const [from, to] = [end - 6 * DAY, end - DAY]
  const kept = await all(api, `agents/${agent}/logs?filters.from=${from}&filters.to=${to}`)
  assert.ok(kept.length > 0 && kept.length < log.length)
  assert.deepEqual(
    kept,
    log.filter(({ date }) => secondsOf(date) >= from && secondsOf(date) <= to),
  )
  assert.deepEqual(await all(api, `agents/${agent}/logs?filters.from=${end + 1}`), [])
})

test('changes are found by time, operation and resource', async () => {
  await using api = await open()
  const log = await all(api, 'audit/request')
  const [from, to] = [end - 9 * DAY, end - 2 * DAY]
  const kept = await all(api, `audit/request?filters.dateCreated.start=${from}&filters.dateCreated.end=${to}`)
  assert.ok(kept.length > 0 && kept.length < log.length)
  assert.deepEqual(
    kept,
    log.filter(({ dateCreated }) => secondsOf(dateCreated) >= from && secondsOf(dateCreated) <= to),
  )
  const deletions = await all(api, 'audit/request?filters.operation=DELETE&filters.resource=Queue')
  assert.deepEqual(
    deletions,
    log.filter(({ operation, resource }) => operation === 'DELETE' && resource === 'Queue'),
  )
})

test('the bounds of the list of changes are refused, not clamped', async () => {
  await using api = await open()
  const queries = ['max=500', 'max=501', 'max=0', 'page=0', 'page=1', 'max=many']
  const seen: number[] = []
  for (const query of queries) seen.push((await api.get(`/api/v2/audit/request?${query}`)).status)
  assert.deepEqual(seen, [200, 400, 400, 400, 200, 400])
})

test('changes, files and dashboards come in the requested order', async () => {
  await using api = await open({ calls: 300 })
  const orders = [
    { path: 'audit/request', sort: 'dateCreated', usual: 'desc' },
    { path: 'files', sort: 'dateCreated', usual: 'desc' },
    { path: 'files', sort: 'id' },
    { path: 'dashboards', sort: 'name', usual: 'asc' },
  ]
  for (const { path, sort, usual } of orders) {
    const valuesOf = async (query: string) => (await all(api, path + query)).map(row => row[sort])
    const rising = await valuesOf(`?sort=${sort}&order=asc`)
    assert.deepEqual(rising, rising.toSorted(), path)
    assert.deepEqual(await valuesOf(`?sort=${sort}&order=desc`), rising.toReversed(), path)
    if (usual) assert.deepEqual(await valuesOf(''), usual === 'asc' ? rising : rising.toReversed(), path)
  }
})

test('selections show their members on request, and are ordered by priority', async () => {
  await using api = await open()
  const [plain, full] = [
    await all(api, 'queues/selections'),
    await all(api, 'queues/selections?includeMembers=true'),
  ]
  assert.ok(plain.every(row => !('agents' in row || 'groups' in row || 'tags' in row)))
  assert.ok(full.every(row => 'agents' in row && 'groups' in row && 'tags' in row))
  const priorities = plain.map(row => row.priority)
  assert.deepEqual(
    priorities,
    priorities.toSorted((one, other) => one - other),
  )
  const falling = await all(api, 'queues/selections?order=desc')
  assert.deepEqual(
    falling.map(row => row.priority),
    priorities.toReversed(),
  )
})

test('attempts are found by campaign, list, lead and number', async () => {
  await using api = await open({ leads: 40 })
  const every = await all(api, 'outbound/attempts')
  const one = every.find(row => row.campaign && row.list)
  const tests: readonly [string, (row: Row) => boolean][] = [
    [`campaignId=${one.campaign.id}`, row => row.campaign?.id === one.campaign.id],
    [`listId=${one.list.id}`, row => row.list.id === one.list.id],
    [`leadId=${one.lead.id}`, row => row.lead.id === one.lead.id],
    [`number=${encodeURIComponent(one.number)}`, row => row.number === one.number],
  ]
  for (const [query, passes] of tests) {
    const found = await all(api, `outbound/attempts?${query}`)
    assert.ok(found.length > 0 && found.length < every.length, query)
    assert.deepEqual(found, every.filter(passes), query)
  }
})

test('conversations are found by phone and state, files by type', async () => {
  await using api = await open({ calls: 100 })
  await api.post('/__world/advance?calls=3')
  const conversations = await all(api, 'conversations')
  const phone = conversations.find(row => row.phone).phone
  assert.deepEqual(
    await all(api, `conversations?phone=${encodeURIComponent(phone)}`),
    conversations.filter(row => row.phone === phone),
  )
  const open_ = await all(api, 'conversations?state=open')
  assert.ok(open_.length >= 3 && open_.length < conversations.length)
  const prompts = await all(api, 'files?type=prompt')
  assert.ok(prompts.length > 0 && prompts.every(row => row.type === 'prompt'))
})

test('the statistics of adjacent windows add up', async () => {
  await using api = await open()
  const [campaign] = (await api.get('/__world/campaigns/ids')).body
  const path = `outbound/campaigns/${campaign}/statistics`
  const talk = async (from: number, to: number) =>
    (await whole(api, `${path}?from=${from}&to=${to}`)).map(row => {
      assert.equal(typeof row.talk_in_seconds, 'string')
      return Number(row.talk_in_seconds)
    })
  const midnight = Math.floor(end / DAY) * DAY
  const [first, second] = [
    await talk(midnight - 2 * DAY, midnight - DAY),
    await talk(midnight - DAY, midnight),
  ]
  assert.deepEqual(
    await talk(midnight - 2 * DAY, midnight),
    first.map((seconds, at) => seconds + Number(second[at])),
  )
})
