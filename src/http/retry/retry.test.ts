import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ConnectorError, systemError } from '../../errors.ts'
import { createTestClock, reply, scripted } from '../testing.ts'
import { BadBody, NetworkError, type Reply, type Request } from '../types.ts'
import { BRISK, PATIENT, type Patience } from './patience.ts'
import { retrying } from './retry.ts'

const GET: Request = { method: 'GET', path: '/api/v2/agents' }
const fault = (code: string) => new NetworkError(code, 'said Node')
const times = <T>(count: number, one: T): T[] => Array(count).fill(one)

interface Asking {
  readonly request?: Request
  readonly patience?: Patience
  readonly read?: (reply: Reply) => unknown
  readonly signal?: AbortSignal
}

/** Asks through the retries, and tells what came of it. */
async function ask(outcomes: readonly (Reply | Error)[], asking: Asking = {}) {
  const { request = GET, patience = PATIENT, read = ({ status }: Reply) => status } = asking
  const { send, asked } = scripted(outcomes)
  const clock = createTestClock()
  const waits: { path: string; ms: number; status: number | undefined }[] = []
  const call = retrying(send, {
    clock,
    patience,
    signal: asking.signal ?? new AbortController().signal,
    onWait: ({ path }, { ms, error }) => waits.push({ path, ms, status: error.status }),
  })
  const end = await call(request, read).then(
    value => ({ value, error: undefined }),
    (error: ConnectorError) => ({ value: undefined, error }),
  )
  return { ...end, sent: asked.length, waits, slept: clock.slept, asked }
}

test('an answer that is good at once is asked for once, without a wait', async () => {
  const { value, sent, waits, slept } = await ask([reply(200)], { read: ({ bytes }) => bytes.toString() })
  assert.deepEqual({ value, sent, waits, slept }, { value: '{}', sent: 1, waits: [], slept: [] })
})

const outcomes = [
  { says: 'a 408 is asked again', in: reply(408), out: 6 },
  { says: 'a 425 is asked again', in: reply(425), out: 6 },
  { says: 'a 500 is asked again', in: reply(500), out: 6 },
  { says: 'a 502 is asked again', in: reply(502, '<html>'), out: 6 },
  { says: 'a 503 is asked again', in: reply(503), out: 6 },
  { says: 'a connection that breaks is asked again', in: fault('ECONNRESET'), out: 6 },
  { says: 'a time-out is asked again', in: fault('ETIMEDOUT'), out: 6 },
  { says: 'a name that is not found is asked again', in: fault('ENOTFOUND'), out: 6 },
  { says: 'a 302 is not asked again', in: reply(302), out: 1 },
  { says: 'a 400 is not asked again', in: reply(400), out: 1 },
  { says: 'a 401 is not asked again', in: reply(401), out: 1 },
  { says: 'a 403 is not asked again', in: reply(403), out: 1 },
  { says: 'a 404 of the API is not asked again', in: reply(404), out: 1 },
  { says: 'a 404 that is a page is asked again once', in: reply(404, '<html>not here</html>'), out: 2 },
  { says: 'a 404 that says nothing is asked again once', in: reply(404, ''), out: 2 },
  { says: 'a 404 in words is asked again once', in: reply(404, '404 page not found'), out: 2 },
  { says: 'an answer that is too large is not asked again', in: fault('ETOOBIG'), out: 1 },
  { says: 'a stop is not asked again', in: fault('ESTOPPED'), out: 1 },
]

for (const row of outcomes) {
  test(`${row.says}: ${row.out === 1 ? 'one request' : 'five more times in a sync'}`, async () => {
    const { error, sent, waits } = await ask([row.in])
    assert.equal(error?.name, 'ConnectorError')
    assert.equal(sent, row.out)
    assert.equal(waits.length, row.out - 1)
  })
}

const trials = [
  ...[400, 413, 422, 500, 503].map(status => ({ in: reply(status), out: status })),
  { in: reply(400, { message: 'too many requested: the request exceeds the limit' }), out: 400 },
  { in: fault('ETIMEDOUT'), out: 'ETIMEDOUT' },
]
for (const row of trials) {
  test(`a page that may be too large fails at once where the answer may say so: ${row.out}`, async () => {
    const { error, sent, waits } = await ask([row.in], { request: { ...GET, isTrial: true } })
    assert.equal(error?.status ?? error?.internal, row.out)
    assert.deepEqual([sent, waits], [1, []])
  })
}

