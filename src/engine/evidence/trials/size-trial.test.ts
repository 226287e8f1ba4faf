import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { transientError } from '../../../errors.ts'
import { reply } from '../../../http/testing.ts'
import type { Reply, Request } from '../../../http/types.ts'
import { callsBetween, pageOf, serveCalls } from '../../lists-testing.ts'
import { NOTHING_READ } from '../../state/progress.ts'
import { type Api, CALLS, createWorld, DAY, NOW, read, things } from '../../testing.ts'
import { createSizeTrial } from './size-trial.ts'

const rows = Array.from({ length: 1234 }, (_, id) => ({ id: String(id) }))
const settings = { pageSize: 500 }
const progress = { ...NOTHING_READ, routes: new Map() }
const sizeOf = ({ query }: Request) => Number(query?.['max'])

/** Refuses pages of more than `most`. */
function refusing(most: number, refusal: Reply): Api {
  return request => (sizeOf(request) > most ? refusal : pageOf(rows, request))
}

const clampings = [
  { says: 'and says so', quirks: (clamp: number) => ({ clamp }) },
  { says: 'in silence', quirks: (clamp: number) => ({ clamp, leavesOut: ['max'] as const }) },
  {
    says: 'without any count',
    quirks: (clamp: number) => ({ clamp, leavesOut: ['max', 'total', 'pages'] as const }),
  },
  {
    says: 'but counts places by the size that was asked for',
    quirks: (clampLimit: number) => ({ clampLimit, leavesOut: ['max'] as const }),
  },
]
for (const cap of [50, 100, 250, 500]) {
  for (const { says, quirks } of clampings) {
    test(`a server that gives ${cap} records a page ${says} is asked for 500 once, and no page is wasted`, async () => {
      const api: Api = request => pageOf(rows, request, quirks(cap))
      const { ids, asked } = await read(things(), api, { settings, progress })
      assert.deepEqual(ids, rows.map(({ id }) => id).sort())
      const sizes = asked.map(sizeOf)
      const [first, ...others] = sizes
      assert.equal(first, 500)
      assert.deepEqual([...new Set(others)], [cap])
      assert.ok(sizes.length <= Math.ceil(rows.length / cap) + 1, `${sizes.length} requests`)
    })
  }
}

for (const status of [400, 413, 422, 500, 503]) {
  test(`a server that refuses more than 100 a page (${status}) is asked for 100, which costs one request`, async () => {
    const { ids, asked } = await read(things(), refusing(100, reply(status)), { settings, progress })
    assert.equal(ids.length, rows.length)
    const [first, ...others] = asked.map(sizeOf)
    assert.equal(first, 500)
    assert.deepEqual([...new Set(others)], [100])
    assert.equal(others.length, 13)
  })
}

test('of windows that are read side by side one finds the size out, while the others wait', async () => {
  const calls = callsBetween(NOW - 300 * DAY, NOW, 3000)
  const serve = serveCalls(calls)
  const { ids, asked } = await read(
    CALLS,
    request => (sizeOf(request) > 100 ? reply(400) : serve(request, 0)),
    { settings: { ...settings, longestWindowMs: 20 * DAY }, progress },
  )
  assert.equal(ids.length, calls.length)
  assert.deepEqual([asked.filter(one => sizeOf(one) > 100).length, sizeOf(asked[0] as Request)], [1, 500])
})

test('the config’s page size is a ceiling, and up to 100 nothing is found out', async () => {
  for (const pageSize of [40, 100]) {
    const { asked } = await read(things(), refusing(100, reply(400)), { settings: { pageSize }, progress })
    assert.deepEqual([...new Set(asked.map(sizeOf))], [pageSize])
    assert.ok(asked.every(({ isTrial }) => isTrial !== true))
  }
})

test('a refusal that has nothing to do with the size stays an error', async () => {
  for (const status of [403, 404]) {
    const { error, asked } = await read(things(), () => reply(status), { settings, progress })
    assert.equal(error?.status, status)
    assert.equal(asked.length, 1)
  }
  const { error, asked } = await read(things(), () => reply(400), { settings, progress })
  assert.deepEqual([error?.status, asked.map(sizeOf)], [400, [500, 100]])
})

