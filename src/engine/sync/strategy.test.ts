import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callsBetween, pageOf, serveCalls } from '../lists-testing.ts'
import { compileStream } from '../records/compile.ts'
import {
  byInterval,
  byOwnTime,
  byTime,
  type Incremental,
  listAt,
  type StreamDef,
} from '../stream/definition.ts'
import { type Api, CALLS, DAY, HOUR, listRoute, NOW, read, tallyOf, things } from '../testing.ts'

const window = { from: 'time.start', to: 'time.end', format: 'unix-seconds' } as const
const parent = { stream: 'lists', field: 'id', as: 'list_id', ids: 'lists' }
const lists = things({
  name: 'lists',
  incremental: byTime('at'),
  routes: [listRoute({ path: '/lists', window })],
})
const settings = { startMs: NOW - 3 * DAY, longestWindowMs: DAY }

interface Row {
  readonly says: string
  readonly incremental?: Incremental
  readonly def?: Partial<StreamDef>
  readonly ids?: Record<string, string[]>
  /** Paths asked for, and how many of them in a window. */
  readonly out: readonly [paths: string[], windowed: number]
}

const rows: Row[] = [
  { says: 'without a time: all of it', out: [['/things'], 0] },
  {
    says: 'with a time of the server: window by window',
    incremental: byTime('at'),
    out: [['/things', '/things', '/things'], 3],
  },
  { says: 'with a time of the connector: all of it', incremental: byOwnTime('at'), out: [['/things'], 0] },
  {
    says: 'in intervals: one after the other',
    incremental: byInterval(),
    out: [['/things', '/things', '/things'], 3],
  },
  {
    says: 'with a time of the server and a parent: each parent window by window',
    incremental: byTime('at'),
    def: { parent },
    ids: { lists: ['A', 'B'] },
    out: [Array(6).fill('/things'), 6],
  },
  {
    says: 'with the time of its parent: the windows of that',
    incremental: { strategy: 'through-parent', field: 'at' },
    def: { parent },
    out: [['/lists', '/lists', '/lists'], 3],
  },
  {
    says: 'with the time of its parent but ids of the config: those',
    incremental: { strategy: 'through-parent', field: 'at' },
    def: { parent },
    ids: { lists: ['A', 'B'] },
    out: [['/things', '/things'], 0],
  },
  {
    says: 'with the time of its parent but one id of the config: that',
    incremental: { strategy: 'through-parent', field: 'at' },
    def: { parent },
    ids: { lists: ['A'] },
    out: [['/things'], 0],
  },
]

for (const row of rows) {
  test(`a stream is read ${row.says}`, async () => {
    const timed = row.incremental === undefined ? {} : { incremental: row.incremental }
    const def = things({ ...timed, routes: [listRoute({ window })], ...row.def })
    const { asked, error, told } = await read(def, request => pageOf([], request), {
      settings: { ...settings, ids: row.ids ?? {} },
      others: [lists],
    })
    assert.equal(error, undefined)
    assert.deepEqual(
      asked.map(({ path }) => path),
      row.out[0],
    )
    assert.equal(asked.filter(({ query }) => query?.['time.start'] !== undefined).length, row.out[1])
    assert.ok(told.length > 0)
  })
}

test('records that fit their schema go through as bytes, and come to the same', async () => {
  const calls = callsBetween(NOW - 3 * DAY, NOW, 1000)
  const schema = { properties: { id: { type: 'string' }, dateCreated: { type: 'string' } } }
  const { scan } = compileStream(CALLS, schema, false)
  const [bytes, parsed] = await Promise.all([
    read(CALLS, serveCalls(calls), { settings, compiled: scan === undefined ? {} : { scan } }),
    read(CALLS, serveCalls(calls), { settings }),
  ])
  assert.deepEqual(bytes.ids, parsed.ids)
  assert.deepEqual(bytes.tally, parsed.tally)
  assert.equal(bytes.ids.length, 1000)
})

test('an answer is released when its records have gone out, though its memory is then used for another', async () => {
  const calls = callsBetween(NOW - 3 * DAY, NOW, 1000)
  const schema = { properties: { id: { type: 'string' }, dateCreated: { type: 'string' } } }
  const { scan } = compileStream(CALLS, schema, false)
  const api = serveCalls(calls)
  let released = 0
  const reused: Api = (request, index) => {
    const answer = api(request, index)
    const release = () => {
      released++
      answer.bytes.fill('x')
    }
    return { ...answer, release }
  }
  for (const compiled of [{}, scan === undefined ? {} : { scan }]) {
    released = 0
    const { ids, asked, error } = await read(CALLS, reused, { settings, compiled })
    assert.equal(error, undefined)
    assert.equal(new Set(ids).size, 1000)
    assert.equal(released, asked.length)
  }
})

test('what was left out is reported, by reason', async () => {
  const list = [{ id: 'a' }, { id: 'a' }, { name: 'x' }]
  const { tally } = await read(things(), request => pageOf(list, request, { leavesOut: ['total'] }), {
    mode: 'full_refresh',
  })
  assert.deepEqual(tally, tallyOf({ duplicate: 1, unusable: 1 }))
})

test('memory is bounded by windows: a year of calls without duplicates is told without holding its keys', async () => {
  const calls = callsBetween(NOW - 30 * DAY, NOW, 3000)
  const seed = things({
    ...CALLS,
    routes: [{ ...listRoute({ path: '/calls', window }), records: listAt('items') }],
  })
  const { records, tally } = await read(seed, serveCalls(calls), {
    settings: { startMs: NOW - 30 * DAY, longestWindowMs: 12 * HOUR },
  })
  assert.equal(records.length, 3000)
  assert.ok(tally.duplicate <= 60 * 2, `${tally.duplicate} came twice`)
})

test('what is known of the routes of a stream and of its parents is kept in its state, and of no others', async () => {
  const api: Api = request => pageOf([{ id: 'A' }, { id: 'B' }], request)
  const child = things({ parent, routes: [listRoute({ path: '/lists/{list_id}' })] })
  const paths = async (def: StreamDef, splitBy?: 'agent') => {
    const { last } = await read(def, api, {
      mode: 'full_refresh',
      settings: { splitBy },
      others: [lists, things({ name: 'other', routes: [listRoute({ path: '/other' })] })],
    })
    return [...(last?.routes?.keys() ?? [])]
  }
  assert.deepEqual(await paths(child), ['/lists/{list_id}', '/lists'])
  const metric = things({ splitBy: { agent: parent } })
  assert.deepEqual(await paths(metric, 'agent'), ['/things', '/lists'])
  assert.deepEqual(await paths(things()), ['/things'])
})

test('what each slice claimed and gave is there for those who look into a sync', async () => {
  const whole = await read(things(), request => pageOf([{ id: 'a' }], request), { mode: 'full_refresh' })
  assert.deepEqual(whole.debugs.at(-1), 'things: gave 1 records, with a count of 1; its end: short.')
  const calls = callsBetween(NOW - 2 * DAY, NOW, 2)
  const window = await read(CALLS, serveCalls(calls, { leavesOut: ['total', 'pages', 'max'] }), {
    settings: { ...settings, longestWindowMs: 3 * DAY },
  })
  assert.equal(
    window.debugs.at(-1),
    'calls: 2026-01-28T12:00:00.000Z to 2026-01-31T12:00:00.000Z gave 2 records, with no count; its end: short.',
  )
})
