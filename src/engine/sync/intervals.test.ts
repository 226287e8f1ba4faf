import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Settings } from '../../config/settings.ts'
import { reply } from '../../http/testing.ts'
import type { Progress } from '../state/progress.ts'
import { byInterval } from '../stream/definition.ts'
import { unpaged } from '../stream/paginators.ts'
import { type Api, DAY, HOUR, listRoute, NOW, pageOf, read, things } from '../testing.ts'

const MIDNIGHT = Math.floor(NOW / DAY) * DAY
const iso = (moment: number) => new Date(moment).toISOString()
const window = { from: 'start', to: 'end', format: 'iso' } as const
const def = things({
  primaryKey: ['window_start'],
  incremental: byInterval('configured'),
  adapt: (record, context) => ({ ...record, window_start: iso(context.window?.from ?? 0) }),
  routes: [listRoute({ records: { kind: 'body' }, paginate: unpaged, window })],
})
const days = things({ ...def, incremental: byInterval('day') })
const api: Api = () => reply(200, { value: 1 })
const settings: Partial<Settings> = { startMs: MIDNIGHT - 3 * DAY + HOUR }
const asks = ({ asked }: Awaited<ReturnType<typeof read>>) =>
  asked.map(({ query }) => [query?.['start'], query?.['end']])
const dayFrom = (moment: number) => [iso(moment), iso(moment + DAY)]
const upTo = (to: number): Progress => ({
  cursorMs: to,
  closed: [{ from: MIDNIGHT - 3 * DAY, to }],
  finished: false,
})

test('intervals are whole days of UTC without overlap, from the one that holds the start to the last that is over', async () => {
  const found = await read(days, api, { settings })
  assert.deepEqual(
    asks(found),
    [3, 2, 1].map(back => dayFrom(MIDNIGHT - back * DAY)),
  )
  assert.equal(found.records.length, 3)
  assert.deepEqual(found.last, upTo(MIDNIGHT))
})

test('intervals may be hours', async () => {
  const hourly = { ...settings, startMs: NOW - 3 * HOUR, intervalMs: HOUR } as const
  const found = await read(def, api, { settings: hourly })
  assert.deepEqual(
    asks(found),
    [3, 2, 1].map(back => [iso(NOW - back * HOUR), iso(NOW - (back - 1) * HOUR)]),
  )
})

test('an interval that was read is not read again: there is no lookback', async () => {
  const found = await read(def, api, { settings, progress: upTo(MIDNIGHT - DAY) })
  assert.deepEqual(asks(found), [dayFrom(MIDNIGHT - DAY)])
  assert.deepEqual((await read(def, api, { settings, progress: upTo(MIDNIGHT) })).asked, [])
})

test('a cursor in the middle of an interval has that interval read', async () => {
  const found = await read(def, api, { settings, progress: upTo(MIDNIGHT - DAY - HOUR) })
  assert.deepEqual(asks(found), [dayFrom(MIDNIGHT - 2 * DAY), dayFrom(MIDNIGHT - DAY)])
})

test('progress is told after each interval, when all its parts are read', async () => {
  const splitBy = { agent: { stream: 'agents', field: 'id', as: 'agent_id' } }
  const others = [things({ name: 'agents', routes: [listRoute({ path: '/agents' })] })]
  const scoped = { ...def, splitBy, primaryKey: ['window_start', 'agent_id'] }
  const { told, error } = await read(
    scoped,
    (request, index) => {
      if (request.path === '/agents') return pageOf([{ id: 'a' }, { id: 'b' }], request)
      return index === 4 ? reply(500) : api(request, index)
    },
    { settings: { ...settings, splitBy: 'agent', concurrency: 1 }, others },
  )
  assert.match(String(error), /500/)
  assert.deepEqual(told, [upTo(MIDNIGHT - 2 * DAY)])
})

test('without an interval there is one record for the whole time, and nothing to go on from', async () => {
  const found = await read(def, api, {
    mode: 'full_refresh',
    settings: { ...settings, intervalMs: undefined },
  })
  assert.deepEqual(asks(found), [[iso(MIDNIGHT - 3 * DAY + HOUR), iso(NOW)]])
  assert.deepEqual(found.told, [{ cursorMs: undefined, closed: [], finished: true }])
})

test('a full refresh goes on where it was interrupted, and starts afresh when it finished', async () => {
  const mode = 'full_refresh'
  assert.equal((await read(def, api, { mode, settings, progress: upTo(MIDNIGHT - DAY) })).asked.length, 1)
  const found = await read(def, api, { mode, settings, progress: { ...upTo(MIDNIGHT), finished: true } })
  assert.equal(found.asked.length, 3)
  assert.equal(found.last?.finished, true)
})

test('a cursor beyond the end makes no request, and stays as it is', async () => {
  const progress = upTo(NOW + DAY)
  const { asked, told } = await read(def, () => assert.fail(), { settings, progress })
  assert.deepEqual({ asked, told }, { asked: [], told: [progress] })
})
