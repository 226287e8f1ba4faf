import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import { UNKNOWN_ROUTE } from '../evidence/route-facts.ts'
import { pageOf } from '../lists-testing.ts'
import { NOTHING_READ, type ParentCoverage, type Progress } from '../state/progress.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { unpaged } from '../stream/paginators.ts'
import { type Api, CALLS, DAY, listRoute, NOW, read, things } from '../testing.ts'

const CHILD = things({
  name: 'leads',
  parent: { stream: 'lists', field: 'id', as: 'list', ids: 'lists' },
  routes: [listRoute({ path: '/lists/{list}' })],
})
const others = [things({ name: 'lists', routes: [listRoute({ path: '/lists' })] })]
const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `${index}`)
const given = (count: number) => ({ others, settings: { ids: { lists: idsOf(count) }, concurrency: 1 } })

test('after a failure nothing is tried several times, until something works', async () => {
  const api: Api = ({ path }) => (path === '/lists/2' ? pageOf([], { method: 'GET', path }) : reply(500))
  const { asked } = await read(CHILD, api, given(5))
  assert.deepEqual(
    asked.map(({ retries }) => retries),
    [undefined, 0, 0, undefined, undefined],
  )
})

for (const { says, count, settings, failure } of [
  { says: 'one id that the config names', count: 1, settings: given(1).settings, failure: undefined },
  { says: 'three ids that the config names', count: 3, settings: given(3).settings, failure: 'config_error' },
  { says: 'three parents that are listed', count: 3, settings: {}, failure: 'transient_error' },
])
  test(`of ${says} none is there: ${failure ?? 'it is believed'}`, async () => {
    const api: Api = request =>
      request.path === '/lists'
        ? pageOf(
            idsOf(count).map(id => ({ id })),
            request,
          )
        : reply(404)
    const { error } = await read(CHILD, api, { others, settings, mode: 'full_refresh' })
    assert.equal(error?.failure, failure)
  })

const mistakes = { allGone: () => configError('All gone.') } as unknown as Mistakes
const proving: readonly { says: string; fullest: number; out: string | undefined }[] = [
  { says: 'nothing was found before', fullest: 0, out: 'All gone.' },
  { says: 'one record was', fullest: 1, out: undefined },
]
for (const { says, fullest, out } of proving)
  test(`that all parts are gone of a described stream is ${out === undefined ? 'believed' : 'a mistake'} where ${says}`, async () => {
    const def: StreamDef = { ...CHILD, mistakes }
    const routes = new Map([['/lists/{list}', { ...UNKNOWN_ROUTE, probes: 1, fullest }]])
    const { error } = await read(def, () => reply(404), {
      ...given(2),
      progress: { ...NOTHING_READ, routes },
    })
    assert.equal(error?.message, out)
  })

test('of a state that is far ahead of the clock nothing is read, and it is told as it is', async () => {
  const progress: Progress = { ...NOTHING_READ, cursorMs: NOW + 31 * DAY }
  const { asked, told, error } = await read(CALLS, () => reply(500), { progress })
  assert.deepEqual([asked, error, told.map(({ cursorMs }) => cursorMs)], [[], undefined, [NOW + 31 * DAY]])
})

/** Up to where time is closed by a sync that finds no record, of the ten days before `endMs`, when this was closed before. */
async function closedBy(progress: Partial<Progress>, startMs: number, endMs: number) {
  const { last } = await read(CALLS, request => pageOf([], request), {
    settings: { startMs, endMs },
    progress: { ...NOTHING_READ, ...progress },
  })
  return last?.closed
}

const [START, END] = [NOW - 20 * DAY, NOW - 10 * DAY]
const ends: readonly { says: string; before: number; isClosed: boolean }[] = [
  { says: 'later than what is read', before: END + 1, isClosed: true },
  { says: 'at its end, which is read again', before: END, isClosed: false },
  { says: 'within it', before: END - DAY, isClosed: false },
]
for (const { says, before, isClosed } of ends)
  test(`time without records is ${isClosed ? '' : 'not '}closed where records were seen ${says}`, async () => {
    const closed = (await closedBy({ closed: [{ from: before - 1, to: before }] }, START, END)) ?? []
    assert.equal(
      closed.some(({ from }) => from === START),
      isClosed,
    )
  })

test('so it is where those were seen of a parent', async () => {
  const parents = new Map<string, ParentCoverage>([
    ['p', { closed: [{ from: END, to: END + 1 }] }],
    ['q', 'all'],
  ])
  const closed = (await closedBy({ parents }, START, END)) ?? []
  assert.deepEqual(
    closed.map(({ from }) => from),
    [START],
  )
})

test('a stream on another host is said to be read from there', async () => {
  const { error } = await read(things({ host: 'elsewhere.example' }), () => reply(200, { items: 7 }))
  assert.match(String(error), /elsewhere\.example/)
})

test('what was right of a description is kept in the state of a described stream only', async () => {
  const facts = { rows: 1, total: undefined, pages: undefined, max: undefined }
  const find = () => ({ records: [{ id: 'a' }], facts, signs: [{ of: 'data_path' }] })
  const routes: StreamDef['routes'] = [listRoute({ paginate: unpaged, records: { kind: 'found', find } })]
  const described = await read(things({ routes, mistakes }), () => reply(200))
  assert.deepEqual(described.last?.proven, ['data_path'])
  const other = await read(things({ routes }), () => reply(200))
  assert.equal(other.last?.proven, undefined)
})
