import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BRISK } from '../retry/patience.ts'
import { retrying } from '../retry/retry.ts'
import { createTestClock, reply } from '../testing.ts'
import type { Send } from '../types.ts'
import { authorised, createIdentity } from './auth.ts'
import type { Credentials } from './credentials.ts'

const PASSWORD: Credentials = { auth_type: 'password', username: 'ada', password: 'geheim' }
const IGNORED = { onSecret: () => undefined, onRotated: async () => undefined }
const GET = { method: 'GET', path: '/api/v2/agents' } as const

/** A signed-in way to an API that grants token-1, token-2 ... of which it accepts what `accepts` says. */
function open(accepts: (token: string) => boolean, expiry: Record<string, unknown> = { expires_in: 3600 }) {
  const clock = createTestClock({ now: 1_000_000 })
  const asked: string[] = []
  const grants = () => asked.filter(one => one === 'grant').length
  const api: Send = async ({ path, headers }) => {
    const token = headers?.['Authorization'] ?? 'none'
    asked.push(path === '/oauth/token' ? 'grant' : token)
    if (path === '/oauth/token') return reply(200, { access_token: `token-${grants()}`, ...expiry })
    return reply(accepts(token) ? 200 : 401)
  }
  const retry = { clock, patience: BRISK, signal: new AbortController().signal, onWait: () => undefined }
  const send = authorised(api, createIdentity(PASSWORD, retrying(api, retry), clock, IGNORED))
  return { clock, asked, grants, get: async () => (await send(GET)).status }
}

const expiries = [
  { says: 'of an hour is renewed 30 s before its end', in: { expires_in: 3600 }, out: 3_570_000 },
  { says: 'whose hour is told as text is no different', in: { expires_in: '3600' }, out: 3_570_000 },
  { says: 'without an end is taken to last an hour', in: {}, out: 3_570_000 },
  { says: 'that lasts for nothing is taken to last an hour', in: { expires_in: 0 }, out: 3_570_000 },
  { says: 'that lasts for less is taken to last an hour', in: { expires_in: -1 }, out: 3_570_000 },
  { says: 'whose end makes no sense is taken to last an hour', in: { expires_in: 'soon' }, out: 3_570_000 },
  { says: 'of a minute is renewed at half of it', in: { expires_in: 60 }, out: 30_000 },
  { says: 'of a few seconds is still used for half of them', in: { expires_in: 10 }, out: 5_000 },
]

for (const row of expiries) {
  test(`a token ${row.says}`, async () => {
    const { clock, asked, get } = open(() => true, row.in)
    await get()
    clock.advance(row.out - 1)
    await get()
    assert.deepEqual(asked, ['grant', 'Bearer token-1', 'Bearer token-1'])
    clock.advance(1)
    await get()
    assert.deepEqual(asked.slice(3), ['grant', 'Bearer token-2'])
  })
}

test('many requests after the end of a token wait for one renewal', async () => {
  const { clock, asked, get } = open(() => true)
  await get()
  clock.advance(3_600_000)
  await Promise.all([get(), get(), get()])
  assert.deepEqual(asked.slice(2), ['grant', ...Array(3).fill('Bearer token-2')])
})

test('a 401 renews the token and sends the request again', async () => {
  const { asked, get } = open(token => token !== 'Bearer token-1')
  assert.equal(await get(), 200)
  assert.deepEqual(asked, ['grant', 'Bearer token-1', 'grant', 'Bearer token-2'])
})

test('a token is renewed up to three times for one request', async () => {
  const { grants, get } = open(token => token === 'Bearer token-4')
  assert.equal(await get(), 200)
  assert.equal(grants(), 4)
})

test('a 401 after three renewals is the answer, once another path was asked', async () => {
  const { asked, grants, get } = open(() => false)
  assert.equal(await get(), 401)
  assert.equal(grants(), 4)
  assert.deepEqual(asked.slice(-3), ['grant', 'Bearer token-4', 'Bearer token-4'])
})

test('many requests that get a 401 at once share one renewal', async () => {
  const { asked, grants, get } = open(token => token !== 'Bearer token-1')
  assert.deepEqual(await Promise.all([get(), get(), get(), get()]), [200, 200, 200, 200])
  assert.equal(grants(), 2)
  assert.equal(asked.filter(one => one === 'Bearer token-2').length, 4)
})

test('a 401 that comes in late, for a token that is renewed already, renews nothing', async () => {
  let late = () => {}
  const held = new Promise<void>(resolve => {
    late = resolve
  })
  const clock = createTestClock()
  const tokens: string[] = []
  let grants = 0
  const api: Send = async ({ path, headers, query }) => {
    if (path === '/oauth/token') return reply(200, { access_token: `token-${++grants}` })
    const token = String(headers?.['Authorization'])
    tokens.push(token)
    if (token === 'Bearer token-1' && query?.['late'] === true) await held
    return reply(token === 'Bearer token-1' ? 401 : 200)
  }
  const retry = { clock, patience: BRISK, signal: new AbortController().signal, onWait: () => undefined }
  const send = authorised(api, createIdentity(PASSWORD, retrying(api, retry), clock, IGNORED))
  const slow = send({ ...GET, query: { late: true } })
  assert.equal((await send(GET)).status, 200)
  late()
  assert.equal((await slow).status, 200)
  assert.deepEqual(tokens, ['Bearer token-1', 'Bearer token-1', 'Bearer token-2', 'Bearer token-2'])
  assert.equal(grants, 2)
})
