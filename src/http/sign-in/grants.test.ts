import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BRISK } from '../retry/patience.ts'
import { retrying } from '../retry/retry.ts'
import { createTestClock, reply, scripted } from '../testing.ts'
import type { Send } from '../types.ts'
import { authorised, createIdentity } from './auth.ts'
import type { Credentials } from './credentials.ts'
import { formOf, requestGrant } from './grants.ts'

const CLIENT = { auth_type: 'client_credentials', client_id: 'mine', client_secret: 'geheim' } as const
const REFRESH = { auth_type: 'refresh_token', refresh_token: 'first', client_id: 'mine' } as const
const GET = { method: 'GET', path: '/api/v2/agents' } as const

const retry = () => ({
  clock: createTestClock(),
  patience: BRISK,
  signal: new AbortController().signal,
  onWait: () => undefined,
})

const forms = [
  {
    says: 'a client’s id and secret are the whole form',
    in: CLIENT,
    out: { grant_type: 'client_credentials', client_id: 'mine', client_secret: 'geheim' },
  },
  {
    says: 'a refresh token goes with its client',
    in: REFRESH,
    out: { grant_type: 'refresh_token', refresh_token: 'first', client_id: 'mine' },
  },
  {
    says: 'a refresh token goes with the client’s secret where there is one',
    in: { ...REFRESH, client_secret: 'geheim' },
    out: { grant_type: 'refresh_token', refresh_token: 'first', client_id: 'mine', client_secret: 'geheim' },
  },
  {
    says: 'an empty secret is left out',
    in: { ...REFRESH, client_secret: '' },
    out: { grant_type: 'refresh_token', refresh_token: 'first', client_id: 'mine' },
  },
]

for (const row of forms) test(row.says, () => assert.deepEqual(formOf(row.in), row.out))

test('a grant is a form posted to the token endpoint', async () => {
  const { send, asked } = scripted([
    reply(200, { access_token: 't', expires_in: '60', refresh_token: 'next' }),
    reply(200, { access_token: 't', refresh_token: '' }),
  ])
  const call = retrying(send, retry())
  const [first, second] = [await requestGrant(call, { a: 'b&c' }), await requestGrant(call, {})]
  assert.deepEqual(first, { accessToken: 't', seconds: 60, refreshToken: 'next' })
  assert.deepEqual(second, { accessToken: 't', seconds: undefined, refreshToken: undefined })
  const { method, path, headers, body } = asked[0] ?? assert.fail()
  assert.deepEqual([method, path, body], ['POST', '/oauth/token', 'a=b%26c'])
  assert.deepEqual(headers, { 'Content-Type': 'application/x-www-form-urlencoded' })
})

const refusals: { says: string; in: Credentials; status: number; text?: string; out: string }[] = [
  {
    says: 'a password',
    in: { auth_type: 'password', username: 'ada', password: 'geheim' },
    status: 400,
    out: 'Babelforce refused the sign-in (400). Check the user name and password, and that the user may sign in to this environment.',
  },
  {
    says: 'a client',
    in: CLIENT,
    status: 401,
    text: 'invalid_client',
    out: 'Babelforce refused the sign-in (401: invalid_client). Check the client id and secret of the application; an owner or manager can reset the secret, or create another application.',
  },
  {
    says: 'a refresh token',
    in: REFRESH,
    status: 403,
    text: 'invalid_grant',
    out: 'Babelforce refused the sign-in (403: invalid_grant). Sign in again: this refresh token is spent, revoked, or belongs to another client. It can be used once only, unless your account grants a grace; and one that no sync has used for 14 days after its access token ended is deleted.',
  },
  {
    says: 'a blocked user',
    in: CLIENT,
    status: 400,
    text: 'User account is locked',
    out: 'Babelforce refused the sign-in (400: User account is locked): the account of this user is blocked. Ask a manager to unblock it under Global settings > User management.',
  },
  {
    says: 'a host without a sign-in',
    in: CLIENT,
    status: 404,
    out: 'This host has no Babelforce sign-in (404 at /oauth/token). Check the environment: "services", or the first part of your own address; or the base_url.',
  },
  {
    says: 'a host with another sign-in',
    in: CLIENT,
    status: 405,
    out: 'This host has no Babelforce sign-in (405 at /oauth/token). Check the environment: "services", or the first part of your own address; or the base_url.',
  },
]

