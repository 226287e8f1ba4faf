import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import { callsBetween, pageOf, serveCalls } from '../lists-testing.ts'
import { byInterval, type StreamDef } from '../stream/definition.ts'
import type { Mistakes, Sign } from '../stream/mistakes.ts'
import { type Api, CALLS, createWorld, DAY, listRoute, NOW, tallyOf, things } from '../testing.ts'
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

const child = (more: Partial<StreamDef> = {}) =>
  things({
    name: 'child',
    parent: { stream: 'things', field: 'id', as: 'id' },
    routes: [listRoute({ path: '/things/{id}/parts' })],
    ...more,
  })
/** An account of three things, whose parts are answered so, by the last letter of the path before them. */
const partsOf =
  (parts: Readonly<Record<string, ReturnType<Api>>>): Api =>
  request =>
    request.path === '/things'
      ? pageOf(
          ['a', 'b', 'c'].map(id => ({ id })),
          request,
        )
      : (parts[request.path.slice('/things/'.length)[0] ?? ''] ?? pageOf([], request))
const one = (id: string) => pageOf([{ id }], { method: 'GET', path: '/' })

test('no more parts are looked into than give what is wanted', async () => {
  const { records, asked } = await sampleOf(child(), partsOf({ a: one('x'), b: one('y') }), 1, [things()])
  assert.deepEqual([records, asked.length], [[{ id: 'x' }], 2])
  const more = await sampleOf(child(), partsOf({ a: one('x'), b: one('y') }), 2, [things()])
  assert.deepEqual([more.records, more.asked.length], [[{ id: 'x' }, { id: 'y' }], 3])
})

test('a part that fails is told beside the records of the others, and so is one that is gone', async () => {
  const api = partsOf({ a: reply(500), b: reply(404, { message: 'none' }), c: one('z') })
  const { records, failures, tally, mistake } = await sampleOf(child(), api, 5, [things()])
  assert.deepEqual([records, failures.map(({ status }) => status)], [[{ id: 'z' }], [500]])
  assert.deepEqual([tally, mistake], [tallyOf({ gone: 1 }), undefined])
})

test('where every part fails, so does the sample, with the first of their errors', async () => {
  const api = partsOf({ a: reply(500), b: reply(403), c: reply(500) })
  await assert.rejects(sampleOf(child(), api, 5, [things()]), { status: 500 })
})

test('what fails and is no part of anything fails at once, and so do credentials that no path takes', async () => {
  await assert.rejects(
    sampleOf(CALLS, () => reply(500)),
    { status: 500 },
  )
  const asked: string[] = []
  const api: Api = request => {
    asked.push(request.path)
    return request.path === '/things' ? partsOf({})(request, 0) : { ...reply(401), elsewhere: 'refused' }
  }
  await assert.rejects(sampleOf(child(), api, 5, [things()]), { status: 401, scope: 'run' })
  assert.equal(asked.length, 2)
})

test('parents without the value that a part is asked for by are counted', async () => {
  const by = child({ parent: { stream: 'things', field: 'kind', as: 'id' } })
  const { tally } = await sampleOf(by, request => pageOf([{ id: 'a' }, { id: 'b' }], request), 5, [things()])
  assert.deepEqual(tally, tallyOf({ valueless: 2 }))
})

test('the objects that the records came from are told as they were', async () => {
  const def = things({ adapt: record => ({ ...record, more: true }) })
  const { raw, records, tally } = await sampleOf(def, request => pageOf([{ id: 'a' }, 7], request))
  assert.deepEqual([raw, records], [[{ id: 'a' }], [{ id: 'a', more: true }]])
  assert.deepEqual(tally, tallyOf({ unusable: 1 }))
})

test('of nothing wanted, one record is asked for', async () => {
  const { records, asked } = await sampleOf(things(), request => pageOf(RECORDS, request), 0)
  assert.deepEqual([records, asked.map(({ query }) => query?.['max'])], [[], []])
})

test('an account without the endpoint gives no records', async () => {
  const { records, tally } = await sampleOf(things({ absence: 'empty' }), () => reply(404))
  assert.deepEqual([records, tally], [[], tallyOf({})])
})

const said = (text: string) => configError(text)
const mistakes: Mistakes = {
  allGone: parts => said(`${parts} gone`),
  shifted: () => said('it counts records'),
  samePage: rows => (rows > 2 ? said('same page') : undefined),
  samePlace: named => said(`again ${named}`),
  noField: field => said(`no ${field}`),
}
const described = (more: Partial<StreamDef> = {}) => things({ mistakes, ...more })

