import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open, pair, walk } from '../../testing.ts'

type Body = ReturnType<typeof JSON.parse>

const demo = '/api/v2/demo'
const window = { from: '2026-05-18T00:00:00Z', to: '2026-05-19T23:59:59.999Z' }

async function search(api: Bench, body: string, type = 'application/json') {
  const headers = { ...pair, 'content-type': type }
  const response = await fetch(`${api.url}${demo}/search`, { method: 'POST', headers, body })
  return { status: response.status, body: JSON.parse(await response.text()) as Body }
}

async function idsByXml(api: Bench): Promise<string[]> {
  const ids: string[] = []
  for (let page = 1; ; page++) {
    const { body } = await api.get(`${demo}/xml/calls?size=40&page=${page}`)
    const found = [...body.matchAll(/<item id="(\w+)"><id>\1<\/id>/g)].map(([, id]) => String(id))
    if (found.length === 0) return ids
    ids.push(...found)
  }
}

async function idsBySearch(api: Bench): Promise<string[]> {
  const ids: string[] = []
  let token: string | null | undefined
  while (token !== null) {
    const { hits, next_token } = (await search(api, JSON.stringify({ size: 40, token }))).body.result
    ids.push(...hits.map((hit: Body) => hit.id))
    token = next_token
  }
  return ids
}

async function idsByTokens(api: Bench): Promise<string[]> {
  const ids: string[] = []
  for (let token: string | null = ''; token !== null; ) {
    const { body } = await api.get(`${demo}/tokens?size=40&token=${encodeURIComponent(token)}`)
    ids.push(...body.items.map((item: Body) => item.id))
    token = body.paging.next
  }
  return ids
}

/** Follows the URLs that `nextIn` finds in each response. */
async function idsByUrl(api: Bench, path: string, nextIn: (reply: Body) => string | undefined) {
  const ids: string[] = []
  for (let url: string | undefined = api.url + path; url !== undefined; ) {
    const reply: Body = await api.get(url.slice(api.url.length))
    ids.push(...reply.body.items.map((item: Body) => item.id))
    url = nextIn(reply)
    assert.ok(url === undefined || url.startsWith(`${api.url}/`), url)
  }
  return ids
}

async function idsOfArray(api: Bench, path: string, arrayIn: (body: Body) => Body[]): Promise<string[]> {
  return arrayIn((await api.get(demo + path)).body).map(item => item.id)
}

const walks: Readonly<Record<string, (api: Bench) => Promise<string[]>>> = {
  demo_xml: idsByXml,
  demo_search: idsBySearch,
  demo_tokens: idsByTokens,
  demo_next_url: api => idsByUrl(api, `${demo}/next-url?size=40`, reply => reply.body.links.next),
  demo_link: api =>
    idsByUrl(
      api,
      `${demo}/link?size=40`,
      reply => /<([^>]*)>; rel="next"/.exec(reply.headers.get('link'))?.[1],
    ),
  demo_nested: api => idsOfArray(api, '/nested', body => body.response.payload.entries),
  demo_bare: api => idsOfArray(api, '/bare', body => body),
  demo_window: api => idsOfArray(api, '/window', body => body.items),
}

for (const world of ['documented', 'seed'] as const) {
  for (const [stream, walkOf] of Object.entries(walks)) {
    test(`walking ${stream} in the ${world} world gives exactly the calls, none twice`, async () => {
      await using api = await open({ world, calls: 130 })
      const ids = (await api.get(`/__world/${stream}/ids`)).body
      assert.deepEqual(await walkOf(api), ids)
      assert.equal(new Set(ids).size, 130)
    })
  }
}

test('the demo paths show the calls of the report', async () => {
  await using api = await open({ calls: 130 })
  const { records } = await walk(api, page => `/api/v2/calls/reporting/simple?max=100&page=${page}`, 'items')
  const expected = records.map(({ id, dateCreated, duration, agentName = null }) => {
    return { id, dateCreated, duration, agentName }
  })
  assert.deepEqual((await api.get(`${demo}/bare`)).body, expected)
})

test('the XML nests the agent, escapes text and says how many there are', async () => {
  await using api = await open()
  const { headers, body } = await api.get(`${demo}/xml/calls?size=500`)
  assert.match(headers.get('content-type') ?? '', /^application\/xml/)
  assert.match(body, /^<\?xml version="1.0".*\n<response><meta><total>1000<\/total>/)
  assert.ok(body.includes('<agent/>') && /<agent><name>[^<]+<\/name><\/agent>/.test(body))
  const past = (await api.get(`${demo}/xml/calls?page=99`)).body
  assert.ok(past.includes('<data></data>'))
})

test('a window keeps the calls between from and to, both included, in a search and as XML too', async () => {
  await using api = await open()
  const every = (await api.get(`${demo}/bare`)).body
  const expected = every.filter(
    ({ dateCreated }: Body) => dateCreated >= '2026-05-18' && dateCreated < '2026-05-20',
  )
  const query = new URLSearchParams(window).toString()
  assert.ok(expected.length > 0 && expected.length < every.length)
  assert.deepEqual((await api.get(`${demo}/window?${query}`)).body.items, expected)
  const found = await search(api, JSON.stringify({ query: window, size: 500 }))
  assert.deepEqual(found.body.result, { hits: expected, total: expected.length, next_token: null })
  const form = await search(api, `${query}&size=500`, 'application/x-www-form-urlencoded')
  assert.deepEqual(form.body, found.body)
  const xml = (await api.get(`${demo}/window?${query}&format=xml`)).body
  assert.ok(xml.includes(`<total>${expected.length}</total>`))
  const { dateCreated } = expected[0]
  const moment = (await api.get(`${demo}/window?from=${dateCreated}&to=${dateCreated}`)).body.items
  assert.deepEqual(moment, [expected[0]])
})

test('a search may page by number', async () => {
  await using api = await open()
  const every = (await api.get(`${demo}/bare`)).body
  const { result } = (await search(api, JSON.stringify({ page: 3, size: 10 }))).body
  assert.deepEqual([result.hits, result.total], [every.slice(20, 30), 1000])
})

test('the nested records are among a longer array of scalars and a shorter one of objects', async () => {
  await using api = await open({ calls: 60 })
  const { payload } = (await api.get(`${demo}/nested`)).body.response
  assert.deepEqual([payload.places.length, payload.entries.length, payload.columns.length], [70, 60, 2])
})

test('what cannot be understood is refused, and so is a request without credentials', async () => {
  await using api = await open()
  const bad = [
    (await search(api, '[1]')).status,
    (await search(api, '{')).status,
    (await search(api, '{"query":{"from":"yesterday"}}')).status,
    (await api.get(`${demo}/tokens?token=mine`)).status,
    (await api.get(`${demo}/window?to=tomorrow`)).status,
  ]
  assert.deepEqual(bad, [400, 400, 400, 400, 400])
  assert.equal((await api.get(`${demo}/search`)).status, 405)
  assert.equal((await api.get(`${demo}/bare`, {})).status, 401)
})

test('faults of lists hold for the demo paths too', async () => {
  await using api = await open({ faults: 'no-id,repeat-page' })
  const ids = async (page: number) =>
    (await api.get(`${demo}/next-url?size=10&page=${page}`)).body.items.map((item: Body) => item.id)
  assert.deepEqual(await ids(2), await ids(1))
  assert.equal((await ids(1))[9], undefined)
})