for (const row of refusals) {
  test(`the refusal of ${row.says} (${row.status}) says what to change, and is not tried again`, async () => {
    const { send, asked } = scripted([reply(row.status, row.text === undefined ? {} : { error: row.text })])
    const { get } = signedIn(row.in, send)
    await assert.rejects(get(), {
      failure: 'config_error',
      scope: 'run',
      status: row.status,
      message: row.out,
    })
    assert.equal(asked.length, 1)
  })
}

test('a refusal with a status of success is a refusal too, and is not tried again', async () => {
  const { send, asked } = scripted([reply(200, { error: 'invalid_grant', error_description: 'spent' })])
  const { get } = signedIn(REFRESH, send)
  await assert.rejects(get(), {
    failure: 'config_error',
    scope: 'run',
    message: /\(400: spent\)\. Sign in again/,
  })
  assert.equal(asked.length, 1)
})

test('a bearer token from elsewhere goes along as it is, and is not renewed: another path is asked about it', async () => {
  const { send, asked } = scripted([reply(401)])
  await assert.rejects(signedIn({ auth_type: 'bearer', bearer_token: 'geheim' }, send).get(), { status: 401 })
  assert.deepEqual(
    asked.map(({ path, headers }) => [path, headers]),
    [
      [GET.path, { Authorization: 'Bearer geheim' }],
      ['/api/v2/queues', { Authorization: 'Bearer geheim' }],
    ],
  )
})

test('each refresh token is kept before its access token is used, and used for the next renewal', async () => {
  const events: string[] = []
  let grants = 0
  const api: Send = async ({ path, headers, body = '' }) => {
    if (path !== '/oauth/token') return reply(events.push(String(headers?.['Authorization'])) > 0 ? 200 : 500)
    events.push(`grant for ${new URLSearchParams(body).get('refresh_token')}`)
    return reply(200, {
      access_token: `token-${++grants}`,
      refresh_token: `next-${grants}`,
      expires_in: 3600,
    })
  }
  const { get, clock } = signedIn(REFRESH, api, events)
  await Promise.all([get(), get()])
  clock.advance(3_570_000)
  await get()
  assert.deepEqual(events, [
    ...[
      'grant for first',
      'secret token-1',
      'secret next-1',
      'kept next-1',
      'Bearer token-1',
      'Bearer token-1',
    ],
    ...['grant for next-1', 'secret token-2', 'secret next-2', 'kept next-2', 'Bearer token-2'],
  ])
})

test('a refresh token that comes without a new one is used again', async () => {
  const grant = reply(200, { access_token: 't', expires_in: 3600 })
  const { send, asked } = scripted([grant, reply(200), grant, reply(200)])
  const events: string[] = []
  const { get, clock } = signedIn(REFRESH, send, events)
  await get()
  clock.advance(3_570_000)
  await get()
  assert.equal(asked[2]?.body, 'grant_type=refresh_token&refresh_token=first&client_id=mine')
  assert.deepEqual(events, ['secret t', 'secret t'])
})

/** A signed-in way to the API; what the sign-in brings is added to the events. */
function signedIn(credentials: Credentials, api: Send, events: string[] = []) {
  const retries = retry()
  const identity = createIdentity(credentials, retrying(api, retries), retries.clock, {
    onSecret: secret => events.push(`secret ${secret}`),
    onRotated: async token => {
      await retries.clock.sleep(1)
      events.push(`kept ${token}`)
    },
  })
  const call = retrying(authorised(api, identity), retries)
  return { clock: retries.clock, get: () => call(GET, ({ status }) => status) }
}
