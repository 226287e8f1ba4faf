import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { type Step, serve } from '../testing.ts'
import { NetworkError, type Request } from '../types.ts'
import { createAxiosSend } from './axios.ts'

const SECRET = 'geheim-token'
const GET: Request = {
  method: 'GET',
  path: '/api/v2/agents',
  query: { name: 'Ada' },
  headers: { Authorization: `Bearer ${SECRET}` },
}

function sendTo(origin: string, options: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const signal = new AbortController().signal
  const wire = { userAgent: 'test', concurrency: 2, timeoutMs: 5_000, maxBytes: 1_000, signal }
  return createAxiosSend({ origin, ...wire, ...options })
}

/** The NetworkError that sending ends with: nothing of axios in it, and no credential. */
async function faultOf(sending: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await sending.then(
    () => assert.fail('an answer came'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof NetworkError)
  assert.deepEqual(Object.keys(error).sort(), ['code', 'name'])
  assert.equal(error.cause, undefined)
  assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /geheim|Axios|Ada/)
  return { code: error.code, message: error.message }
}

const tooBig = {
  code: 'ETOOBIG',
  message: 'the answer to /api/v2/agents is larger than 1000 bytes',
}
const cut = { code: 'ECONNRESET', message: 'aborted' }
const reset = { code: 'ECONNRESET', message: 'read ECONNRESET' }

const broken: { says: string; in: Step; out: { code: string; message: string } }[] = [
  { says: 'a body above the limit', in: { body: 'x'.repeat(1_001) }, out: tooBig },
  {
    says: 'a body that unpacks to more than the limit',
    in: { headers: { 'content-encoding': 'gzip' }, body: gzipSync('x'.repeat(100_000)) },
    out: tooBig,
  },
  {
    says: 'a connection that is reset before the answer',
    in: response => response.socket?.resetAndDestroy(),
    out: reset,
  },
  {
    says: 'a connection that is reset in the middle of the body',
    in: response =>
      response
        .writeHead(200, { 'content-length': 100 })
        .write('half', () => setImmediate(() => response.socket?.resetAndDestroy())),
    out: cut,
  },
  {
    says: 'a body that ends before its length',
    in: response =>
      response.writeHead(200, { 'content-length': 100 }).write('half', () => response.socket?.end()),
    out: cut,
  },
  {
    says: 'a chunked body that ends before its last chunk',
    in: response => response.writeHead(200).write('half', () => response.socket?.end()),
    out: cut,
  },
  {
    says: 'an answer that is not HTTP',
    in: response => response.socket?.end('hello\r\n\r\n'),
    out: { code: 'HPE_INVALID_CONSTANT', message: 'Parse Error: Expected HTTP/, RTSP/ or ICE/' },
  },
  {
    says: 'a body that is not compressed as it says',
    in: { headers: { 'content-encoding': 'gzip' }, body: 'plain' },
    out: { code: 'Z_DATA_ERROR', message: 'incorrect header check' },
  },
]

for (const row of broken) {
  test(`${row.says} is a NetworkError: ${row.out.code}`, async () => {
    await using api = await serve(() => row.in)
    assert.deepEqual(await faultOf(sendTo(api.origin)(GET)), row.out)
    assert.equal(api.asked.length, 1)
  })
}

test('a body of just the limit is taken', async () => {
  await using api = await serve(() => ({ body: 'x'.repeat(1_000) }))
  assert.equal((await sendTo(api.origin)(GET)).bytes.length, 1_000)
})

const silent: { says: string; in: Step }[] = [
  { says: 'an answer that never begins', in: () => undefined },
  { says: 'an answer that begins and never ends', in: response => response.writeHead(200).write('half') },
]

for (const row of silent) {
  test(`${row.says} is a time-out`, async () => {
    await using api = await serve(() => row.in)
    const send = sendTo(api.origin, { timeoutMs: 50 })
    const out = { code: 'ETIMEDOUT', message: 'no whole answer within 0.05 s' }
    const begun = performance.now()
    assert.deepEqual(await faultOf(send(GET)), out)
    assert.ok(performance.now() - begun < 2_000)
  })
}

test('a refused connection is a NetworkError', async () => {
  const { origin, ...api } = await serve(() => ({}))
  await api[Symbol.asyncDispose]()
  const message = `connect ECONNREFUSED ${new URL(origin).host}`
  assert.deepEqual(await faultOf(sendTo(origin)(GET)), { code: 'ECONNREFUSED', message })
})

const stopped = { code: 'ESTOPPED', message: 'the connector was asked to stop' }

test('a stop ends a request that is under way', async () => {
  const stopping = new AbortController()
  await using api = await serve(() => () => stopping.abort())
  assert.deepEqual(await faultOf(sendTo(api.origin, { signal: stopping.signal })(GET)), stopped)
  assert.equal(api.asked.length, 1)
})

test('after a stop nothing is sent', async () => {
  await using api = await serve(() => ({}))
  assert.deepEqual(await faultOf(sendTo(api.origin, { signal: AbortSignal.abort() })(GET)), stopped)
  assert.deepEqual(api.asked, [])
})