test('a page that may be too large is asked for again where the size is not to blame', async () => {
  for (const outcome of [reply(429), fault('ECONNRESET')])
    assert.equal((await ask([outcome, reply(200)], { request: { ...GET, isTrial: true } })).sent, 2)
})

test('a check asks two more times', async () => {
  assert.equal((await ask([reply(503)], { patience: BRISK })).sent, 3)
})

test('a fault that passes leaves no trace but the wait', async () => {
  const { value, sent, waits } = await ask([fault('ECONNRESET'), reply(502), reply(200)])
  assert.deepEqual({ value, sent }, { value: 200, sent: 3 })
  assert.deepEqual(waits, [
    { path: GET.path, ms: 125, status: undefined },
    { path: GET.path, ms: 250, status: 502 },
  ])
})

test('the same request is sent each time', async () => {
  const request: Request = { method: 'POST', path: '/p', query: { page: 2 }, body: 'a=b' }
  const { asked } = await ask([reply(500), reply(429), reply(200)], { request })
  assert.deepEqual(asked, [request, request, request])
})

test('a body that is of no use is asked for again', async () => {
  const read = ({ bytes }: Reply) => {
    if (bytes.toString() === '<html>') throw new BadBody('it is not JSON')
    return 'read'
  }
  const { value, sent } = await ask([reply(200, '<html>'), reply(200)], { read })
  assert.deepEqual({ value, sent }, { value: 'read', sent: 2 })
  const { error } = await ask([reply(200, '<html>')], { read })
  assert.equal(error?.message, "Babelforce's answer to GET /api/v2/agents is not usable: it is not JSON.")
})

test('a fault of the program itself passes through at once', async () => {
  const bug = new TypeError('x is not a function')
  const read = () => {
    throw bug
  }
  const { error, sent } = await ask([reply(200)], { read })
  assert.deepEqual([error, sent], [bug, 1])
})

test('a 429 is asked again far more often than anything else', async () => {
  const { value, sent } = await ask([...times(40, reply(429)), reply(200)])
  assert.deepEqual({ value, sent }, { value: 200, sent: 41 })
})

test('429s do not use up the tries of other faults', async () => {
  const { value, sent } = await ask([...times(9, reply(429)), ...times(5, reply(503)), reply(200)])
  assert.deepEqual({ value, sent }, { value: 200, sent: 15 })
  const { sent: asked } = await ask([...times(9, reply(429)), reply(503)])
  assert.equal(asked, 15)
})

test('a 429 without end is given up when all waits together would exceed the patience', async () => {
  const { error, sent, slept } = await ask([reply(429, {}, { 'retry-after': '60' })])
  assert.equal(error?.status, 429)
  assert.equal(sent, 31)
  assert.deepEqual(slept, times(30, 60_000))
})

test('a request that changes data is not sent again once it may have arrived', async () => {
  const once: Request = { method: 'POST', path: '/sync', once: true }
  const rows = [
    { in: reply(503), sent: 1 },
    { in: fault('ECONNRESET'), sent: 1 },
    { in: fault('ETIMEDOUT'), sent: 1 },
    { in: reply(429), sent: 2 },
    { in: fault('ECONNREFUSED'), sent: 2 },
    { in: fault('ENOTFOUND'), sent: 2 },
    { in: fault('EAI_AGAIN'), sent: 2 },
  ]
  for (const row of rows) {
    const { sent } = await ask([row.in, reply(200)], { request: once })
    assert.equal(sent, row.sent, String(row.in instanceof NetworkError ? row.in.code : row.in.status))
  }
})

test('after a stop nothing is asked again, and nothing waited for', async () => {
  const { error, sent, slept } = await ask([reply(503)], { signal: AbortSignal.abort() })
  assert.deepEqual([error?.status, sent, slept], [503, 1, []])
})

test('an error that the request explains itself is thrown as it is', async () => {
  const own = systemError('Told by the request.')
  const { error, sent } = await ask([reply(503)], { request: { ...GET, explain: () => own } })
  assert.deepEqual([error, sent], [own, 1])
})
