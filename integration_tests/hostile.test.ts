import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import {
  bearer,
  check,
  drip,
  json,
  listOf,
  peakOf,
  pour,
  pourRaw,
  startHostile,
  verdictOf,
  WATCHED,
} from './harness/hostile.ts'
import { catalogOf, errorsOf, read, recordsOf } from './harness/sync.ts'

const MOST_MIB = 300
const MIB = 1024 * 1024
const BOMB = gzipSync(Buffer.alloc(64 * MIB, ' '))

const TOO_LARGE = /^system_error: Babelforce's answer to GET \S+ is too large: .* larger than \d+ bytes\.$/
const TOO_SLOW =
  /^transient_error: No answer from Babelforce to GET \/api\/v2\/agents \(ETIMEDOUT: no whole answer within 0\.7 s\)/

interface Attack {
  readonly says: string
  readonly answer: (response: ServerResponse) => void
  readonly verdict: RegExp
  /** How often the program asks before it gives up. */
  readonly requests: number
}

const ATTACKS: readonly Attack[] = [
  {
    says: 'a body of a gigabyte is broken off',
    answer: response => pour(response, Buffer.alloc(MIB, ' '), 1024 * MIB),
    verdict: TOO_LARGE,
    requests: 1,
  },
  {
    says: 'an error with a body of a gigabyte is broken off',
    answer: response => pour(response.writeHead(403), Buffer.alloc(MIB, 'x'), 1024 * MIB),
    verdict: TOO_LARGE,
    requests: 1,
  },
  {
    says: 'a megabyte that unpacks to a gigabyte is broken off',
    answer: response => pour(response.writeHead(200, GZIPPED), BOMB, 16 * BOMB.length),
    verdict: TOO_LARGE,
    requests: 1,
  },
  {
    says: 'headers without end are refused',
    answer: response => pourRaw(response, 'HTTP/1.1 200 OK\r\n', 'X-More: and more\r\n'),
    verdict: /^transient_error: No answer from .*\(HPE_HEADER_OVERFLOW: Parse Error: Header overflow\)/,
    requests: 3,
  },
  {
    says: 'a body that drips is given up when its time is over',
    answer: response => drip(response, 'HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n'),
    verdict: TOO_SLOW,
    requests: 3,
  },
  {
    says: 'headers that drip are given up when their time is over',
    answer: response => drip(response, 'HTTP/1.1 200 OK\r\nX-Slow: '),
    verdict: TOO_SLOW,
    requests: 3,
  },
  {
    says: '"still at work" without end is given up when the time is over',
    answer: response => pourRaw(response, '', 'HTTP/1.1 102 Processing\r\n\r\n'),
    verdict: TOO_SLOW,
    requests: 3,
  },
  {
    says: 'no answer at all is given up when its time is over',
    answer: () => undefined,
    verdict: TOO_SLOW,
    requests: 3,
  },
]

const GZIPPED = { 'content-encoding': 'gzip' }

describe('a check ends with a clear error, in time and in little memory', { concurrency: 2 }, () => {
  for (const { says, answer, verdict, requests } of ATTACKS) {
    test(says, { timeout: 15_000 }, async () => {
      await using server = await startHostile((_, response) => answer(response))
      const env = verdict === TOO_SLOW ? { SOURCE_BABELFORCE_REQUEST_TIMEOUT_MS: '700' } : {}
      const ended = await check(bearer(server.url), env)
      assert.match(verdictOf(ended), verdict)
      assert.equal(server.asked.length, requests)
      assert.ok(peakOf(ended) < MOST_MIB, `${peakOf(ended)} MiB`)
    })
  }
})

const MANY = ['agents', 'queues', 'users', 'tags', 'settings', 'integrations', 'triggers', 'outbound_lists']

test('of eight bodies of a gigabyte side by side one at a time comes in whole', async () => {
  const piece = Buffer.alloc(MIB, ' ')
  await using server = await startHostile((_, response) => pour(response, piece, 1024 * MIB))
  const ended = await read({ config: bearer(server.url), catalog: catalogOf(MANY), env: WATCHED })
  assert.ok(errorsOf(ended).every(({ message }) => TOO_LARGE.test(`system_error: ${message}`)))
  assert.deepEqual([errorsOf(ended).length, ended.code], [MANY.length, 1])
  assert.ok(peakOf(ended) < MOST_MIB + 50, `${peakOf(ended)} MiB`)
})

