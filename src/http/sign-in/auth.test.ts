import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BRISK } from '../retry/patience.ts'
import { retrying } from '../retry/retry.ts'
import { type Answer, type Asked, createTestClock, serve } from '../testing.ts'
import { createAxiosSend } from '../wire/axios.ts'
import { authorised, createIdentity } from './auth.ts'
import type { Credentials } from './credentials.ts'

const PASSWORD: Credentials = { auth_type: 'password', username: 'ada@example.com', password: 'geh&im' }
const PAIR: Credentials = { auth_type: 'access_token', access_id: 'the-id', access_token: 'geheim' }
const GET = { method: 'GET', path: '/api/v2/agents' } as const

/** An API that grants token-1, token-2 ... and accepts `accepts`, with a signed-in way to it. */
async function open(
  credentials: Credentials,
  answers: { grant?: () => Answer; accepts?: (token: string) => boolean },
) {
  const { grant = () => ({}), accepts = () => true } = answers
  let grants = 0
  const api = await serve(({ url, headers }) => {
    if (url !== '/oauth/token') return { status: accepts(String(headers.authorization)) ? 200 : 401 }
    return { body: `{"access_token": "token-${++grants}", "expires_in": 3600}`, ...grant() }
  })
  const clock = createTestClock({ now: 1_000_000 })
  const signal = new AbortController().signal
  const wire = {
    origin: api.origin,
    userAgent: 'test',
    concurrency: 9,
    timeoutMs: 5_000,
    maxBytes: 9_999,
    signal,
  }
  const send = createAxiosSend(wire)
  const retry = { clock, patience: BRISK, signal, onWait: () => undefined }
  const secrets: string[] = []
  const identity = createIdentity(credentials, retrying(send, retry), clock, {
    onSecret: secret => secrets.push(secret),
    onRotated: async () => assert.fail('no refresh token was used'),
  })
  const call = retrying(authorised(send, identity), retry)
  return {
    clock,
    secrets,
    asked: api.asked,
    get: (headers?: Record<string, string>) =>
      call({ ...GET, ...(headers === undefined ? {} : { headers }) }, ({ status }) => status),
    [Symbol.asyncDispose]: api[Symbol.asyncDispose],
  }
}

/** The requests in short: the sign-ins as "grant", the others by their token. */
function inShort(asked: readonly Asked[]): string[] {
  return asked.map(({ url, headers }) => (url === '/oauth/token' ? 'grant' : String(headers.authorization)))
}

test('an access id and token go along in headers of their own, without a sign-in', async () => {
  await using api = await open(PAIR, {})
  await api.get({ 'X-More': 'kept' })
  const { url, headers } = api.asked[0] ?? assert.fail()
  assert.equal(url, '/api/v2/agents')
  assert.equal(headers['x-auth-access-id'], 'the-id')
  assert.equal(headers['x-auth-access-token'], 'geheim')
  assert.equal(headers['x-more'], 'kept')
  assert.equal(headers.authorization, undefined)
  assert.equal(api.asked.length, 1)
})

test('an access id and token that two paths refuse point to OAuth, and end the run', async () => {
  await using api = await open(PAIR, { accepts: () => false })
  await assert.rejects(api.get(), {
    failure: 'config_error',
    scope: 'run',
    message:
      'Babelforce does not accept the credentials for GET /api/v2/agents (401). Sign in again: check the user name and ' +
      'password, or the access id and token. Newer accounts refuse access id and token; use the OAuth user name and ' +
      'password instead.',
  })
  assert.deepEqual(
    api.asked.map(({ url }) => url),
    ['/api/v2/agents', '/api/v2/queues?page=1&max=1'],
  )
})

test('a user name and password are exchanged for a token, which then goes along', async () => {
  await using api = await open(PASSWORD, {})
  assert.equal(await api.get({ 'X-More': 'kept' }), 200)
  const [grant, get] = api.asked
  assert.deepEqual([grant?.method, grant?.url], ['POST', '/oauth/token'])
  assert.equal(grant?.headers['content-type'], 'application/x-www-form-urlencoded')
  assert.equal(grant?.headers.authorization, undefined)
  assert.equal(get?.headers['x-more'], 'kept')
  assert.deepEqual(inShort(api.asked), ['grant', 'Bearer token-1'])
  assert.deepEqual(api.secrets, ['token-1'])
})

const forms = [
  { says: 'the client is manager when none is given', in: {}, out: '&client_id=manager' },
  { says: 'a client of one’s own is sent', in: { client_id: 'mine' }, out: '&client_id=mine' },
  { says: 'an empty client is not sent', in: { client_id: '' }, out: '' },
]

for (const row of forms) {
  test(`in the sign-in ${row.says}`, async () => {
    await using api = await open({ ...PASSWORD, ...row.in }, {})
    await api.get()
    const form = 'grant_type=password&username=ada%40example.com&password=geh%26im'
    assert.equal(api.asked[0]?.body, form + row.out)
  })
}

test('many requests at once wait for one sign-in', async () => {
  await using api = await open(PASSWORD, {})
  await Promise.all(Array.from({ length: 9 }, () => api.get()))
  assert.deepEqual(inShort(api.asked), ['grant', ...Array(9).fill('Bearer token-1')])
})

