import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOTHING_READ } from '../engine/state/progress.ts'
import { NOW, read, SETTINGS } from '../engine/testing.ts'
import { reply } from '../http/testing.ts'
import type { Reply, Request } from '../http/types.ts'
import type { CustomStreamConfig } from './config.ts'
import { compileCustomStreams } from './custom-streams.ts'

const RECORDS = Array.from({ length: 35 }, (_, index) => ({ id: index + 1 }))
const ORIGIN = 'https://services.babelforce.com'

type Paging = NonNullable<CustomStreamConfig['pagination']>

/** The names and values of a request, wherever they are. */
function asked({ path, query = {} }: Request): Record<string, string> {
  const written = Object.fromEntries(new URL(path, ORIGIN).searchParams)
  return {
    ...written,
    ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
  }
}

const pageAt = (from: number, size: number) => RECORDS.slice(from, from + size)

async function readBy(
  pagination: Paging,
  api: (request: Request) => Reply,
  more: Partial<CustomStreamConfig> = {},
) {
  const custom = { name: 'mine', url: '/x', data_path: '$.items', pagination, primary_key: ['id'], ...more }
  const { streams, problems } = await compileCustomStreams(
    { custom_streams: [custom] },
    {
      origin: ORIGIN,
      settings: { ...SETTINGS, nowMs: NOW },
      builtIn: new Set(),
      parents: new Set(),
      fieldsOf: () => undefined,
    },
  )
  assert.deepEqual([...problems], [])
  const [stream] = streams
  assert.ok(stream !== undefined)
  return read(stream.def, api, { progress: { ...NOTHING_READ, routes: new Map() } })
}

/** What an answer counts, rightly or not. */
const COUNTS = {
  'no counts': () => ({}),
  'a right total': () => ({ total: 35 }),
  'the rows of the page as total': (rows: number) => ({ total: rows }),
  'a total of 0': () => ({ total: 0 }),
  'a limit, a max and pages of another meaning': () => ({
    limit: 500,
    max: 100,
    pages: 1,
    page_count: 1,
    count: 3,
  }),
} as const

/** How an API ends a numbered list, and the size by which its pages are full up to there. */
const ENDS = {
  'a short page': { size: 10, end: () => reply(200, { items: [] }) },
  'an empty page': { size: 7, end: () => reply(200, { items: [] }) },
  'an empty page without its list': { size: 7, end: () => reply(200, {}) },
  'the last page again': { size: 7, end: () => reply(200, { items: pageAt(28, 7) }) },
  'a 400': { size: 7, end: () => reply(400, { message: 'page' }) },
  'a 404': { size: 7, end: () => reply(404, { detail: 'Invalid page.' }) },
  'a 416': { size: 7, end: () => reply(416, {}) },
  'a 422': { size: 7, end: () => reply(422, {}) },
} as const

for (const type of ['page', 'offset'] as const)
  for (const [counts, count] of Object.entries(COUNTS))
    for (const [says, { size, end }] of Object.entries(ENDS)) {
      test(`35 records by ${type}, with ${counts}, end with ${says}`, async () => {
        const found = await readBy({ type, size }, request => {
          const { page = '1', offset = '0' } = asked(request)
          const from = type === 'page' ? (Number(page) - 1) * size : Number(offset)
          const items = pageAt(from, size)
          return items.length === 0 ? end() : reply(200, { items, ...count(items.length) })
        })
        assert.equal(found.error, undefined)
        assert.equal(new Set(found.ids).size, 35)
        assert.equal(found.records.length, 35)
        const needed = Math.ceil(35 / size)
        assert.ok(found.asked.length <= needed + 2, `${found.asked.length} requests`)
      })
    }

test('a server that cuts pages to a size of its own is followed, with the size parameter or without', async () => {
  for (const size_parameter of ['max', 'none']) {
    const found = await readBy({ type: 'page', size: 100, size_parameter }, request =>
      reply(200, { items: pageAt((Number(asked(request)['page']) - 1) * 10, 10) }),
    )
    assert.deepEqual([found.error, found.records.length, found.asked.length], [undefined, 35, 4])
    assert.equal('max' in asked(found.asked[0]!), size_parameter === 'max')
  }
})

