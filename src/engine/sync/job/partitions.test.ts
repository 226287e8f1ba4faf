import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Settings } from '../../../config/settings.ts'
import { reply } from '../../../http/testing.ts'
import { pageOf } from '../../lists-testing.ts'
import { NOTHING_READ } from '../../state/progress.ts'
import { byInterval, type StreamDef } from '../../stream/definition.ts'
import { createWorld, fullPages, listRoute, things } from '../../testing.ts'
import { shareOf } from '../strategy.ts'

const listOf = (name: string) => things({ name, routes: [listRoute({ path: `/${name}` })] })
const lists = listOf('lists')
const agents = listOf('agents')
const leads = things({
  name: 'leads',
  parent: { stream: 'lists', field: 'id', as: 'list_id', ids: 'outbound_lists' },
})
const notes = things({ name: 'notes', parent: { stream: 'lists', field: 'id', as: 'list_id' } })
const grand = things({ name: 'grand', parent: { stream: 'leads', field: 'number', as: 'number' } })
const splitBy = {
  agent: { stream: 'agents', field: 'id', as: 'agent_id' },
  queue: { stream: 'queues', field: 'id', as: 'queue_id' },
}
const metric = things({ name: 'metric', splitBy, incremental: byInterval('configured') })
const defs: readonly StreamDef[] = [
  lists,
  agents,
  { ...leads, routes: [listRoute({ path: '/lists/{list_id}/leads' })] },
]

/** The slices of children, asked for side by side, and the requests that it took. */
async function slices(children: readonly StreamDef[], settings: Partial<Settings> = {}) {
  const rows = ['B', 'A', null].map(id => ({ id, number: id === 'A' ? 1 : 2 }))
  const world = createWorld(request => pageOf(rows, request), settings)
  const known = [{ ...NOTHING_READ, ...fullPages(defs) }]
  const { partitions } = shareOf(world.engine, name => defs.find(def => def.name === name), known)
  const found = await Promise.all(children.map(partitions))
  return {
    found: found.map(({ slices }) => slices.map(({ parent }) => parent)),
    paths: world.asked.map(({ path }) => path),
  }
}

test('a stream without a parent has one slice for all', async () => {
  assert.deepEqual(await slices([lists]), { found: [[undefined]], paths: [] })
})

test('a child has a slice for each parent in the order in which they came; records without an id are none', async () => {
  assert.deepEqual(await slices([leads]), {
    found: [[{ list_id: 'B' }, { list_id: 'A' }]],
    paths: ['/lists'],
  })
})

test('a parent is read once a run, however many children it has', async () => {
  const { found, paths } = await slices([leads, notes])
  assert.deepEqual(found[0], found[1])
  assert.deepEqual(paths, ['/lists'])
})

test('ids of the config are taken instead, and the parent is not read', async () => {
  const { found, paths } = await slices([leads], { ids: { outbound_lists: ['x', 'y'] } })
  assert.deepEqual({ found, paths }, { found: [[{ list_id: 'x' }, { list_id: 'y' }]], paths: [] })
  const one = await slices([leads], { ids: { outbound_lists: ['x'] } })
  assert.deepEqual(one, { found: [[{ list_id: 'x' }]], paths: [] })
})

test('an empty list of ids means the parent', async () => {
  assert.deepEqual((await slices([leads], { ids: { outbound_lists: [] } })).paths, ['/lists'])
})

test('a parent may have a parent; an id that several give is one slice', async () => {
  const { found, paths } = await slices([grand])
  assert.deepEqual(found, [[{ number: '2' }, { number: '1' }]])
  assert.deepEqual(paths.toSorted(), ['/lists', '/lists/A/leads', '/lists/B/leads'])
})

test('a parent that does not exist is our fault, and said', async () => {
  const orphan = things({ parent: { stream: 'nobody', field: 'id', as: 'id' } })
  await assert.rejects(slices([orphan]), /A stream has a parent that does not exist: nobody\./)
})

const scopes: { says: string; in: Partial<Settings>; out: (object | undefined)[] }[] = [
  { says: 'is of the whole account', in: {}, out: [{}] },
  {
    says: 'is of one agent where a filter says so',
    in: { filters: { agent_id: 'x' } },
    out: [{ agent_id: 'x' }],
  },
  {
    says: 'is of each agent where the config splits by them',
    in: { splitBy: 'agent' },
    out: [{ agent_id: 'B' }, { agent_id: 'A' }],
  },
  {
    says: 'is of each agent in one queue',
    in: { splitBy: 'agent', filters: { queue_id: 'q' } },
    out: [
      { queue_id: 'q', agent_id: 'B' },
      { queue_id: 'q', agent_id: 'A' },
    ],
  },
  {
    says: 'is not split by what a filter fixes',
    in: { splitBy: 'agent', filters: { agent_id: 'x' } },
    out: [{ agent_id: 'x' }],
  },
]

for (const row of scopes) {
  test(`a metric ${row.says}`, async () => {
    assert.deepEqual((await slices([metric], row.in)).found, [row.out])
  })
}

test('parents that could not be read whole are given as far as they came, with why', async () => {
  const world = createWorld(({ query }) =>
    query?.['page'] === 1
      ? pageOf([{ id: 'A' }], { method: 'GET', path: '/lists' }, { claims: { total: 3 } })
      : reply(200, { items: [] }),
  )
  const { partitions } = shareOf(world.engine, name => defs.find(def => def.name === name))
  const { slices, isSplit, error, shortages } = await partitions(leads)
  assert.deepEqual([slices, isSplit], [[{ parent: { list_id: 'A' } }], true])
  assert.match(String(error), /the API counts 3 records and gave 1/)
  assert.deepEqual(
    shortages.map(({ of, came, claimed }) => [of, came, claimed]),
    [['lists', 1, 3]],
  )
})
