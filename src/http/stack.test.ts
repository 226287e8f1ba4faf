import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { PATIENT } from './retry/patience.ts'
import { createCall, type StackOptions } from './stack.ts'
import { createTestClock, type Step, serve } from './testing.ts'
import { BadBody, type Reply } from './types.ts'

const PAIR = { auth_type: 'access_token', access_id: 'the-id', access_token: 'geheim' } as const
const PASSWORD = { auth_type: 'password', username: 'ada', password: 'geheim' } as const

/** The whole way to a server, and when each request reached it. */
async function open(answer: (url: string, index: number) => Step, options: Partial<StackOptions> = {}) {
  const clock = createTestClock()
  const came: [string, number][] = []
  const api = await serve(({ url }, index) => {
    came.push([url, clock.now()])
    return answer(url, index)
  })
  const call = createCall({
    origin: api.origin,
    credentials: PAIR,
    userAgent: 'source-babelforce/test',
    concurrency: 8,
    patience: PATIENT,
    clock,
    signal: new AbortController().signal,
    onWait: () => undefined,
    onSignIn: { onSecret: () => undefined, onRotated: async () => undefined },
    ...options,
  })
  const get = (path: string, read = ({ status }: Reply): unknown => status) =>
    call({ method: 'GET', path }, read)
  return { get, came, asked: api.asked, clock, [Symbol.asyncDispose]: api[Symbol.asyncDispose] }
}

test('a call signs in, asks, and reads the answer', async () => {
  const token = { body: '{"access_token": "token-1"}' }
  await using api = await open(url => (url === '/oauth/token' ? token : { body: '[1]' }), {
    credentials: PASSWORD,
  })
  assert.equal(await api.get('/a', ({ bytes }) => bytes.toString()), '[1]')
  assert.deepEqual(
    api.asked.map(({ url, headers }) => [url, headers.authorization, headers['user-agent']]),
    [
      ['/oauth/token', undefined, 'source-babelforce/test'],
      ['/a', 'Bearer token-1', 'source-babelforce/test'],
    ],
  )
})

test('a sign-in may begin before the first request, which then does not wait for another one', async () => {
  const token = { body: '{"access_token": "token-1"}' }
  const begun = Promise.withResolvers<void>()
  const answer = (url: string) => {
    if (url === '/oauth/token') begun.resolve()
    return url === '/oauth/token' ? token : {}
  }
  await using api = await open(answer, { credentials: PASSWORD, isEarly: true })
  await begun.promise
  await Promise.all([api.get('/a'), api.get('/b')])
  assert.deepEqual(api.asked.map(({ url }) => url).sort(), ['/a', '/b', '/oauth/token'])
})

test('an early sign-in that fails is what the first request fails with, and is not tried again for it', async () => {
  await using api = await open(() => ({ status: 400, body: '{"error": "invalid_grant"}' }), {
    credentials: PASSWORD,
    isEarly: true,
  })
  await assert.rejects(api.get('/a'), { failure: 'config_error' })
  assert.deepEqual(
    api.asked.map(({ url }) => url),
    ['/oauth/token'],
  )
})

test('a 429 of one request holds back all others for as long as it says', async () => {
  const busy = { status: 429, headers: { 'retry-after': '20' } }
  const waits: [string, number][] = []
  await using api = await open((_, index) => (index === 0 ? busy : {}), {
    onWait: ({ path }, { ms }) => {
      waits.push([path, ms])
      others.push(api.get('/b'), api.get('/c'))
    },
  })
  const others: Promise<unknown>[] = []
  await api.get('/a')
  await Promise.all(others)
  assert.deepEqual(waits, [['/a', 20_000]])
  assert.deepEqual(api.clock.slept, [20_000, 20_000, 20_000])
  assert.deepEqual(api.came[0], ['/a', 0])
  assert.deepEqual(api.came.slice(1).sort(), [
    ['/a', 20_000],
    ['/b', 20_000],
    ['/c', 20_000],
  ])
})

test('a fault of one request holds back nobody else', async () => {
  const others: Promise<unknown>[] = []
  await using api = await open(url => (url === '/a' ? { status: 503 } : {}), {
    patience: { ...PATIENT, retries: 1 },
    onWait: () => others.push(api.get('/b')),
  })
  await assert.rejects(api.get('/a'), { status: 503 })
  await Promise.all(others)
  assert.equal(api.came.filter(([url]) => url === '/a').length, 2)
  assert.deepEqual(api.came.find(([url]) => url === '/b')?.[0], '/b')
  assert.deepEqual(api.clock.slept, [125])
})

test('sign-ins, repeats and requests keep to the rate together', async () => {
  const answers: Step[] = [
    { body: '{"access_token": "t"}' },
    { status: 401 },
    { body: '{"access_token": "u"}' },
  ]
  await using api = await open(() => answers.shift() ?? {}, { credentials: PASSWORD, requestsPerSecond: 2 })
  await api.get('/a')
  await api.get('/b')
  assert.deepEqual(api.came, [
    ['/oauth/token', 0],
    ['/a', 500],
    ['/oauth/token', 1_000],
    ['/a', 1_500],
    ['/b', 2_000],
  ])
})

test('a body that is of no use is asked for again, signed in as before', async () => {
  await using api = await open((_, index) => ({ body: index === 0 ? '{"half":' : '{}' }))
  const read = ({ bytes }: Reply) => {
    if (bytes.length > 2) throw new BadBody('it is not JSON')
    return 'read'
  }
  assert.equal(await api.get('/a', read), 'read')
  assert.deepEqual(
    api.asked.map(({ headers }) => headers['x-auth-access-token']),
    ['geheim', 'geheim'],
  )
})

test('a stop during a wait ends the call with a sentence that says so', async () => {
  const stopping = new AbortController()
  await using api = await open(() => ({ status: 429, headers: { 'retry-after': '600' } }), {
    signal: stopping.signal,
    onWait: () => stopping.abort(),
  })
  await assert.rejects(api.get('/a'), {
    failure: 'transient_error',
    scope: 'run',
    message: 'The sync was stopped before it finished.',
  })
  assert.deepEqual([api.asked.length, api.clock.now()], [1, 0])
})

test('as many requests are on the wire at a time as the concurrency says', async () => {
  let [held, most] = [0, 0]
  const answer = async (response: ServerResponse) => {
    most = Math.max(most, ++held)
    for (let turn = 0; turn < 20; turn++) await nextTurn()
    held--
    response.end()
  }
  await using api = await open(() => answer, { concurrency: 2 })
  await Promise.all(Array.from({ length: 10 }, () => api.get('/a')))
  assert.deepEqual([most, api.asked.length], [2, 10])
})
