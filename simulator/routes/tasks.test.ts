import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertValid } from '../strict/testing.ts'
import { type Bench, makeClock, open, walk, wednesday } from '../testing.ts'

// Bodies of every shape, as JSON.parse gives them.
type Body = ReturnType<typeof JSON.parse>

const tasks = '/api/v3/tasks'

async function everyTask(api: Bench): Promise<Body[]> {
  return (await walk(api, page => `${tasks}?page_size=100&page=${page}`, 'records')).records
}

async function idsOf(api: Bench, stream: string): Promise<string[]> {
  return (await api.get(`/__world/${stream}/ids`)).body
}

test('walking the pages of tasks gives ten a day, newest first, none twice', async () => {
  await using api = await open()
  const records = await everyTask(api)
  const created = records.map(task => task.created_at)
  assert.deepEqual(
    records.map(task => task.id),
    await idsOf(api, 'tasks'),
  )
  assert.equal(new Set(records.map(task => task.id)).size, 300)
  assert.deepEqual(
    created,
    created.toSorted((a, b) => b - a),
  )
  assert.ok(created[0] <= wednesday && created[299] >= wednesday - 30 * 86_400_000)
  assertValid('task-automation.Task', records)
  await using longer = await open({ days: 90 })
  assert.equal((await longer.get('/__world/tasks/count')).body, 900)
})

test('a page says which it is, and a page_size above 100 is refused', async () => {
  await using api = await open()
  const { records, _metadata } = (await api.get(`${tasks}?page=2&page_size=70`)).body
  assert.equal(records.length, 70)
  assert.deepEqual(_metadata, { page: 2, per_page: 70, page_count: 5, total_count: 300 })
  const { status, body } = await api.get(`${tasks}?page_size=101`)
  assert.deepEqual([status, body.error_message], [400, 'BAD_REQUEST'])
})

test('tasks move on as time passes: two days later all have ended or wait for someone', async () => {
  const clock = makeClock()
  await using api = await open({ now: clock.now })
  const before = await everyTask(api)
  clock.tick(2 * 86_400_000)
  const after = await everyTask(api)
  const ends = ['Canceled', 'Completed', 'Failed', 'Pending']
  assert.deepEqual([...new Set(after.map(task => task.state))].toSorted(), ends)
  assert.ok(before.some(task => !ends.includes(task.state)))
})

test('a task’s journal ends with its state', async () => {
  await using api = await open()
  const records = await everyTask(api)
  const journals: Body[] = []
  for (const { id } of records) journals.push((await api.get(`${tasks}/metrics/${id}/journal`)).body)
  assertValid('task-automation.TaskJournal', journals)
  assert.deepEqual(
    journals.map(({ id, created_at, journal }) => [id, created_at, journal.at(-1).state]),
    records.map(({ id, created_at, state }) => [id, created_at, state]),
  )
  assert.deepEqual(
    journals.map(journal => journal.id),
    await idsOf(api, 'task_journals'),
  )
})

test('agents’ journals and durations cover the tasks that name them', async () => {
  await using api = await open()
  const records = await everyTask(api)
  const agents = await idsOf(api, 'agents')
  const [journals, durations]: [Body[], Body[]] = [[], []]
  for (const id of agents) {
    journals.push((await api.get(`${tasks}/metrics/agent/${id}/journal`)).body)
    durations.push((await api.get(`${tasks}/metrics/agent/${id}/interactions`)).body)
  }
  assertValid('task-automation.AgentJournal', journals)
  assertValid('task-automation.InteractionDurations', durations)
  for (const [at, id] of agents.entries()) {
    const own = records.filter(task => task.agent_id === id).length
    assert.deepEqual([journals[at].interaction_frequency.Accept, durations[at].items.length], [own, own])
  }
  for (const [stream, key, bodies] of [
    ['agent_task_journals', 'id', journals],
    ['agent_task_durations', 'agent_id', durations],
  ] as const) {
    assert.deepEqual(
      await idsOf(api, stream),
      bodies.map(body => body[key]),
    )
  }
})