test('a route that gave larger pages keeps them where one page fails for a while', async () => {
  const { first, sawPage } = createSizeTrial()
  const { engine } = createWorld(() => reply(503))
  const sizes: number[] = []
  const down = (size: number) => {
    sizes.push(size)
    return size > 100 ? engine.call({ method: 'GET', path: '/a' }, () => 0) : Promise.resolve(0)
  }
  await first(500, async size => void sizes.push(size))
  sawPage(500)
  assert.equal((await first(500, down)).size, 100)
  assert.equal((await first(500, async () => 0)).size, 500)
  assert.deepEqual(sizes, [500, 500, 100])
})

const reasons: readonly { says: string; error: Error; size: number | undefined }[] = [
  { says: 'no answer in time', error: transientError('Slow.', { internal: 'ETIMEDOUT' }), size: 100 },
  {
    says: 'an answer that is too large',
    error: transientError('Large.', { internal: 'ETOOBIG' }),
    size: 100,
  },
  { says: 'a failure of the server', error: transientError('Down.', { status: 500 }), size: 100 },
  { says: 'no connection', error: transientError('Gone.', { internal: 'ECONNREFUSED' }), size: undefined },
  { says: 'a refusal of the credentials', error: transientError('No.', { status: 499 }), size: undefined },
  { says: 'an error of this program', error: new Error('bug'), size: undefined },
]
for (const { says, error, size } of reasons)
  test(`a large page that meets ${says} is ${size === undefined ? 'not asked for again' : 'asked for in pages of 100'}`, async () => {
    const { first } = createSizeTrial()
    const found = first(500, async asked => {
      if (asked > 100) throw error
      return asked
    })
    if (size === undefined) await assert.rejects(found, error)
    else assert.deepEqual(await found, { answer: 100, size })
  })

/** What asks: notes the sizes, each with whether it was a trial, and fails with these statuses. */
function asking(refusals: readonly (number | undefined)[] = []) {
  const asked: (readonly [size: number, isTrial: boolean])[] = []
  let [busy, busiest] = [0, 0]
  const ask = async (size: number, isTrial: boolean) => {
    const status = refusals[asked.push([size, isTrial]) - 1]
    busiest = Math.max(busiest, ++busy)
    await nextTurn()
    busy--
    if (status !== undefined) throw transientError('No.', { status })
  }
  return { asked, ask, busiest: () => busiest }
}

for (const { says, refusals, sizes } of [
  { says: 'has come', refusals: [], sizes: [500, 500, 500] },
  { says: 'is refused', refusals: [400], sizes: [500, 100, 100, 100] },
])
  test(`until a large page ${says}, one is asked for at a time, and then all at once`, async () => {
    const { asked, ask, busiest } = asking(refusals)
    const { first } = createSizeTrial()
    const askings = [1, 2, 3].map(() => first(500, ask))
    assert.deepEqual(asked, [[500, true]])
    await Promise.all(askings)
    assert.deepEqual(
      asked.map(([size]) => size),
      sizes,
    )
    assert.ok(busiest() > 1)
  })

for (const { says, rows, status, next } of [
  { says: 'a size that is refused by a route that gave larger pages', rows: 500, status: 400, next: 100 },
  { says: 'a failure of one that gave a hundred and one', rows: 101, status: 500, next: 500 },
  { says: 'a failure of one that gave a hundred', rows: 100, status: 500, next: 100 },
  { says: 'a failure of one that gave none', rows: undefined, status: 500, next: 100 },
])
  test(`after ${says}, ${next} are asked for`, async () => {
    const { first, sawPage } = createSizeTrial()
    if (rows !== undefined) sawPage(rows)
    const { asked, ask } = asking([status])
    await first(500, ask)
    await first(500, ask)
    assert.deepEqual(asked, [
      [500, true],
      [100, false],
      [next, next > 100],
    ])
  })
