import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import { NOTHING_READ } from '../state/progress.ts'
import { byOwnTime } from '../stream/definition.ts'
import { DAY, HOUR, listRoute, NOW, pageOf, read, SECOND, tallyOf, things } from '../testing.ts'

const SAFE = NOW - 60 * SECOND
const at = (moment: number) => new Date(moment).toISOString()
const list = [
  { id: 'old', at: at(NOW - 10 * DAY) },
  { id: 'edge', at: at(NOW - 3 * DAY) },
  { id: 'new', at: at(NOW - HOUR) },
  { id: 'just now', at: at(NOW - SECOND) },
  { id: 'timeless' },
]
const def = things({ incremental: byOwnTime('at') })
const api = (request: Parameters<typeof pageOf>[1]) => pageOf(list, request)
const progress = { ...NOTHING_READ, cursorMs: NOW - 2 * DAY }

test('everything is read the first time, and the newest time seen is the cursor, a minute before now at most', async () => {
  const { ids, told } = await read(def, api)
  assert.equal(ids.length, 5)
  assert.deepEqual(told, [{ ...NOTHING_READ, cursorMs: SAFE }])
})

test('what is older than the cursor less the lookback is left out and counted, what has no time goes on', async () => {
  const { ids, tally } = await read(def, api, { progress })
  assert.deepEqual(ids, ['edge', 'just now', 'new', 'timeless'])
  assert.deepEqual(tally, tallyOf({ outside: 1 }))
})

test('a full refresh leaves nothing out, and is finished', async () => {
  const { ids, last } = await read(def, api, { progress, mode: 'full_refresh' })
  assert.equal(ids.length, 5)
  assert.equal(last?.finished, true)
})

test('a cursor never moves back, though all that came is older', async () => {
  const { last } = await read(def, request => pageOf(list.slice(0, 2), request), { progress })
  assert.equal(last?.cursorMs, progress.cursorMs)
})

test('a cursor beyond the end makes no request, and stays as it is', async () => {
  const future = { ...NOTHING_READ, cursorMs: NOW + DAY }
  const { asked, told } = await read(def, () => assert.fail(), { progress: future })
  assert.deepEqual({ asked, told }, { asked: [], told: [future] })
})

test('a stream without a time has no cursor', async () => {
  const { last } = await read(things(), api, { mode: 'full_refresh' })
  assert.deepEqual(last, { ...NOTHING_READ, finished: true })
})

const others = [things({ name: 'lists', routes: [listRoute({ path: '/lists' })] })]
const parent = { stream: 'lists', field: 'id', as: 'list_id', stamp: 'listId' }
const leads = things({ parent, absence: 'gone', routes: [listRoute({ path: '/lists/{list_id}/leads' })] })

test('a stream with a parent is read parent by parent; a parent that is gone is counted', async () => {
  const { records, tally, asked } = await read(
    leads,
    request => {
      if (request.path === '/lists') return pageOf([{ id: 'A' }, { id: 'B' }, { id: 'C' }], request)
      return request.path === '/lists/B/leads' ? reply(404) : pageOf([{ id: 1 }, { id: 2 }], request)
    },
    { mode: 'full_refresh', others },
  )
  assert.deepEqual(records.map(({ id, listId }) => `${listId}${id}`).sort(), ['A1', 'A2', 'C1', 'C2'])
  assert.deepEqual(tally, tallyOf({ gone: 1 }))
  assert.equal(asked.length, 4)
})

test('an error of one part is an error of the stream, and no progress is told', async () => {
  const { error, told } = await read(
    leads,
    request => (request.path === '/lists' ? pageOf([{ id: 'A' }, { id: 'B' }], request) : reply(500)),
    { mode: 'full_refresh', others },
  )
  assert.match(String(error), /500/)
  assert.deepEqual(told, [])
})