test('the total that the config names is compared with what came', async () => {
  const api = (total: number) => (request: Request) =>
    reply(200, { items: pageAt((Number(asked(request)['page']) - 1) * 10, 10), meta: { total } })
  const more = { total_path: '$.meta.total' }
  const right = await readBy({ type: 'page', size: 10 }, api(35), more)
  assert.deepEqual([right.error, right.records.length], [undefined, 35])
  const short = await readBy({ type: 'page', size: 10 }, api(40), more)
  assert.match(short.error?.message ?? '', /counts 40 records and gave 35/)
  const unnamed = await readBy({ type: 'page', size: 10 }, api(40))
  assert.equal(unnamed.error, undefined)
})

/** What stands in the place of the token on the last page. */
const LAST_TOKENS = [undefined, null, false, '', 0, [], {}]

for (const last of LAST_TOKENS)
  for (const [counts, count] of Object.entries(COUNTS)) {
    test(`35 records by token, with ${counts}, end where the token is ${JSON.stringify(last)}`, async () => {
      const pagination = { type: 'next_token', token_path: '$.next', token_parameter: 'after' } as const
      const found = await readBy(pagination, request => {
        const from = Number(asked(request)['after'] ?? 0)
        const items = pageAt(from, 10)
        return reply(200, { items, next: from + 10 < 35 ? from + 10 : last, ...count(items.length) })
      })
      assert.deepEqual([found.error, found.records.length, found.asked.length], [undefined, 35, 4])
    })
  }

for (const [type, next] of [
  [
    'next_url',
    (from: number) =>
      reply(200, { items: pageAt(from, 10), next: from < 30 ? `/x?from=${from + 10}` : null }),
  ],
  [
    'next_url',
    (from: number) => reply(200, { items: pageAt(from, 10), next: from < 30 ? `?from=${from + 10}` : '' }),
  ],
  [
    'link_header',
    (from: number) => ({
      ...reply(200, { items: pageAt(from, 10) }),
      headers: from < 30 ? { link: `<${ORIGIN}/x?from=${from + 10}>; rel="next"` } : {},
    }),
  ],
] as const) {
  test(`35 records by ${type}: ${next(0).headers['link'] ?? next(0).bytes.toString().slice(-16)}`, async () => {
    const pagination: Paging = type === 'next_url' ? { type, url_path: '$.next' } : { type }
    const found = await readBy(pagination, request => next(Number(asked(request)['from'] ?? 0)))
    assert.deepEqual([found.error, found.records.length, found.asked.length], [undefined, 35, 4])
  })
}

const TOKENS = { type: 'next_token', token_path: '$.next', token_parameter: 'after' } as const

test('two empty pages with new tokens are followed, and a third is the end, which is logged', async () => {
  const pages = [[{ id: 1 }], [], [], [{ id: 2 }], [], [], [], [{ id: 3 }]]
  const found = await readBy(TOKENS, request => {
    const at = Number(asked(request)['after'] ?? 0)
    return reply(200, { items: pages[at], next: at + 1 })
  })
  assert.deepEqual([found.ids, found.asked.length], [['1', '2'], 7])
  assert.match(found.lines.join('\n'), /INFO mine: page after page without records is taken for the end/)
})

test('equal pages of records without a key are records, where each page names the next', async () => {
  const found = await readBy(
    TOKENS,
    request => {
      const at = Number(asked(request)['after'] ?? 0)
      return reply(200, { items: [{ a: 1 }], next: at < 3 ? at + 1 : null })
    },
    { primary_key: [] },
  )
  assert.deepEqual([found.error, found.records.length], [undefined, 4])
})

