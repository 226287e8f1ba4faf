import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import type { Reply } from '../../http/types.ts'
import { createRouteMemories } from '../evidence/route-memories.ts'
import type { Slice } from '../stream/context.ts'
import { listAt, type Route, type StreamDef } from '../stream/definition.ts'
import { byPage, unpaged } from '../stream/paginators.ts'
import { createWorld, listRoute, things } from '../testing.ts'
import { createServedRoute, type NoFirstPage } from './served-route.ts'

const documented = listRoute()
const seed = listRoute({ source: 'seed', path: '/v1/things', records: listAt('things') })
const both = things({ routes: [documented, seed] })
const whole = { items: [{ id: 'a' }] }
const seeded = { things: [{ id: 'b' }] }

/** Reads the first pages of slices one after another; `answers` gives what each path answers. */
async function choose(
  def: StreamDef,
  answers: Readonly<Record<string, Reply>>,
  slices: readonly Slice[] = [{}],
) {
  const world = createWorld(({ path }) => answers[path] ?? reply(404))
  const readFirst = createServedRoute(def, world.engine, createRouteMemories())
  const pages: (number | NoFirstPage)[] = []
  for (const slice of slices) {
    const first = await readFirst(slice)
    pages.push(typeof first === 'string' ? first : first.page.rows.length)
  }
  return { pages, paths: world.asked.map(({ path }) => path), lines: world.lines, debugs: world.debugs }
}

test('a stream is read by its first route where that is served, which is told to nobody but who looks into it', async () => {
  const { debugs, ...told } = await choose(both, { '/things': reply(200, whole) }, [{}, {}])
  assert.deepEqual(told, { pages: [1, 1], paths: ['/things', '/things'], lines: [] })
  assert.deepEqual(debugs, ['things: /things is served.'])
})

test('where an answer without content was made up for one slice, others are asked for longer', async () => {
  const answers = [reply(204, ''), reply(200, whole), ...Array(9).fill(reply(204, '')), reply(200, whole)]
  const world = createWorld((_, index) => answers[index] ?? reply(500))
  const readFirst = createServedRoute(things(), world.engine, createRouteMemories())
  await readFirst({})
  const second = await readFirst({})
  assert.equal(typeof second === 'string' ? second : second.page.rows.length, 1)
})

const refusals = [
  { says: 'answers 404', in: reply(404) },
  { says: 'answers 405', in: reply(405) },
  { says: 'lacks its container', in: reply(200, { calls: [], total: 0 }) },
]
for (const row of refusals) {
  test(`a first route that ${row.says} gives way to the next, which is kept for the run and said once`, async () => {
    const answers = { '/things': row.in, '/v1/things': reply(200, seeded) }
    const { pages, paths, lines } = await choose(both, answers, [{}, {}, {}])
    assert.deepEqual(pages, [1, 1, 1])
    assert.deepEqual(paths, ['/things', '/v1/things', '/v1/things', '/v1/things'])
    assert.deepEqual(lines, ['INFO things: read from /v1/things, since /things is not served here.'])
  })
}

test('an empty list is served', async () => {
  const { pages, paths } = await choose(both, { '/things': reply(200, { pagination: {}, items: [] }) })
  assert.deepEqual({ pages, paths }, { pages: [0], paths: ['/things'] })
})

test('when no route is served, the error names each with its keys or status', async () => {
  const answers = { '/things': reply(200, { calls: [], total: 0 }), '/v1/things': reply(405) }
  await assert.rejects(choose(both, answers), {
    constructor: ConnectorError,
    failure: 'system_error',
    message:
      'Babelforce does not serve stream things in a way that is known: /things answered with the keys calls, total; /v1/things answered 405.',
  })
  await assert.rejects(choose(both, { ...answers, '/things': reply(200, {}) }), /with the keys \(none\);/)
})

test('where there is but one route, its own error tells more', async () => {
  await assert.rejects(choose(things(), {}), { constructor: ConnectorError, status: 404 })
})

test('a stream that may be absent has no records then, which is said once and asked once', async () => {
  const { pages, paths, lines } = await choose({ ...both, absence: 'empty' }, {}, [{}, {}])
  assert.deepEqual(pages, ['absent', 'absent'])
  assert.deepEqual(paths, ['/things', '/v1/things'])
  assert.deepEqual(lines, ['WARN things: this account has no such endpoint; the stream has no records.'])
})

test('a stream may declare other statuses to mean absence', async () => {
  const def = things({ absence: 'empty', absentStatuses: [400] })
  assert.deepEqual((await choose(def, { '/things': reply(400) })).pages, ['absent'])
  await assert.rejects(choose(def, { '/things': reply(404) }), { status: 404 })
})

const byId = things({
  absence: 'gone',
  routes: [listRoute({ path: '/things/{id}', paginate: unpaged }), listRoute({ path: '/v1/things/{id}' })],
})
const ids = ['a', 'b', 'c'].map(id => ({ parent: { id } }))

test('a 404 at a route by id speaks of the id: it is counted, and no other route is tried', async () => {
  const { pages, paths, lines } = await choose(byId, { '/things/b': reply(200, whole) }, ids)
  assert.deepEqual(pages, ['gone', 1, 'gone'])
  assert.deepEqual(paths, ['/things/a', '/things/b', '/things/c'])
  assert.deepEqual(lines, [])
})