/** Reads the agents of a server that answers with this text, in little memory. */
async function readAgents(text: string) {
  await using server = await startHostile((_, response) => json(response, text))
  const ended = await read({ config: bearer(server.url), catalog: catalogOf(['agents']), env: WATCHED })
  assert.ok(peakOf(ended) < MOST_MIB, `${peakOf(ended)} MiB`)
  return ended
}

test('a record of ten megabytes is read', async () => {
  const record = { id: '1', name: 'x'.repeat(10e6), odd: 1 }
  const ended = await readAgents(JSON.stringify(listOf([record])))
  assert.deepEqual(recordsOf(ended, 'agents'), [
    { id: '1', name: record.name, additional_fields: { odd: 1 } },
  ])
})

test('a record that is nested a hundred thousand levels deep is a system_error of its stream', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  const ended = await readAgents(`{"items":[{"id":"1","deep":${deep}}],"pagination":{"current":1,"pages":1}}`)
  assert.deepEqual(
    errorsOf(ended).map(error => [error.failure_type, error.stream_descriptor.name]),
    [['system_error', 'agents']],
  )
  assert.match(errorsOf(ended)[0].message, /nested thousands of levels deep/)
})

test('fields called __proto__ and constructor are fields like any other, and change nothing', async () => {
  const tricks = '"__proto__":{"id":"9","polluted":1},"constructor":{"prototype":{"polluted":1}}'
  const ended = await readAgents(
    `{${tricks},"items":[{"id":"1",${tricks}},{"id":"2"}],"pagination":{"pages":1}}`,
  )
  const lines = ended.stdout.split('\n').filter(line => line.includes('"RECORD"'))
  assert.deepEqual(
    lines.map(line => line.slice(line.indexOf('"data":'))),
    [`"data":{"id":"1","additional_fields":{${tricks}}}}}`, '"data":{"id":"2"}}}'],
  )
})

test('an id stands in a path as what it is, whatever it holds', async () => {
  const ids = ['../../oauth/token', 'a?b=c#d', 'x\r\nX-Evil: 1', '100%', '%2e%2e', 'ü 😀', '\\..\\']
  await using server = await startHostile(({ url }, response) =>
    json(
      response,
      url.startsWith('/api/v2/agents?') ? listOf(ids.map(id => ({ id }))) : { item: { id: url } },
    ),
  )
  const ended = await read({ config: bearer(server.url), catalog: catalogOf(['agent_details']) })
  const paths = server.asked.map(({ url }) => url).filter(url => !url.startsWith('/api/v2/agents?'))
  assert.deepEqual(paths.sort(), ids.map(id => `/api/v2/agents/${encodeURIComponent(id)}`).sort())
  assert.ok(server.asked.every(({ headers }) => headers['x-evil'] === undefined))
  assert.equal(ended.code, 0)
})

for (const id of ['.', '..']) {
  test(`an id that is "${id}" would be a step to another path, and is never asked for`, async () => {
    await using server = await startHostile((_, response) => json(response, listOf([{ id }])))
    const ended = await read({ config: bearer(server.url), catalog: catalogOf(['agent_status']) })
    assert.deepEqual([...new Set(server.asked.map(({ url }) => url.split('?')[0]))], ['/api/v2/agents'])
    assert.match(errorsOf(ended)[0].message, /1 record of one part came without a key that can be used/)
  })
}

test('cookies are not kept and not sent back', async () => {
  const cookies = [
    'a=1; Path=/',
    'b=2; Domain=127.0.0.1',
    'c=3; Domain=example.com',
    '__Host-d=4; Secure; Path=/',
  ]
  await using server = await startHostile(({ url }, response, index) => {
    response.setHeader('set-cookie', cookies)
    if (index === 0) response.writeHead(307, { location: url }).end()
    else json(response, listOf([]))
  })
  assert.match(verdictOf(await check(bearer(server.url))), /^SUCCEEDED/)
  assert.ok(server.asked.length > 2)
  assert.ok(server.asked.every(({ headers }) => headers.cookie === undefined))
})
