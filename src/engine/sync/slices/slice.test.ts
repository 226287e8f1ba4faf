import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../../http/testing.ts'
import type { Json } from '../../../json.ts'
import { UNKNOWN_ROUTE } from '../../evidence/route-facts.ts'
import type { Shortage } from '../../evidence/shortages.ts'
import { pageOf } from '../../lists-testing.ts'
import { NOTHING_READ } from '../../state/progress.ts'
import { byPage } from '../../stream/paginators.ts'
import { type Api, CALLS, DAY, HOUR, listRoute, NOW, read, SECOND, tallyOf, things } from '../../testing.ts'

const paginate = byPage({ page: 'page', size: 'max', largest: 10 })
const def = things({ routes: [listRoute({ paginate })] })
const rowsOf = (count: number): Json[] => Array.from({ length: count }, (_, index) => ({ id: `t${index}` }))
/** A route of which it is known that pages can be full. */
const routes = new Map([['/things', { ...UNKNOWN_ROUTE, fullest: 10 }]])
const full = (api: Api, concurrency = 1, shortages: readonly Shortage[] = []) =>
  read(def, api, {
    mode: 'full_refresh',
    settings: { concurrency },
    progress: { ...NOTHING_READ, routes, shortages },
  })
const pages = (asked: readonly { readonly query?: Readonly<Record<string, unknown>> }[]) =>
  asked.map(({ query }) => query?.['page'])

test('a slice that is whole is read once', async () => {
  const { ids, asked, lines } = await full(request => pageOf(rowsOf(25), request))
  assert.equal(ids.length, 25)
  assert.deepEqual(pages(asked), [1, 2, 3])
  assert.deepEqual(lines, [])
})

for (const leavesOut of [[], ['total'], ['pages']] as const) {
  test(`a list that shrinks by a row between two pages loses nothing${leavesOut.map(left => `, without its ${left}`)}`, async () => {
    let rows = rowsOf(31)
    const { ids, asked } = await full((request, index) => {
      if (index === 2) rows = rows.slice(1)
      return pageOf(rows, request, { leavesOut })
    })
    assert.deepEqual(
      ids,
      rowsOf(31)
        .map((_, index) => `t${index}`)
        .sort(),
    )
    assert.deepEqual(pages(asked), leavesOut[0] === 'pages' ? [1, 2, 3, 4, 3, 2, 1] : pages(asked))
  })
}

test('a list that grows at its front meanwhile gives rows twice, which go on once', async () => {
  let rows = rowsOf(30)
  const { ids, tally, error } = await full((request, index) => {
    if (index === 1) rows = [{ id: 'new' }, ...rows]
    return pageOf(rows, request)
  })
  assert.equal(error, undefined)
  assert.deepEqual(ids.filter(id => id !== 'new').length, 30)
  assert.ok(tally.duplicate > 0)
})

test('a slice that came short is read once more, from its end', async () => {
  const hidden = (request: Parameters<Api>[0], index: number) => {
    const rows = index < 3 ? rowsOf(25).slice(0, 24) : rowsOf(25)
    const { items } = JSON.parse(pageOf(rows, request).bytes.toString())
    return reply(200, { items, pagination: { total: 25, pages: 3, max: 10 } })
  }
  const { ids, asked, lines, tally } = await full(hidden)
  assert.equal(ids.length, 25)
  assert.deepEqual(pages(asked), [1, 2, 3, 4, 3, 2, 1])
  assert.deepEqual(lines, [])
  assert.deepEqual(tally, tallyOf({}))
})

const few = () => reply(200, { items: rowsOf(5), pagination: { total: 7, pages: 1 } })

test('a list that stays short of its own count is not whole, and the slice is not read a third time', async () => {
  const { ids, asked, error, last } = await full(few)
  assert.equal(ids.length, 5)
  assert.deepEqual(pages(asked), [1, 2, 1])
  assert.deepEqual([error?.failure, last?.finished], ['transient_error', false])
  assert.match(String(error), /the API counts 7 records and gave 5 in two readings of it/)
  const [short] = last?.shortages ?? []
  assert.deepEqual([short?.came, short?.claimed, short?.sinceMs], [5, 7, NOW])
})