test('where every part of a described stream is gone, that is its mistake', async () => {
  const api: Api = request =>
    request.path === '/things' ? partsOf({})(request, 0) : reply(404, { message: 'none' })
  assert.equal((await sampleOf(child({ mistakes }), api, 5, [things()])).mistake?.message, '3 gone')
  const few = partsOf({ a: reply(404, { message: 'none' }) })
  assert.equal((await sampleOf(child({ mistakes }), few, 5, [things()])).mistake, undefined)
})
test('the second page of a described list is looked at too, and only of such a list', async () => {
  const api: Api = request => pageOf(RECORDS, request)
  const { records, asked } = await sampleOf(described(), api)
  assert.deepEqual(records, RECORDS.slice(0, 5))
  assert.deepEqual(
    asked.map(({ query }) => query),
    [
      { page: 1, max: 5 },
      { page: 2, max: 5 },
    ],
  )
  assert.equal((await sampleOf(described(), api, 1)).asked.length, 1)
  assert.equal((await sampleOf(described(), request => pageOf(RECORDS.slice(0, 2), request))).asked.length, 1)
})

test('a second page that is the first one again is a mistake', async () => {
  const again: Api = request => pageOf(RECORDS, { ...request, query: { max: 5 } })
  await assert.rejects(sampleOf(described(), again), /same page/)
  assert.equal((await sampleOf(things(), again)).records.length, 5)
})

for (const [says, second] of [
  ['fails', reply(500)],
  ['has no list', reply(200, { other: [] })],
] as const)
  test(`a second page that ${says} is passed over`, async () => {
    const api: Api = request => (request.query?.['page'] === 2 ? second : pageOf(RECORDS, request))
    const { records, failures } = await sampleOf(described(), api)
    assert.deepEqual([records.length, failures], [5, []])
  })

/** A list of which each answer names the next one. */
const named = (next: (place: string | undefined) => string | undefined): StreamDef =>
  described({
    routes: [
      listRoute({
        paginate: {
          kind: 'next-token',
          largest: 100,
          first: { at: 0 },
          query: ({ named: token }) => ({ token }),
          next: place => {
            const name = next(place.named)
            return name === undefined ? undefined : { at: place.at + 1, named: name }
          },
        },
      }),
    ],
  })

test('the page that the first one names is looked at; one that names itself is a mistake', async () => {
  const api: Api = request => pageOf(RECORDS.slice(0, 3), request)
  const { asked } = await sampleOf(
    named(place => (place === undefined ? 'b' : undefined)),
    api,
  )
  assert.deepEqual(
    asked.map(({ query }) => query?.['token']),
    [undefined, 'b'],
  )
  await assert.rejects(
    sampleOf(
      named(() => 'b'),
      api,
    ),
    /again b/,
  )
  assert.equal(
    (
      await sampleOf(
        named(() => undefined),
        api,
      )
    ).asked.length,
    1,
  )
})

/** A list whose answers show these signs of how it is described. */
const signed = (...pages: (readonly Sign[])[]): StreamDef => {
  let page = 0
  const facts = { rows: 5, total: undefined, pages: undefined, max: undefined }
  const find = () => ({ records: [{ id: `s${page}` }], facts, signs: pages[page++] ?? [] })
  return described({ routes: [listRoute({ records: { kind: 'found', find } })] })
}
const wrong = { of: 'data_path', mistake: said('wrong path') }

const signs: readonly { says: string; pages: readonly (readonly Sign[])[]; out: string | undefined }[] = [
  { says: 'that one page shows', pages: [[wrong]], out: 'wrong path' },
  { says: 'that another page denies', pages: [[wrong], [{ of: 'data_path' }]], out: undefined },
  { says: 'beside a part that is right', pages: [[wrong, { of: 'id' }]], out: 'wrong path' },
  { says: 'that no page shows', pages: [[{ of: 'data_path' }]], out: undefined },
]
for (const { says, pages, out } of signs)
  test(`a mistake ${says} is ${out === undefined ? 'none' : 'told'}`, async () => {
    const { mistake } = await sampleOf(signed(...pages), () => reply(200, {}))
    assert.equal(mistake?.message, out)
  })

test('a stream on another host is said to be read from there', async () => {
  const def = things({ host: 'elsewhere.example' })
  await assert.rejects(
    sampleOf(def, () => reply(200, { items: 7 })),
    /elsewhere\.example answered/,
  )
})
