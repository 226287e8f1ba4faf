import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import { hashOf, type Progress, readProgress, writeProgress } from '../state/progress.ts'
import { byTime } from '../stream/definition.ts'
import { type Api, DAY, HOUR, listRoute, NOW, pageOf, read, SECOND, things } from '../testing.ts'

const START = NOW - 10 * DAY
const SAFE = NOW - 60 * SECOND
const window = { from: 'from', to: 'to', format: 'unix-seconds' } as const
const lists = things({ name: 'lists', routes: [listRoute({ path: '/lists' })] })
/** Leads, each of a list, filtered by time by the server. */
const LEADS = things({
  name: 'leads',
  incremental: byTime('at'),
  parent: { stream: 'lists', field: 'id', as: 'list_id', stamp: 'listId', ids: 'lists' },
  absence: 'gone',
  routes: [listRoute({ path: '/lists/{list_id}/leads', window })],
})
const settings = { startMs: START, concurrency: 1 }
const others = [lists]

/** Each of these lists has a lead a day, one second after noon. */
function serve(...ids: readonly string[]): Api {
  return request => {
    if (request.path === '/lists')
      return pageOf(
        ids.map(id => ({ id })),
        request,
      )
    const list = request.path.split('/')[2]
    const leads = Array.from({ length: 10 }, (_, day) => ({
      id: `${list}${day}`,
      ms: START + day * DAY + SECOND,
    }))
    const [from, to] = [Number(request.query?.['from']) * 1000, Number(request.query?.['to']) * 1000]
    const found = leads.filter(({ ms }) => ms >= from && ms <= to)
    return pageOf(
      found.map(({ id, ms }) => ({ id, at: new Date(ms).toISOString() })),
      request,
    )
  }
}

const whole = { from: START, to: SAFE }
const settled = (...ids: readonly string[]): Progress => ({
  cursorMs: SAFE,
  closed: [whole],
  finished: false,
  parents: new Map(ids.map(id => [id, 'all'])),
})

test('every parent is read from the start, and at the end all share their progress', async () => {
  const { ids, last } = await read(LEADS, serve('A', 'B'), { settings, others })
  assert.equal(ids.length, 20)
  assert.deepEqual(last, settled('A', 'B'))
})

test('a further sync reads the lookback of parents that it knows, and a new parent from the start', async () => {
  const { ids } = await read(LEADS, serve('A', 'B'), {
    settings: { ...settings, lookbackMs: 3 * DAY },
    others,
    progress: settled('A'),
  })
  assert.deepEqual(
    ids.filter(id => id.startsWith('A')),
    ['A7', 'A8', 'A9'],
  )
  assert.equal(ids.filter(id => id.startsWith('B')).length, 10)
})

test('a parent that went away is forgotten when the sync ends', async () => {
  const { last } = await read(LEADS, serve('B'), { settings, others, progress: settled('A', 'B') })
  assert.deepEqual(last, settled('B'))
})

test('a sync that stops on its way keeps what is done, and the next one reads the rest', async () => {
  const api = serve('A', 'B', 'C')
  const stopped = await read(
    LEADS,
    (request, index) => (request.path.includes('/B') ? reply(500) : api(request, index)),
    { settings, others },
  )
  assert.match(String(stopped.error), /500/)
  assert.deepEqual(stopped.last?.parents?.get('A'), [whole])
  assert.equal(stopped.last?.parents?.has('B'), false)
  assert.equal(stopped.last?.cursorMs, undefined)
  const next = await read(LEADS, api, {
    settings: { ...settings, lookbackMs: HOUR },
    others,
    progress: stopped.last ?? assert.fail(),
  })
  assert.deepEqual(
    next.ids.filter(id => id.startsWith('A')),
    [],
  )
  assert.equal(next.ids.length, 20)
  assert.deepEqual(next.last, settled('A', 'B', 'C'))
})