const others = () => reply(200, { items: [...rowsOf(4), { id: 'new' }], pagination: { total: 7 } })
const grown = (total: number) => () => reply(200, { items: rowsOf(7), pagination: { total, pages: 1 } })
const brokenOff = (request: Parameters<Api>[0]) =>
  pageOf(Number(request.query?.['page']) === 1 ? rowsOf(10) : [], request, { claims: { total: 12 } })
const WARNED =
  /^WARN things: the API counts (7 records in one part, and gave the same 5 in|9 records in one part, and gave 7, as many too few as at least an hour ago)/
const found = [
  { says: 'unchanged an hour later', agoMs: HOUR, first: few, second: few, whole: true },
  { says: 'unchanged, but sooner', agoMs: HOUR - 1, first: few, second: few, whole: false },
  {
    says: 'an hour later, with another record in place of one',
    agoMs: HOUR,
    first: few,
    second: others,
    whole: false,
  },
  {
    says: 'an hour later, grown and short by as many',
    agoMs: HOUR,
    first: few,
    second: grown(9),
    whole: true,
  },
  { says: 'sooner, grown and short by as many', agoMs: HOUR - 1, first: few, second: grown(9), whole: false },
  {
    says: 'an hour later, grown and short by more',
    agoMs: HOUR,
    first: few,
    second: grown(10),
    whole: false,
  },
  { says: 'an hour later, grown and short by less', agoMs: HOUR, first: few, second: grown(8), whole: false },
  {
    says: 'an hour later, with fewer records and short by as many',
    agoMs: HOUR,
    first: grown(9),
    second: few,
    whole: false,
  },
  {
    says: 'unchanged an hour later, after a full page',
    agoMs: HOUR,
    first: brokenOff,
    second: brokenOff,
    whole: false,
  },
]
for (const { says, agoMs, first, second, whole } of found) {
  test(`a list that is found short ${says} is ${whole ? 'taken for all there is, with a warning' : 'not whole'}`, async () => {
    const known = ((await full(first)).last?.shortages ?? []).map(one => ({ ...one, sinceMs: NOW - agoMs }))
    assert.equal(known.length, 1)
    const { error, lines, last } = await full(second, 1, known)
    assert.deepEqual([error === undefined, last?.finished], [whole, whole])
    assert.equal(
      lines.some(line => WARNED.test(line)),
      whole,
    )
  })
}

const keyless = () =>
  reply(200, { items: [...rowsOf(5), { name: 'a' }, { id: null }], pagination: { total: 7 } })
for (const { says, agoMs, whole } of [
  { says: 'at once', agoMs: undefined, whole: false },
  { says: 'again sooner than an hour later', agoMs: HOUR - 1, whole: false },
  { says: 'again an hour later', agoMs: HOUR, whole: true },
])
  test(`records that are found without a key ${says} ${whole ? 'are left out with a warning' : 'leave their part open'}`, async () => {
    const before = (await full(keyless)).last?.shortages ?? []
    const known = before.flatMap(one => (agoMs === undefined ? [] : [{ ...one, sinceMs: NOW - agoMs }]))
    const { error, ids, lines } = await full(keyless, 1, known)
    assert.equal(ids.length, 5)
    assert.equal(error === undefined, whole)
    if (!whole) assert.match(String(error), /2 records of one part came without a key that can be used/)
    assert.equal(
      lines.some(line => /^WARN .*They are left out for good/.test(line)),
      whole,
    )
  })

test('once a count was wrong for good, so much more than there is is claimed in vain', async () => {
  const known = new Map([['/things', { ...UNKNOWN_ROUTE, fullest: 10, surplus: 2 }]])
  const again = (claims: number) =>
    read(def, () => reply(200, { items: rowsOf(5), pagination: { total: claims } }), {
      mode: 'full_refresh',
      progress: { ...NOTHING_READ, routes: known },
    })
  assert.equal((await again(7)).error, undefined)
  assert.equal((await again(8)).error?.failure, 'transient_error')
})

test('what is left out is counted once, however often the slice is read', async () => {
  const items = [...rowsOf(2), { id: 't0' }, { name: 'keyless' }, 'no object']
  const { asked, tally } = await full(() => reply(200, { items, pagination: { total: 9, pages: 1 } }))
  assert.deepEqual(pages(asked), [1, 2, 1])
  assert.deepEqual(tally, tallyOf({ duplicate: 1, unusable: 2 }))
})

