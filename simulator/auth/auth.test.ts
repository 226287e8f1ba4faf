import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, makeClock, open } from '../testing.ts'
import { challengeOf } from './grants.ts'

const password = { grant_type: 'password', username: 'demo@example.com', password: 'demo-password' }
const client = { client_id: 'demo-client', client_secret: 'demo-secret' }
const renewal = { grant_type: 'refresh_token', ...client }

function token(api: Bench, form: Readonly<Record<string, string>>) {
  return api.post('/oauth/token', form)
}

async function statusWith(api: Bench, headers: Readonly<Record<string, string>>, path = '/api/v2/agents') {
  return (await api.get(path, headers)).status
}

const accepted = [
  { says: 'a password without a client', form: password, renewable: true, client: 'manager' },
  {
    says: 'a password with an empty client',
    form: { ...password, client_id: '' },
    renewable: true,
    client: 'manager',
  },
  {
    says: 'a password with the client manager',
    form: { ...password, client_id: 'manager' },
    renewable: true,
    client: 'manager',
  },
  {
    says: 'a client with its secret',
    form: { grant_type: 'client_credentials', ...client },
    renewable: false,
    client: 'demo-client',
  },
  {
    says: 'the first refresh token',
    form: { ...renewal, refresh_token: 'demo-refresh-token' },
    renewable: true,
    client: 'demo-client',
  },
] as const

for (const { says, form, renewable, client: id } of accepted) {
  test(`${says} gets a token that opens the API`, async () => {
    await using api = await open()
    const { status, body } = await token(api, form)
    assert.deepEqual(
      [status, body.token_type, body.expires_in, body.scope, body.client_id],
      [200, 'bearer', 43_200, form.grant_type === 'client_credentials' ? 'account:manage' : '*', id],
    )
    assert.equal('refresh_token' in body, renewable)
    assert.equal(await statusWith(api, { authorization: `Bearer ${body.access_token}` }), 200)
  })
}

const denied = [
  { says: 'a wrong password', form: { ...password, password: 'x' }, error: 'invalid_grant' },
  {
    says: 'a locked account',
    form: { ...password, username: 'blocked@example.com' },
    error: 'invalid_grant',
  },
  { says: 'an unknown client', form: { ...password, client_id: 'nobody' }, error: 'invalid_client' },
  {
    says: 'a client without its secret',
    form: { grant_type: 'client_credentials', client_id: 'demo-client' },
    error: 'invalid_client',
    status: 401,
  },
  {
    says: 'a client with a wrong secret',
    form: { grant_type: 'client_credentials', ...client, client_secret: 'x' },
    error: 'invalid_client',
    status: 401,
  },
  {
    says: 'a refresh token of another client',
    form: { ...renewal, client_id: 'manager', client_secret: '', refresh_token: 'demo-refresh-token' },
    error: 'invalid_grant',
  },
  { says: 'an unknown refresh token', form: { ...renewal, refresh_token: 'x' }, error: 'invalid_grant' },
  { says: 'an unknown grant type', form: { grant_type: 'magic' }, error: 'unsupported_grant_type' },
  { says: 'no grant type', form: {}, error: 'invalid_request' },
] as const

for (const { says, form, error, ...row } of denied) {
  const expected = 'status' in row ? row.status : 400
  test(`${says} is refused with ${expected} ${error}`, async () => {
    await using api = await open()
    const { status, body } = await token(api, form)
    assert.deepEqual([status, body.error, typeof body.error_description], [expected, error, 'string'])
  })
}

test('a JSON body is an invalid request', async () => {
  await using api = await open()
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(password),
  }
  const response = await fetch(`${api.url}/oauth/token`, init)
  assert.deepEqual([response.status, JSON.parse(await response.text()).error], [400, 'invalid_request'])
})

test('a refresh token works once and is replaced', async () => {
  await using api = await open()
  const first = (await token(api, { ...renewal, refresh_token: 'demo-refresh-token' })).body
  const again = await token(api, { ...renewal, refresh_token: 'demo-refresh-token' })
  assert.deepEqual([again.status, again.body.error], [400, 'invalid_grant'])
  const second = await token(api, { ...renewal, refresh_token: first.refresh_token })
  assert.equal(second.status, 200)
  assert.notEqual(second.body.refresh_token, first.refresh_token)
})

test('a token expires on the clock, and an unknown one never worked', async () => {
  const clock = makeClock()
  await using api = await open({ now: clock.now, tokenSeconds: 5 })
  const authorization = `Bearer ${(await token(api, password)).body.access_token}`
  clock.tick(4999)
  assert.equal(await statusWith(api, { authorization }), 200)
  clock.tick(1)
  const late = await api.get('/api/v2/agents', { authorization })
  assert.deepEqual([late.status, late.body.code], [401, 'UNAUTHORIZED'])
  assert.equal(await statusWith(api, { authorization: 'Bearer nonsense' }), 401)
})