test('a journal of an unknown task or agent is not found, in the words of v3', async () => {
  await using api = await open()
  const [agent] = await idsOf(api, 'agents')
  const paths = [
    `${agent}/journal`,
    `agent/${'0'.repeat(32)}/journal`,
    `agent/${'0'.repeat(32)}/interactions`,
  ]
  for (const path of paths) {
    const { status, body } = await api.get(`${tasks}/metrics/${path}`)
    assert.deepEqual([status, body], [404, { error_message: 'NOT_FOUND', error_detail: 'not found' }])
  }
})

test('schedules are known by their names', async () => {
  await using api = await open()
  const { records } = await walk(api, page => `${tasks}/schedules?page_size=10&page=${page}`, 'records')
  assertValid('task-schedule.TaskSchedule', records)
  const names = await idsOf(api, 'task_schedules')
  assert.deepEqual(
    records.map(schedule => schedule['name']),
    names,
  )
  assert.equal(new Set(names).size, 24)
})

for (const [rate, ms] of [
  ['60s', 60_000],
  ['1h', 3_600_000],
  ['1d', 86_400_000],
] as const) {
  test(`usage at ${rate} counts the tasks created within start and end, newest first, without zeros`, async () => {
    await using api = await open()
    const [start, end] = ['2026-05-04T00:00:00.000Z', '2026-05-11T06:00:00.000Z']
    const usage = (await api.get(`${tasks}/usage?start=${start}&end=${end}&rate=${rate}`)).body
    assertValid('task-automation.TaskTimeSeries', [usage])
    assert.deepEqual([usage.type, usage.start, usage.end, usage.rate], ['all', start, end, rate])
    const within = (await everyTask(api))
      .map(task => task.created_at)
      .filter(at => at >= Date.parse(start) && at < Date.parse(end))
    const points = Map.groupBy(within, at => new Date(Math.floor(at / ms) * ms).toISOString())
    assert.deepEqual(
      usage.timeseries.map((point: Body) => [point.at, point.tasks]),
      [...points].map(([at, created]) => [at, created.length]),
    )
  })
}

test('usage of one type is a part of the whole', async () => {
  await using api = await open()
  const month = 'start=2026-04-01T00:00:00Z&end=2026-05-21T00:00:00Z&rate=1d'
  const tasksIn = async (more: string) =>
    (await api.get(`${tasks}/usage?${month}${more}`)).body.timeseries.reduce(
      (so: number, point: Body) => so + point.tasks,
      0,
    )
  const types = (await api.get(`${tasks}/usage/types`)).body
  const parts: number[] = []
  for (const type of types) parts.push(await tasksIn(`&type=${type}`))
  assert.equal(await tasksIn(''), 300)
  assert.equal(
    parts.reduce((so, part) => so + part, 0),
    300,
  )
})

test('usage without dates is the last day by the hour, and anything but a date or rate is refused', async () => {
  await using api = await open()
  const usage = (await api.get(`${tasks}/usage`)).body
  assert.deepEqual(
    [usage.start, usage.end, usage.rate],
    ['2026-05-19T14:00:00.000Z', '2026-05-20T14:00:00.000Z', '1h'],
  )
  for (const query of ['start=yesterday', 'end=1779285600', 'rate=2d'])
    assert.equal((await api.get(`${tasks}/usage?${query}`)).status, 400, query)
})

test('the keys of usage are the days, as type, start and end', async () => {
  await using api = await open()
  const month = 'start=2026-04-01T00:00:00Z&end=2026-05-21T00:00:00Z&rate=1d'
  const { timeseries } = (await api.get(`${tasks}/usage?${month}`)).body
  const keys = await idsOf(api, 'task_usage')
  assert.deepEqual(
    keys.map(key => key.split('|')[1]),
    timeseries.map((point: Body) => point.at),
  )
  assert.equal(keys[0], 'all|2026-05-20T00:00:00.000Z|2026-05-21T00:00:00.000Z')
})

test('the seed world has the same tasks as a v2 list and nothing of v3', async () => {
  await using documented = await open()
  await using seed = await open({ world: 'seed' })
  const { records } = await walk(seed, page => `/api/v2/tasks?pageSize=100&page=${page}`, 'tasks')
  assert.deepEqual(records, await everyTask(documented))
  for (const path of ['', '/schedules', '/usage'])
    assert.equal((await seed.get(tasks + path)).status, 404, path)
  assert.equal((await documented.get('/api/v2/tasks')).status, 404)
})
