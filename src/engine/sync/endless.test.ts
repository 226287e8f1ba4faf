import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { JsonObject } from '../../json.ts'
import { callsBetween, serveCalls } from '../lists-testing.ts'
import { NOTHING_READ } from '../state/progress.ts'
import { byNextToken } from '../stream/paginators.ts'
import { type Api, CALLS, DAY, listRoute, NOW, read, things } from '../testing.ts'

const SIZE = 10
const calls = callsBetween(NOW - 60 * DAY, NOW - 50 * DAY, 25)
const settings = { startMs: NOW - 60 * DAY, endMs: NOW - 50 * DAY, pageSize: SIZE, concurrency: 4 }
const progress = { ...NOTHING_READ, routes: new Map() }

/** An API that gives its first page whichever is asked for, with something in one of its records that is new each time. */
const firstPage =
  (rows: readonly JsonObject[], changes: number, isCounted: boolean): Api =>
  (_, index) => {
    const items = rows.slice(0, SIZE).map((row, at) => (at === changes ? { ...row, seen: index } : row))
    return reply(200, { items, ...(isCounted ? { pagination: { total: rows.length } } : {}) })
  }

// Bug: such a page was another one each time, and was asked for without end.
for (const { says, changes } of [
  { says: 'first', changes: 0 },
  { says: 'last', changes: SIZE - 1 },
])
  for (const isCounted of [true, false])
    for (const def of [CALLS, things()])
      test(`a list of ${def.name} that does not turn its pages is one, though the ${says} record is another each time (${isCounted ? 'with' : 'without'} a count)`, async () => {
        const { asked, error } = await read(def, firstPage(calls, changes, isCounted), { settings, progress })
        assert.equal(error?.failure, 'system_error')
        assert.match(error?.message ?? '', /with the same page again \(page 2\)/)
        assert.ok(asked.length <= 3, `${asked.length} requests`)
      })

test('a list that gives its records in another order for each page ends once they have come', async () => {
  const shuffled: Api = (_, index) => {
    const rows = calls.map((row, at) => ({ row, place: (at * 7 + index * 11) % 25 }))
    const items = rows.sort((a, b) => a.place - b.place).map(({ row }) => row)
    return reply(200, { items: items.slice(0, SIZE) })
  }
  const { asked, ids } = await read(things(), shuffled, { settings, progress, mode: 'full_refresh' })
  assert.equal(new Set(ids).size, 25)
  assert.ok(asked.length <= 30, `${asked.length} requests`)
})

test('one whose pages name ever new ones, with the same records, ends too', async () => {
  const def = things({ routes: [listRoute({ paginate: byNextToken('after'), records: nextOf() })] })
  const { asked, ids } = await read(def, () => reply(200, {}), { settings, progress, mode: 'full_refresh' })
  assert.equal(new Set(ids).size, 2)
  assert.ok(asked.length <= 12, `${asked.length} requests`)
})

function nextOf() {
  let page = 0
  const find = () => ({
    records: [{ id: 'a', page }, { id: 'b' }],
    facts: { rows: 2, pages: undefined, total: undefined, max: undefined, next: String(++page) },
  })
  return { kind: 'found', find } as const
}

test('records of one moment in any order are no end, however few of them are new on a page', async () => {
  const together = Array.from({ length: 12 }, (_, index) => ({
    id: `t${index}`,
    dateCreated: calls[0]?.['dateCreated'] ?? '',
  }))
  const random = createRandom(7)
  const unordered: Api = ({ query }) => {
    const rows = together.map(row => ({ row, place: random() }))
    const sorted = rows.sort((a, b) => a.place - b.place).map(({ row }) => row)
    const from = (Number(query?.['page']) - 1) * 2
    return reply(200, { items: sorted.slice(from, from + 2), pagination: { total: 12 } })
  }
  const { ids, error } = await read(CALLS, unordered, { settings: { ...settings, pageSize: 2 }, progress })
  assert.deepEqual([new Set(ids).size, error], [12, undefined])
})

// Bug: the third page was taken for news, since one of its records had changed, and what should have been there was lost.
test('a window of which a page holds what came before, in place of something else, is read in halves', async () => {
  const serve = serveCalls(callsBetween(NOW - 60 * DAY, NOW - 50 * DAY, 45), {
    leavesOut: ['total', 'pages'],
  })
  const again: Api = (request, index) => {
    const page = Number(request.query?.['page'])
    const { items } = JSON.parse(
      serve({ ...request, query: { ...request.query, page: page === 3 ? 1 : page } }, 0).bytes.toString(),
    )
    return reply(200, {
      items: items.map((row: JsonObject, at: number) => (at === 0 ? { ...row, seen: index } : row)),
    })
  }
  const { ids, error } = await read(CALLS, again, { settings, progress })
  assert.deepEqual([new Set(ids).size, error], [45, undefined])
})

/** The same numbers from 0 to 1 each time. */
function createRandom(seed: number) {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