const refusals = [
  {
    says: 'a wrong password',
    in: { status: 400, body: '{"error": "invalid_grant"}' },
    out: '400: invalid_grant',
  },
  { says: 'a wrong client', in: { status: 401, body: '' }, out: '401' },
]

for (const row of refusals) {
  test(`${row.says} is an error of the whole run whose sentence holds no secret`, async () => {
    await using api = await open(PASSWORD, { grant: () => row.in })
    await assert.rejects(api.get(), {
      failure: 'config_error',
      scope: 'run',
      status: row.in.status,
      message: `Babelforce refused the sign-in (${row.out}). Check the user name and password, and that the user may sign in to this environment.`,
    })
    assert.deepEqual(inShort(api.asked), ['grant'])
  })
}

test('a sign-in that fails for the moment is tried again like any request', async () => {
  const steps: Answer[] = [{ status: 503 }, { status: 429, headers: { 'retry-after': '3' } }, {}]
  await using api = await open(PASSWORD, { grant: () => steps.shift() ?? {} })
  assert.equal(await api.get(), 200)
  assert.deepEqual(inShort(api.asked), ['grant', 'grant', 'grant', 'Bearer token-3'])
  assert.deepEqual(api.clock.slept, [125, 3_000])
})

test('after a sign-in that was refused the next request tries another', async () => {
  const steps: Answer[] = [{ status: 400 }]
  await using api = await open(PASSWORD, { grant: () => steps.shift() ?? {} })
  await assert.rejects(api.get(), { status: 400 })
  assert.equal(await api.get(), 200)
})

const useless = [
  { says: 'is not JSON', in: '<html>', out: 'it is not JSON' },
  { says: 'is a list', in: '[]', out: 'it is not a JSON object' },
  {
    says: 'holds a token of two lines',
    in: '{"access_token": "a\\nb"}',
    out: 'the sign-in answer holds an access_token that no header can carry',
  },
  { says: 'holds no token', in: '{"expires_in": 9}', out: 'the sign-in answer holds no access_token' },
  {
    says: 'holds an empty token',
    in: '{"access_token": ""}',
    out: 'the sign-in answer holds no access_token',
  },
]

for (const row of useless) {
  test(`a sign-in whose answer ${row.says} is tried again, then given up`, async () => {
    await using api = await open(PASSWORD, { grant: () => ({ body: row.in }) })
    await assert.rejects(api.get(), {
      failure: 'transient_error',
      message: `Babelforce's answer to POST /oauth/token is not usable: ${row.out}.`,
    })
    assert.deepEqual(inShort(api.asked), ['grant', 'grant', 'grant'])
  })
}

const ORG = 'x-babelforce-org-id'
const IN_SUB_ACCOUNT: readonly { says: string; credentials: Credentials }[] = [
  { says: 'a password', credentials: { ...PASSWORD, org_key: 'north' } },
  {
    says: 'client credentials',
    credentials: {
      auth_type: 'client_credentials',
      client_id: 'c',
      client_secret: 'geheim',
      org_key: 'north',
    },
  },
  {
    says: 'a refresh token',
    credentials: { auth_type: 'refresh_token', refresh_token: 'geheim', client_id: 'c', org_key: 'north' },
  },
  {
    says: 'a bearer token',
    credentials: { auth_type: 'bearer', bearer_token: 'geheim', org_key: 'north' },
  },
]

for (const { says, credentials } of IN_SUB_ACCOUNT) {
  test(`with ${says}, the key of a sub-account goes along on every call, and on no grant`, async () => {
    await using api = await open(credentials, {})
    await api.get()
    await api.get()
    const keys = (isGrant: boolean) =>
      api.asked.filter(({ url }) => (url === '/oauth/token') === isGrant).map(({ headers }) => headers[ORG])
    assert.deepEqual(keys(false), ['north', 'north'])
    assert.deepEqual(keys(true), credentials.auth_type === 'bearer' ? [] : [undefined])
  })
}

test('a token that is refused in a sub-account is renewed once for all who hold it', async () => {
  await using api = await open(
    { ...PASSWORD, org_key: 'north' },
    { accepts: token => token !== 'Bearer token-1' },
  )
  await Promise.all([api.get(), api.get(), api.get()])
  assert.equal(inShort(api.asked).filter(one => one === 'grant').length, 2)
})

test('the key of a sub-account never goes to another origin', async () => {
  const asked: Asked[] = []
  const send = authorised(
    async request => {
      asked.push({ method: 'GET', url: request.path, headers: { ...request.headers }, body: '' })
      return { status: 200, headers: {}, bytes: Buffer.of() }
    },
    createIdentity(
      { auth_type: 'bearer', bearer_token: 'geheim', org_key: 'north' },
      async () => assert.fail('nothing is granted'),
      createTestClock(),
      { onSecret: () => undefined, onRotated: async () => undefined },
    ),
  )
  await send({ ...GET, origin: 'https://elsewhere.example.com' })
  assert.deepEqual(asked[0]?.headers, {})
})
