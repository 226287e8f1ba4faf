import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open, pair, wednesday } from '../../testing.ts'

const queues = '/api/v2/queues'
const day = 86_400
const end = Math.floor(wednesday / 1000)
const password = { grant_type: 'password', username: 'demo@example.com', password: 'demo-password' }

interface Row {
  readonly faults: string
  readonly says: string
  readonly sees: (api: Bench) => Promise<unknown>
  readonly is: unknown
}

const rows: readonly Row[] = [
  ...[401, 403, 404, 500, 503].map(status => ({
    faults: `status-${status}`,
    says: `every request gets a ${status}`,
    sees: statuses(2),
    is: [status, status],
  })),
  { faults: 'once-500', says: 'the first request gets a 500', sees: statuses(3), is: [500, 200, 200] },
  { faults: 'once-503', says: 'the first request gets a 503', sees: statuses(3), is: [503, 200, 200] },
  { faults: 'burst-503:2', says: 'the first two get a 503', sees: statuses(4), is: [503, 503, 200, 200] },
  {
    faults: 'every-429:3',
    says: 'every third gets a 429',
    sees: statuses(6),
    is: [200, 200, 429, 200, 200, 429],
  },
  { faults: 'every-429:1', says: 'Retry-After is 0', sees: header('retry-after'), is: '0' },
  {
    faults: 'every-429:1,retry-after:7',
    says: 'Retry-After is the given number',
    sees: header('retry-after'),
    is: '7',
  },
  {
    faults: 'every-429:1,retry-after:date',
    says: 'Retry-After is a date two seconds ahead',
    sees: header('retry-after'),
    is: 'Wed, 20 May 2026 14:00:02 GMT',
  },
  { faults: 'every-429:1,retry-after:absent', says: 'no Retry-After', sees: header('retry-after'), is: null },
  {
    faults: 'every-429:1,retry-after:absurd',
    says: 'Retry-After is a year',
    sees: header('retry-after'),
    is: '31536000',
  },
  { faults: 'html:1', says: 'the response is a web page', sees: header('content-type'), is: 'text/html' },
  { faults: 'html:2', says: 'every second gets a 200 all the same', sees: statuses(2), is: [200, 200] },
  { faults: 'empty-204:2', says: 'every second gets a 204', sees: statuses(4), is: [200, 204, 200, 204] },
  {
    faults: 'vanish:2',
    says: 'every second request by id gets a 404',
    sees: byId,
    is: [200, 200, 404, 200],
  },
  {
    faults: 'vanish:1@/api/v2/agents/',
    says: 'only where it was told to',
    sees: byId,
    is: [200, 200, 200, 200],
  },
  {
    faults: 'redirect-away',
    says: 'the response points to another origin',
    sees: header('location', `${queues}?max=3`),
    is: 'https://elsewhere.example.com/api/v2/queues?max=3',
  },
  {
    faults: 'redirect-away:http://127.0.0.1:9',
    says: 'the other origin can be chosen',
    sees: header('location'),
    is: 'http://127.0.0.1:9/api/v2/queues?',
  },
  { faults: 'cap-pages:2', says: 'page three gets a 400', sees: pages('max=1&page='), is: [200, 200, 400] },
  {
    faults: 'max-window-days:2',
    says: 'a window of three days gets a 400, and so does one without an end',
    sees: windows([end - 2 * day, end], [end - 3 * day, end], [end - 3 * day]),
    is: [200, 400, 400],
  },
  {
    faults: 'retention-days:10',
    says: 'a window from eleven days ago gets a 400',
    sees: windows([end - 10 * day], [end - 11 * day, end - 10 * day]),
    is: [200, 400],
  },
  {
    faults: 'strict-params',
    says: 'a known parameter passes',
    sees: statusOf(`${queues}?max=1&page=1`),
    is: 200,
  },
  {
    faults: 'strict-params',
    says: 'an unknown one gets a 400',
    sees: statusOf(`${queues}?pageSize=1`),
    is: 400,
  },
  {
    faults: 'strict-params',
    says: 'the time of a window is known',
    sees: windows([end - day, end]),
    is: [200],
  },
  { faults: 'no-static-pair', says: 'the pair is refused', sees: statuses(1), is: [401] },
  {
    faults: 'token-dies:2',
    says: 'a token works twice, and so does the next',
    sees: tokenUses,
    is: [200, 200, 401, 200],
  },
  {
    faults: 'no-expires-in',
    says: 'a token comes without its lifetime',
    sees: async api => 'expires_in' in (await api.post('/oauth/token', password)).body,
    is: false,
  },
]

for (const { faults, says, sees, is } of rows) {
  test(`${faults}: ${says}`, async () => {
    await using api = await open({ faults })
    assert.deepEqual(await sees(api), is)
  })
}

function statusOf(path: string): Row['sees'] {
  return async api => (await api.get(path)).status
}

function statuses(count: number): Row['sees'] {
  return api => inTurn(api, Array(count).fill(queues))
}

function pages(query: string): Row['sees'] {
  return api =>
    inTurn(
      api,
      [1, 2, 3].map(page => `${queues}?${query}${page}`),
    )
}

function windows(...ends: readonly (readonly [number, number?])[]): Row['sees'] {
  const path = '/api/v2/calls/reporting'
  const request = ([from, to]: readonly [number, number?]) =>
    `${path}?time.start=${from}${to ? `&time.end=${to}` : ''}`
  return api => inTurn(api, ends.map(request))
}

function header(name: string, path = queues): Row['sees'] {
  return async api => (await api.get(path)).headers.get(name)
}

// Two requests for lists, two for one queue.
async function byId(api: Bench): Promise<number[]> {
  const one = `${queues}/${(await api.get('/__world/queues/ids')).body[0]}`
  return inTurn(api, [one, queues, one, queues])
}

async function tokenUses(api: Bench): Promise<number[]> {
  const seen: number[] = []
  for (const uses of [3, 1]) {
    const { access_token } = (await api.post('/oauth/token', password)).body
    for (let use = 0; use < uses; use++)
      seen.push((await api.get(queues, { authorization: `Bearer ${access_token}` })).status)
  }
  return seen
}

async function inTurn(api: Bench, paths: readonly string[]): Promise<number[]> {
  const seen: number[] = []
  for (const path of paths) seen.push((await api.get(path, pair)).status)
  return seen
}
