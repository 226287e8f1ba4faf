import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Slice } from '../stream/context.ts'
import { byInterval, byTime, type Route, type StreamDef } from '../stream/definition.ts'
import { byPage, unpaged } from '../stream/paginators.ts'
import { listRoute, things } from '../testing.ts'
import { pageSizeFor, requestedSpan, requestFor, takesAnySize } from './request.ts'

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e'
const BARE = '0f8fad5bd9cb469fa16570867728950e'
const AT = Date.parse('2024-05-01T12:00:00Z')
const S = AT / 1000

interface Row {
  readonly says: string
  readonly route: Partial<Route>
  readonly slice?: Slice
  readonly def?: Partial<StreamDef>
  readonly filters?: Record<string, string>
  readonly path?: string
  readonly query?: Record<string, unknown>
}

const unix = { from: 'start', to: 'end', format: 'unix-seconds' } as const
const iso = { from: 'start', to: 'end', format: 'iso' } as const
const day = { from: AT, to: AT + 86_400_000 }

const rows: Row[] = [
  {
    says: 'a placeholder is filled from the parent',
    route: { path: '/c/{id}/l' },
    slice: { parent: { id: 'a' } },
    path: '/c/a/l',
  },
  {
    says: 'what a path cannot hold is encoded',
    route: { path: '/c/{id}' },
    slice: { parent: { id: 'a/b ?ü' } },
    path: '/c/a%2Fb%20%3F%C3%BC',
  },
  {
    says: 'half a character is replaced, as the wire does in a query',
    route: { path: '/c/{id}' },
    slice: { parent: { id: 'a\ud83d' } },
    path: '/c/a%EF%BF%BD',
  },
  {
    says: 'a UUID loses its hyphens in a path',
    route: { path: '/c/{id}' },
    slice: { parent: { id: UUID } },
    path: `/c/${BARE}`,
  },
  {
    says: 'and in a query',
    route: { query: { listId: '{id}' } },
    slice: { parent: { id: UUID } },
    query: { listId: BARE },
  },
  {
    says: 'another id keeps its hyphens',
    route: { path: '/c/{id}' },
    slice: { parent: { id: 'agents-in-call' } },
    path: '/c/agents-in-call',
  },
  {
    says: 'an id in a query is left to the wire to encode',
    route: { query: { of: '{id}' } },
    slice: { parent: { id: 'a/b' } },
    query: { of: 'a/b' },
  },
  {
    says: 'a parameter without its value is left out',
    route: { query: { of: '{id}', all: 'yes' } },
    query: { of: undefined, all: 'yes' },
  },
  {
    says: 'a window is a second longer at either end',
    route: { window: unix },
    slice: { window: day },
    query: { start: S - 1, end: S + 86_401 },
  },
  {
    says: 'a window may be asked for in ISO',
    route: { window: iso },
    slice: { window: day },
    query: { start: '2024-05-01T11:59:59.000Z', end: '2024-05-02T12:00:01.000Z' },
  },
  {
    says: 'parts of a second widen the window',
    route: { window: unix },
    slice: { window: { from: AT + 1, to: AT + 1001 } },
    query: { start: S - 1, end: S + 3 },
  },
  {
    says: 'a window at the beginning of time asks for no less',
    route: { window: unix },
    slice: { window: { from: 0, to: 1000 } },
    query: { start: 0, end: 2 },
  },
  {
    says: 'an interval is asked for as it is',
    route: { window: iso },
    def: { incremental: byInterval() },
    slice: { window: day },
    query: { start: '2024-05-01T12:00:00.000Z', end: '2024-05-02T12:00:00.000Z' },
  },
  { says: 'without window parameters there are none', route: {}, slice: { window: day }, query: {} },
  { says: 'without a window there are none', route: { window: unix }, query: {} },
  {
    says: 'filters go under the names of the route, and only those it has',
    route: { filters: { agent_id: 'agentId', queue_id: 'queueId' } },
    filters: { agent_id: 'x', source_id: 'y' },
    query: { agentId: 'x', queueId: undefined },
  },
  {
    says: 'a page is asked for last',
    route: { paginate: byPage({ page: 'page', size: 'max', largest: 500 }), query: { page: 9 } },
    query: { page: 3, max: 50 },
  },
]

for (const row of rows) {
  test(row.says, () => {
    const def = things({ incremental: byTime('at'), ...row.def })
    const route = listRoute({ paginate: unpaged, ...row.route })
    const spec = { def, route, slice: row.slice ?? {}, pageSize: 50, filters: row.filters ?? {} }
    const { path, query } = requestFor(spec, { at: route.paginate.kind === 'page' ? 3 : 1 })
    assert.equal(path, row.path ?? '/things')
    assert.deepEqual(query, row.query ?? {})
  })
}

const SPEC = { def: things(), route: listRoute({ paginate: unpaged }), slice: {}, pageSize: 50, filters: {} }

test('a request names its stream, is a GET, and may be sent again', () => {
  const plain = { method: 'GET', path: '/things', query: {}, stream: 'things' }
  assert.deepEqual(requestFor(SPEC, { at: 1 }), plain)
})

test('a route that changes data says so', () => {
  const route = listRoute({ paginate: unpaged, method: 'POST', once: true })
  const { method, once } = requestFor({ ...SPEC, route }, { at: 1 })
  assert.deepEqual({ method, once }, { method: 'POST', once: true })
})

test('the page size is the configured one, within what the route takes', () => {
  const route = listRoute({ paginate: byPage({ page: 'page', size: 'max', largest: 100 }) })
  assert.deepEqual([pageSizeFor(route, 50), pageSizeFor(route, 500)], [50, 100])
})

const spans: readonly {
  says: string
  def: Partial<StreamDef>
  window?: Route['window']
  out: readonly number[]
}[] = [
  {
    says: 'a window is a margin wider, and a second more',
    def: { incremental: byTime('at') },
    out: [-8000, 28_000],
  },
  { says: 'an interval is no wider', def: { incremental: byInterval('day') }, out: [0, 20_000] },
  {
    says: 'a written window is a margin wider, and as much more as it can say',
    def: { incremental: byTime('at') },
    window: { stepMs: 1, widen: ({ from, to }) => ({ from: from - 1, to: to + 2 }) },
    out: [-7001, 27_002],
  },
]
for (const { says, def, window, out } of spans)
  test(`where the filter is off by seven seconds, ${says}`, () => {
    const route = listRoute(window === undefined ? {} : { window })
    const { from, to } = requestedSpan({ from: 0, to: 20_000 }, things(def), route, 7000)
    assert.deepEqual([from, to], out)
  })

test('a request that finds out which page size is taken says so', () => {
  const { isTrial } = requestFor({ ...SPEC, isTrial: true }, { at: 1 })
  assert.deepEqual([isTrial, 'isTrial' in requestFor({ ...SPEC, isTrial: false }, { at: 1 })], [true, false])
})

const pages = byPage({ page: 'page', size: 'max', largest: 100 })
for (const { says, route, out } of [
  { says: 'a list of numbered pages', route: { paginate: pages }, out: true },
  { says: 'a list whose page size is the user’s', route: { paginate: { ...pages, size: 7 } }, out: false },
  { says: 'a request that is sent once', route: { paginate: pages, once: true }, out: false },
  { says: 'one answer', route: { paginate: unpaged }, out: false },
] as const)
  test(`${says} may ${out ? '' : 'not '}be asked for pages of any size`, () =>
    assert.equal(takesAnySize(listRoute(route)), out))