test('a list that grew is read again without being counted again', async () => {
  let rows = [...rowsOf(40), { name: 'keyless' }]
  const { asked, tally, ids } = await full((request, index) => {
    if (index === 3) rows = [{ id: 'new' }, ...rows]
    return pageOf(rows, request)
  }, 2)
  assert.ok(asked.length > 6)
  assert.deepEqual([ids.length, tally.unusable], [41, 1])
})

const grows = (count: number, concurrency: number, leavesOut: readonly 'total'[] = []) => {
  let rows = rowsOf(count)
  return full((request, index) => {
    if (index === 1) rows = [{ id: 'new' }, ...rows]
    return pageOf(rows, request, { leavesOut })
  }, concurrency)
}

test('a list that grew while its pages were read side by side is read again in order', async () => {
  const { asked, ids } = await grows(35, 2)
  assert.deepEqual(pages(asked), [1, 2, 3, 4, 1, 2, 3, 4])
  assert.equal(ids.length, 36)
})

test('it is read no further than twice its pages, however much comes meanwhile', async () => {
  let rows = rowsOf(35)
  const { asked } = await full((request, index) => {
    if (index === 1) rows = [{ id: 'new' }, ...rows]
    if (index > 3) rows = [...rowsOf(10).map((_, more) => ({ id: `${index} ${more}` })), ...rows]
    return pageOf(rows, request)
  }, 2)
  assert.deepEqual(pages(asked), [1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8])
})

for (const [says, count, concurrency, out] of [
  ['one page after another', 35, 1, [1, 2, 3, 4, 4, 3, 2, 1]],
  ['in two pages, of which none is passed over', 15, 2, [1, 2, 2, 1]],
] as const)
  test(`one that grew while it was read ${says}, is only read from its end`, async () => {
    assert.deepEqual(pages((await grows(count, concurrency)).asked), out)
  })

test('a list that never comes to rest is read twenty times', async () => {
  const { asked, error } = await full((request, index) =>
    request.query?.['page'] === 1
      ? reply(200, { items: [{ id: `t${index}` }], pagination: { total: 1000, pages: 1 } })
      : pageOf([], request, { leavesOut: ['total', 'pages'] }),
  )
  assert.equal(pages(asked).filter(page => page === 1).length, 20)
  assert.equal(error?.failure, 'transient_error')
})

test('a second whose pages come in any order is read until three readings bring nothing new', async () => {
  const at = NOW - 50 * DAY
  const calls = rowsOf(25).map(row => ({ ...(row as object), dateCreated: new Date(at).toISOString() }))
  const { ids } = await read(
    CALLS,
    (request, index) =>
      pageOf(index < 6 ? [...calls.slice(0, 24), ...calls.slice(0, 1)] : calls, request, {
        leavesOut: ['total', 'pages'],
      }),
    { settings: { startMs: at - SECOND, endMs: at, pageSize: 10, concurrency: 1 } },
  )
  assert.equal(ids.length, 25)
})

// Bug: one reading that brought nothing new was enough, by chance, where each one gave the rows in another order.
test('a list that a further reading shows to come in any order is read until three readings bring nothing new', async () => {
  const rows = rowsOf(30)
  // Each reading gives some rows twice in place of others: two at first, then one for two readings.
  const lackingAt = (index: number) => (index < 4 ? 2 : index < 10 ? 1 : 0)
  const { ids } = await full((request, index) => {
    const lacking = lackingAt(index)
    const shown = [...rows.slice(0, rows.length - lacking), ...rows.slice(0, lacking)]
    return pageOf(shown, request, { leavesOut: ['total', 'pages'] })
  })
  assert.equal(ids.length, 30)
})

test('rows that are left out count: the API counts them too', async () => {
  const { asked, lines } = await full(() =>
    reply(200, { items: [{ id: 'a' }, { name: 'keyless' }], pagination: { total: 2, pages: 1 } }),
  )
  assert.deepEqual({ requests: asked.length, lines }, { requests: 1, lines: [] })
})

test('where the API counts nothing, nothing is compared', async () => {
  const { asked, lines } = await full(request =>
    pageOf(rowsOf(5), request, { leavesOut: ['total', 'pages'] }),
  )
  assert.deepEqual({ requests: asked.length, lines }, { requests: 1, lines: [] })
})

test('an answer without content is counted', async () => {
  const { tally } = await full(() => reply(204, ''))
  assert.deepEqual(tally, tallyOf({ blank: 1 }))
})