test('a revoked token no longer works', async () => {
  await using api = await open()
  const { access_token } = (await token(api, password)).body
  assert.equal((await api.post('/oauth/revoke', { token: access_token })).status, 200)
  assert.equal(await statusWith(api, { authorization: `Bearer ${access_token}` }), 401)
})

test('the static pair works in any capitals, and only whole', async () => {
  await using api = await open()
  const statuses = [
    await statusWith(api, { 'x-auth-access-id': 'demo-id', 'X-AUTH-ACCESS-TOKEN': 'demo-token' }),
    await statusWith(api, { 'x-auth-access-id': 'demo-id' }),
    await statusWith(api, { 'x-auth-access-token': 'demo-token' }),
    await statusWith(api, { 'x-auth-access-id': 'demo-id', 'x-auth-access-token': 'other' }),
    await statusWith(api, {}),
  ]
  assert.deepEqual(statuses, [200, 401, 401, 401, 401])
})

test('a user without manager rights signs in, and is refused on a manager’s path', async () => {
  await using api = await open()
  const { access_token } = (await token(api, { ...password, username: 'agent@example.com' })).body
  const { status, body } = await api.get('/api/v2/agents', { authorization: `Bearer ${access_token}` })
  assert.deepEqual([status, body.code], [403, 'FORBIDDEN'])
})

for (const method of ['S256', 'plain']) {
  test(`a code is issued by redirect and exchanged once, with its ${method} verifier`, async () => {
    await using api = await open()
    const redirect_uri = 'http://localhost:9999/back?keep=1'
    const code_challenge = challengeOf('a-long-verifier', method)
    const query = {
      response_type: 'code',
      client_id: 'demo-client',
      redirect_uri,
      state: 'xyz',
      code_challenge,
      code_challenge_method: method,
    }
    const { status, headers } = await api.get(`/oauth/authorize?${new URLSearchParams(query)}`, {})
    const back = new URL(headers.get('location') ?? '')
    assert.deepEqual(
      [status, back.origin, back.searchParams.get('state')],
      [302, 'http://localhost:9999', 'xyz'],
    )
    const code = back.searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', client_id: 'demo-client', redirect_uri, code }
    const exchanged = await token(api, { ...form, code_verifier: 'a-long-verifier' })
    assert.deepEqual([exchanged.status, 'refresh_token' in exchanged.body], [200, true])
    assert.equal(
      (await token(api, { ...form, code_verifier: 'a-long-verifier' })).body.error,
      'invalid_grant',
    )
  })
}

test('a code with a wrong verifier is lost', async () => {
  await using api = await open()
  const query = `response_type=code&client_id=demo-client&redirect_uri=http://localhost/&code_challenge=${challengeOf('right', 'S256')}`
  const { headers } = await api.get(`/oauth/authorize?${query}`, {})
  const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? ''
  const form = {
    grant_type: 'authorization_code',
    client_id: 'demo-client',
    redirect_uri: 'http://localhost/',
    code,
  }
  assert.equal((await token(api, { ...form, code_verifier: 'wrong' })).body.error, 'invalid_grant')
  assert.equal((await token(api, { ...form, code_verifier: 'right' })).body.error, 'invalid_grant')
})

const orgKey = 'x-babelforce-org-id'
const partner = [
  { says: 'sub-accounts are listed to the account’s own token', form: client, path: 'accounts', status: 200 },
  { says: 'a person’s token may not ask for them', form: password, path: 'accounts', status: 403 },
  { says: 'a key acts in its sub-account', form: client, path: 'agents', key: 'north', status: 200 },
  { says: 'a sub-account is no partner', form: client, path: 'accounts', key: 'north', status: 403 },
  { says: 'an unknown key is refused', form: client, path: 'agents', key: 'nowhere', status: 403 },
  { says: 'a person’s token may not act there', form: password, path: 'agents', key: 'north', status: 403 },
]

for (const { says, form, path, key, status } of partner) {
  test(`${says} (${status})`, async () => {
    await using api = await open()
    const { access_token } = (await token(api, { grant_type: 'client_credentials', ...form })).body
    const org = key === undefined ? {} : { [orgKey]: key }
    assert.equal(
      await statusWith(api, { authorization: `Bearer ${access_token}`, ...org }, `/api/v2/${path}`),
      status,
    )
  })
}

test('a grant refuses the key of a sub-account', async () => {
  await using api = await open()
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...client })
  const response = await fetch(`${api.url}/oauth/token`, {
    method: 'POST',
    headers: { [orgKey]: 'north' },
    body,
  })
  assert.equal(response.status, 400)
})
