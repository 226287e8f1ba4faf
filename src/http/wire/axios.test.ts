import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type Asked, type Step, serve } from '../testing.ts'
import type { Query, Request } from '../types.ts'
import { createAxiosSend, pathWithQuery } from './axios.ts'

const GET: Request = { method: 'GET', path: '/api/v2/agents' }

/** A server that answers so, and a send to it. */
async function open(answer: (asked: Asked) => Step) {
  const api = await serve(answer)
  const send = createAxiosSend({
    origin: api.origin,
    userAgent: 'source-babelforce/test',
    concurrency: 2,
    timeoutMs: 5_000,
    maxBytes: 100_000,
    signal: new AbortController().signal,
  })
  return { send, asked: api.asked, origin: api.origin, [Symbol.asyncDispose]: api[Symbol.asyncDispose] }
}

const queries: { says: string; in: Query; out: string }[] = [
  { says: 'no parameter leaves the path as it is', in: {}, out: '/a' },
  { says: 'a list repeats its key', in: { id: ['x', 'y'], n: 1 }, out: '/a?id=x&id=y&n=1' },
  { says: 'an empty list and undefined are left out', in: { id: [], gone: undefined }, out: '/a' },
  { says: 'zero, false and empty text are sent', in: { n: 0, f: false, t: '' }, out: '/a?n=0&f=false&t=' },
  {
    says: 'what means something in a URL is encoded',
    in: { 'a[]': 'x&y=z +/ä#' },
    out: '/a?a%5B%5D=x%26y%3Dz+%2B%2F%C3%A4%23',
  },
]

for (const row of queries) {
  test(`in a query ${row.says}`, async () => {
    await using api = await open(() => ({}))
    assert.equal(pathWithQuery({ path: '/a', query: row.in }), row.out)
    await api.send({ method: 'GET', path: '/a', query: row.in })
    assert.equal(api.asked[0]?.url, row.out)
  })
}

test('a path that has a query already keeps it', () => {
  assert.equal(pathWithQuery({ path: '/a?x=1', query: { y: 2 } }), '/a?x=1&y=2')
  assert.equal(pathWithQuery({ path: '/a?x=1' }), '/a?x=1')
})

test('a request carries its own headers, and says who sends it and what it wants', async () => {
  await using api = await open(() => ({}))
  await api.send({ ...GET, headers: { Authorization: 'Bearer geheim' } })
  const { method, headers, body } = api.asked[0] ?? assert.fail()
  assert.deepEqual([method, body], ['GET', ''])
  assert.equal(headers.authorization, 'Bearer geheim')
  assert.equal(headers.accept, 'application/json')
  assert.equal(headers['user-agent'], 'source-babelforce/test')
})

for (const isAbroad of [true, false]) {
  test(`a name of this machine is ${isAbroad ? 'not ' : ''}asked ${isAbroad ? 'where only public hosts may be' : 'otherwise'}`, async () => {
    await using api = await open(() => ({}))
    const send = createAxiosSend({
      origin: api.origin.replace('127.0.0.1', 'localhost'),
      userAgent: 'test',
      concurrency: 2,
      timeoutMs: 5_000,
      maxBytes: 100_000,
      isAbroad,
      signal: new AbortController().signal,
    })
    const end = await send(GET).then(
      ({ status }) => status,
      error => error.code,
    )
    assert.deepEqual([end, api.asked.length], isAbroad ? ['EPRIVATE', 0] : [200, 1])
  })
}

test('a request that is over listens for no stop any more', async () => {
  await using api = await serve(() => ({}))
  const stopping = new AbortController()
  const wire = {
    userAgent: 'test',
    concurrency: 2,
    timeoutMs: 5_000,
    maxBytes: 1_000,
    signal: stopping.signal,
  }
  const send = createAxiosSend({ origin: api.origin, ...wire })
  for (let count = 0; count < 3; count++) await send(GET)
  assert.equal(getEventListeners(stopping.signal, 'abort').length, 0)
})

test('a body is sent as it is', async () => {
  await using api = await open(() => ({}))
  await api.send({
    method: 'POST',
    path: '/p',
    headers: { 'Content-Type': 'text/plain' },
    body: '{"a": "ä"}',
  })
  const { method, headers, body } = api.asked[0] ?? assert.fail()
  assert.deepEqual([method, headers['content-type'], body], ['POST', 'text/plain', '{"a": "ä"}'])
})

test('an answer is returned as it is, whatever its status', async () => {
  await using api = await open(() => ({ status: 418, headers: { 'X-Rate': '7' }, body: '{"a": 1.0}' }))
  const { status, headers, bytes } = await api.send(GET)
  assert.deepEqual([status, headers['x-rate'], bytes.toString()], [418, '7', '{"a": 1.0}'])
})

test('an answer without a body is empty bytes', async () => {
  await using api = await open(() => ({ status: 204 }))
  assert.deepEqual((await api.send(GET)).bytes, Buffer.alloc(0))
})

test('a header that comes twice is one text', async () => {
  await using api = await open(() => response => {
    response.writeHead(200, { 'Set-Cookie': ['a', 'b'] }).end()
  })
  assert.equal((await api.send(GET)).headers['set-cookie'], 'a, b')
})

test('a compressed answer is unpacked', async () => {
  await using api = await open(() => ({
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync('{"a": 1}'),
  }))
  assert.equal((await api.send(GET)).bytes.toString(), '{"a": 1}')
  assert.match(String(api.asked[0]?.headers['accept-encoding']), /\bgzip\b/)
})

test('a redirect is an answer, and not followed', async () => {
  await using elsewhere = await open(() => ({}))
  await using api = await open(() => ({ status: 307, headers: { location: `${elsewhere.origin}/stolen` } }))
  const { status, headers } = await api.send({ ...GET, headers: { Authorization: 'Bearer geheim' } })
  assert.deepEqual([status, headers['location']], [307, `${elsewhere.origin}/stolen`])
  assert.deepEqual([api.asked.length, elsewhere.asked.length], [1, 0])
})

test('the memory of an answer that was released holds a later one, and no other is touched', async () => {
  const letters = 'abc'
  await using api = await open(({ url }) => ({ body: (letters[Number(url.slice(1))] ?? '').repeat(50_000) }))
  const ask = (path: string) => api.send({ ...GET, path })
  const [first, second] = [await ask('/0'), await ask('/1')]
  first.release?.()
  const third = await ask('/2')
  assert.equal(third.bytes.buffer, first.bytes.buffer)
  assert.deepEqual([`${second.bytes}`, `${third.bytes}`], ['b'.repeat(50_000), 'c'.repeat(50_000)])
})

test('requests share as many connections as the concurrency allows, and keep them', async () => {
  const ports = new Set<number | undefined>()
  await using api = await open(() => response => {
    ports.add(response.socket?.remotePort)
    response.end()
  })
  await Promise.all(Array.from({ length: 8 }, () => api.send(GET)))
  await api.send(GET)
  assert.deepEqual([ports.size, api.asked.length], [2, 9])
})
