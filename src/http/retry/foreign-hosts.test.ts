import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError } from '../../errors.ts'
import { createCall } from '../stack.ts'
import { createTestClock, reply, type Step, serve } from '../testing.ts'
import { NetworkError, type Request } from '../types.ts'
import { judgeNetwork } from './network-outcomes.ts'
import { judge } from './outcomes.ts'
import { BRISK } from './patience.ts'

const PASSWORD = { auth_type: 'password', username: 'ada', password: 'geheim' } as const

/** A home that grants tokens, and another host; a request to the latter. */
async function abroad(answer: (url: string) => Step) {
  const home = await serve(() => ({ body: '{"access_token": "token-1"}' }))
  const other = await serve(({ url }) => answer(url))
  const call = createCall({
    origin: home.origin,
    credentials: PASSWORD,
    userAgent: 'test',
    concurrency: 2,
    patience: BRISK,
    clock: createTestClock(),
    signal: new AbortController().signal,
    onWait: () => undefined,
    onSignIn: { onSecret: () => undefined, onRotated: async () => undefined },
  })
  const ask = () =>
    call({ method: 'GET', origin: other.origin, path: '/x', stream: 's' }, ({ status }) => status)
  return {
    ask,
    home,
    other,
    async [Symbol.asyncDispose]() {
      await home[Symbol.asyncDispose]()
      await other[Symbol.asyncDispose]()
    },
  }
}

test('another origin is asked without signing in, and sees no credential', async () => {
  await using world = await abroad(() => ({ body: '[]' }))
  assert.equal(await world.ask(), 200)
  assert.equal(world.home.asked.length, 0)
  const [request] = world.other.asked
  assert.equal(request?.headers.authorization, undefined)
  assert.ok(!JSON.stringify(request).includes('geheim'))
})

test('a 401 there does not sign in here, and is a matter of the one stream', async () => {
  await using world = await abroad(() => ({ status: 401 }))
  await assert.rejects(world.ask(), {
    failure: 'config_error',
    scope: 'stream',
    message: /refuses GET \/x \(401\)\. It is asked without the Babelforce credentials: .* headers/,
  })
  assert.equal(world.home.asked.length, 0)
})

test('a redirect within the other origin is followed, and one that leads home is not', async () => {
  await using within = await abroad(url =>
    url === '/x' ? { status: 302, headers: { location: '/y' } } : { body: '[]' },
  )
  assert.equal(await within.ask(), 200)
  await using leading = await abroad(() => ({ status: 302, headers: { location: within.home.origin } }))
  await assert.rejects(leading.ask(), { status: 302 })
})

const request: Request = { method: 'GET', path: '/x', origin: 'https://api.example.com' }
const rows = [
  ['a status', judge(request, reply(503, {})), 'transient_error', /^api\.example\.com cannot answer GET \/x/],
  [
    'a name that does not exist',
    judgeNetwork(request, new NetworkError('ENOTFOUND', 'no')),
    'config_error',
    /^There is no host api\.example\.com/,
  ],
  [
    'a private address',
    judgeNetwork(request, new NetworkError('EPRIVATE', 'x is private')),
    'config_error',
    /x is private/,
  ],
] as const
for (const [says, verdict, failure, message] of rows) {
  test(`${says} of another host is told in words about that host`, () => {
    assert.ok(verdict.verdict !== 'ok')
    const { error } = verdict
    assert.deepEqual([error.failure, error.scope], [failure, 'stream'])
    assert.match(error.message, message)
  })
}

test('what a request explains by itself is left as it is', () => {
  const explained = judge({ ...request, explain: () => configError('mine') }, reply(404, {}))
  assert.equal('error' in explained && explained.error.message, 'mine')
})