const nowhere = { items: RECORDS.slice(0, 10).map(one => ({ ...one, asked: 0 })) }
let asks = 0
/** The same ten records for every request, told apart by a field that changes with each, and in turns backwards. */
const deaf = (more: object = {}) => {
  const items = nowhere.items.map(one => ({ ...one, asked: ++asks }))
  return reply(200, { items: asks % 20 === 0 ? items.toReversed() : items, ...more })
}

for (const pagination of [
  { type: 'page', page_parameter: 'pge', size: 10 },
  { type: 'offset', offset_parameter: 'ofset', size: 10 },
  TOKENS,
  { type: 'next_url', url_path: '$.url' },
] as const) {
  test(`an API that does not know how pages are asked for by ${pagination.type} gives records that change, and a mistake`, async () => {
    const found = await readBy(pagination, () => deaf({ next: `t${asks}`, url: `/x?again=${asks}` }))
    assert.equal(found.error?.failure, 'config_error')
    assert.match(found.error?.message ?? '', /received page 1 again as page 2: does the API know /)
    assert.equal(found.asked.length, 2)
  })
}

test('pages that come again under new tokens, after different ones, are a mistake too', async () => {
  let at = 0
  const found = await readBy(TOKENS, () =>
    reply(200, { items: [{ id: at++ % 2, asked: at }], next: `t${at}` }),
  )
  assert.match(found.error?.message ?? '', /is led back to a page that came before \(t2\)/)
})

test('tokens that go round in circles are a mistake', async () => {
  const found = await readBy(TOKENS, request => {
    const { after = 'a' } = asked(request)
    return reply(200, { items: [{ id: after }], next: after === 'b' ? 'a' : 'b' })
  })
  assert.equal(found.error?.failure, 'config_error')
  assert.match(found.error?.message ?? '', /is led back to a page that came before/)
})

test('a single full page whose Link header names other pages is the last', async () => {
  const api = (link?: string) => () => {
    const response = reply(200, { items: pageAt(0, 10) })
    return link === undefined ? response : { ...response, headers: { link } }
  }
  const last = await readBy({ type: 'link_header' }, api(`<${ORIGIN}/x?page=1>; rel="first"`))
  assert.deepEqual([last.error, last.records.length], [undefined, 10])
  const none = await readBy({ type: 'link_header' }, api())
  assert.match(none.error?.message ?? '', /no response has a Link header/)
})

test('a single full page with an empty object where the next would be named is the last', async () => {
  const pagination = { type: 'next_url', url_path: '$.links.next' } as const
  const by = (links: object) => readBy(pagination, () => reply(200, { items: pageAt(0, 10), links }))
  const last = await by({})
  assert.deepEqual([last.error, last.records.length], [undefined, 10])
  assert.match(
    (await by({ nxt: '/x?a' })).error?.message ?? '',
    /no response has anything at \$\.links\.next/,
  )
})

test('a page that was named and comes as something else is asked for again, and is never the end', async () => {
  let tries = 0
  const api = (broken: number) => (request: Request) => {
    const from = Number(asked(request)['after'] ?? 0)
    if (from === 20 && tries++ < broken) return reply(200, { busy: true })
    return reply(200, { items: pageAt(from, 10), next: from < 30 ? from + 10 : null })
  }
  const once = await readBy(TOKENS, api(1))
  assert.deepEqual([once.error, once.records.length, once.asked.length], [undefined, 35, 5])
  tries = 0
  const always = await readBy(TOKENS, api(1000))
  assert.match(always.error?.message ?? '', /it holds no list, though a page was to come/)
})

test('exactly as many records as pages and lists are cut at are warned of without paging, and one more is not', async () => {
  for (const [count, warned] of [
    [50, true],
    [51, false],
    [100, true],
    [1000, true],
    [1001, false],
  ] as const) {
    const items = Array.from({ length: count }, (_, id) => ({ id }))
    const found = await readBy({ type: 'none' }, () => reply(200, { items }))
    assert.equal(
      found.lines.some(line => line.startsWith(`WARN mine: the API gave exactly ${count} records`)),
      warned,
    )
  }
})