test('what is done for a parent stays known through a further sync that stops before it', async () => {
  const failing =
    (path: string, api: Api): Api =>
    (request, index) =>
      request.path.includes(path) ? reply(500) : api(request, index)
  const once = await read(LEADS, failing('/B', serve('A', 'B')), { settings, others })
  const progress = once.last ?? assert.fail()
  const twice = await read(LEADS, failing('/A', serve('B', 'A')), { settings, others, progress })
  assert.deepEqual(Object.fromEntries(twice.last?.parents ?? []), { A: [whole], B: [whole] })
})

test('a parent that is gone is counted, and holds nobody back', async () => {
  const api = serve('A', 'B')
  const { ids, tally, last } = await read(
    LEADS,
    (request, index) => (request.path.includes('/B') ? reply(404) : api(request, index)),
    { settings, others },
  )
  assert.equal(ids.length, 10)
  assert.ok(tally.gone > 0)
  assert.equal(last?.cursorMs, SAFE)
})

test('without a parent there is nothing to read, and the cursor stays', async () => {
  const { asked, last } = await read(LEADS, serve(), { settings, others, progress: settled('A') })
  assert.equal(asked.length, 1)
  assert.deepEqual([last?.cursorMs, last?.closed], [SAFE, [whole]])
})

test('a full refresh starts afresh after one that finished', async () => {
  const progress = { ...settled('A'), finished: true }
  const { ids, last } = await read(LEADS, serve('A'), { mode: 'full_refresh', settings, others, progress })
  assert.equal(ids.length, 10)
  assert.equal(last?.finished, true)
})

test('a cursor beyond the end makes no request, and stays as it is', async () => {
  const progress = { ...settled('A'), cursorMs: NOW + DAY }
  const { asked, told } = await read(LEADS, () => assert.fail(), { settings, others, progress })
  assert.deepEqual({ asked, told }, { asked: [], told: [progress] })
})

/** So many lists that their ids are too much for a state. Only the first and the last ones have leads. */
const many = (more: readonly string[] = []) => [
  'A',
  'B',
  ...Array.from({ length: 1000 }, (_, n) => `l${n}`),
  ...more,
]
const leads = serve()
const serveMany: Api = (request, index) =>
  /\/l\d/.test(request.path) ? pageOf([], request) : leads(request, index)
const readMany = (lists: readonly string[], api = serveMany, progress?: Progress) =>
  read(LEADS, api, {
    settings: { ...settings, lookbackMs: HOUR, ids: { lists } },
    ...(progress === undefined ? {} : { progress }),
  })
/** The progress after it was saved. */
const saved = (progress: Progress | undefined) =>
  readProgress('leads', JSON.parse(JSON.stringify(writeProgress(progress ?? assert.fail()))))

test('many parents are told apart by hashes: what is done is kept, a new parent is read from the start', async () => {
  const stopped = await readMany(many(['Y']), (request, index) =>
    request.path.includes('/l999/') ? reply(500) : serveMany(request, index),
  )
  assert.match(String(stopped.error), /500/)
  const next = await readMany(many(['Y', 'Z']), serveMany, saved(stopped.last))
  assert.deepEqual([stopped.ids.length, next.ids.length], [20, 20])
  assert.deepEqual([...new Set(next.ids.map(id => id[0]))], ['Y', 'Z'])
  assert.equal(next.last?.parents?.get(hashOf('Z')), 'all')
})

test('parents that become many, or few again, keep what was done for them', async () => {
  const few = await readMany(['A', 'B'])
  assert.deepEqual(few.last, settled('A', 'B'))
  const more = await readMany(many(), serveMany, saved(few.last))
  assert.deepEqual([more.ids, more.last?.hashed], [[], true])
  const less = await readMany(['A', 'B', 'Z'], serveMany, saved(more.last))
  assert.deepEqual([...new Set(less.ids.map(id => id[0]))], ['Z'])
  assert.deepEqual(less.last, settled('A', 'B', 'Z'))
})
