import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byInterval, type StreamDef } from '../stream/definition.ts'
import {
  type Api,
  CALLS,
  callsBetween,
  createWorld,
  DAY,
  listRoute,
  NOW,
  pageOf,
  serveCalls,
  things,
} from '../testing.ts'
import { sampleStream } from './sample.ts'

const RECORDS = Array.from({ length: 40 }, (_, index) => ({ id: `t${index}` }))

async function sampleOf(def: StreamDef, api: Api, limit = 5, others: readonly StreamDef[] = []) {
  const { engine, asked } = createWorld(api, { startMs: NOW - 90 * DAY })
  const find = (name: string) => [def, ...others].find(one => one.name === name)
  return { ...(await sampleStream(def, { engine, find }, limit)), asked }
}

test('the first records of a list cost one request, for no more than are wanted', async () => {
  const { records, asked } = await sampleOf(things(), request => pageOf(RECORDS, request))
  assert.deepEqual(records, RECORDS.slice(0, 5))
  assert.deepEqual(
    asked.map(({ query }) => query),
    [{ page: 1, max: 5 }],
  )
})

test('of records with a time the latest window is looked into, and where it is empty all of the time', async () => {
  const late = await sampleOf(CALLS, serveCalls(callsBetween(NOW - 80 * DAY, NOW, 200)))
  assert.deepEqual([late.records.length, late.asked.length], [5, 1])
  const early = await sampleOf(CALLS, serveCalls(callsBetween(NOW - 80 * DAY, NOW - 70 * DAY, 3)))
  assert.deepEqual([early.records.length, early.asked.length], [3, 2])
})

test('a metric is sampled by the last day that is over', async () => {
  const metric = things({
    incremental: byInterval(),
    routes: [listRoute({ window: { from: 'from', to: 'to', format: 'iso' } })],
  })
  const { asked } = await sampleOf(metric, request => pageOf([], request))
  assert.deepEqual(
    asked.map(({ query }) => [query?.['from'], query?.['to']]),
    [['2026-01-30T00:00:00.000Z', '2026-01-31T00:00:00.000Z']],
  )
})

test('of many parts a few are looked into, and the parents are sampled like the rest', async () => {
  const child = things({
    name: 'child',
    parent: { stream: 'things', field: 'id', as: 'id' },
    routes: [listRoute({ path: '/things/{id}/parts' })],
  })
  const { asked, records } = await sampleOf(
    child,
    request => pageOf(request.path === '/things' ? RECORDS : [], request),
    5,
    [things()],
  )
  assert.deepEqual(records, [])
  assert.deepEqual(
    asked.map(({ path }) => path),
    ['/things', '/things/t0/parts', '/things/t1/parts', '/things/t2/parts'],
  )
})