const page = reply(404, '<html><body>Not found</body></html>')

test('a page for people says nothing of an id: it is a failure', async () => {
  await assert.rejects(choose(byId, { '/things/a': page }, ids), { status: 404, isForeign: true })
})

test('a page for people at a list says that the list is not served here', async () => {
  const { pages, paths } = await choose(both, { '/things': page, '/v1/things': reply(200, seeded) })
  assert.deepEqual({ pages, paths }, { pages: [1], paths: ['/things', '/v1/things'] })
})

test('the route chosen by the first slice stays, so that a later 404 is an error', async () => {
  const world = createWorld((_, index) => (index === 0 ? reply(200, whole) : reply(404)))
  const readFirst = createServedRoute(both, world.engine, createRouteMemories())
  await readFirst({})
  await assert.rejects(readFirst({}), { status: 404 })
  assert.deepEqual(
    world.asked.map(({ path }) => path),
    ['/things', '/things'],
  )
})

for (const status of [400, 403, 500]) {
  test(`a ${status} is no absence: it passes through, and no other route is tried`, async () => {
    const world = createWorld(() => reply(status))
    await assert.rejects(createServedRoute(both, world.engine, createRouteMemories())({}), { status })
    assert.equal(world.asked.length, 1)
  })
}

test('slices that begin side by side make one trial', async () => {
  const world = createWorld(({ path }) => (path === '/things' ? reply(404) : reply(200, seeded)))
  const readFirst = createServedRoute(both, world.engine, createRouteMemories())
  await Promise.all([readFirst({}), readFirst({}), readFirst({})])
  assert.deepEqual(
    world.asked.map(({ path }) => path),
    ['/things', '/v1/things', '/v1/things', '/v1/things'],
  )
  assert.equal(world.lines.length, 1)
})

test('a trial that fails lets the next slice make its own', async () => {
  const world = createWorld((_, index) => (index === 0 ? reply(403) : reply(200, whole)))
  const readFirst = createServedRoute(both, world.engine, createRouteMemories())
  const ends = await Promise.allSettled([readFirst({}), readFirst({}), readFirst({})])
  assert.deepEqual(
    ends.map(({ status }) => status),
    ['rejected', 'fulfilled', 'fulfilled'],
  )
})

const scim = things({ absence: 'empty', absentStatuses: [401, 404] })

for (const [says, answer, pages] of [
  ['nothing at all', {}, ['absent']],
  ['a count of nothing, as SCIM does', { schemas: 'a', totalResults: 0 }, [0]],
] as const)
  test(`a stream that may be absent, and is answered with ${says}, has no records`, async () => {
    const found = await choose(scim, { '/things': reply(200, answer) })
    assert.deepEqual(found.pages, pages)
    assert.deepEqual(found.lines.length, pages[0] === 'absent' ? 1 : 0)
  })

test('a stream that may be absent, and is answered with something else, is not received', async () => {
  for (const answer of [{ calls: [{ id: 'a' }] }, { id: 'a' }])
    await assert.rejects(choose(scim, { '/things': reply(200, answer) }), {
      failure: 'system_error',
      message: /things answered with the keys (calls|id)/,
    })
})

test('a stream that may be absent, and counts records that it does not list, is not received', async () => {
  await assert.rejects(choose(scim, { '/things': reply(200, { totalResults: 1 }) }), {
    failure: 'transient_error',
    message: /it counts 1 records and holds no list of them/,
  })
})

test('a 401 of credentials that are good elsewhere may mean that the stream is absent', async () => {
  const { pages } = await choose(scim, { '/things': { ...reply(401), elsewhere: 'accepted' } })
  assert.deepEqual(pages, ['absent'])
})

for (const elsewhere of ['refused', 'unknown'] as const) {
  test(`a 401 of credentials that are ${elsewhere} elsewhere never makes an empty stream`, async () => {
    const answers = { '/things': { ...reply(401), elsewhere } }
    await assert.rejects(choose(scim, answers), {
      failure: 'config_error',
      message: /does not accept the credentials/,
    })
  })
}

const sizes: readonly { says: string; route: Partial<Route>; max: number; isTrial: boolean | undefined }[] = [
  { says: 'whose pages may have any size', route: {}, max: 500, isTrial: true },
  {
    says: 'whose page size is the user’s',
    route: { paginate: { ...byPage({ page: 'page', size: 'max', largest: 500 }), size: 300 } },
    max: 300,
    isTrial: undefined,
  },
  { says: 'that may be asked for once only', route: { once: true }, max: 500, isTrial: undefined },
]
for (const { says, route, max, isTrial } of sizes)
  test(`a route ${says} is asked for ${max} records${isTrial ? ', which is a trial' : ', which is none'}`, async () => {
    const def = things({ routes: [listRoute(route)] })
    const { engine, asked } = createWorld(() => reply(200, whole), { pageSize: 500 })
    await createServedRoute(def, engine, createRouteMemories())({})
    assert.deepEqual(
      asked.map(({ query, isTrial }) => [query?.['max'], isTrial]),
      [[max, isTrial]],
    )
  })
