import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { reply } from '../testing.ts'
import type { Call, Request } from '../types.ts'
import { beginCodeFlow } from './code-flow.ts'

const ORIGIN = 'https://services.babelforce.com'
const CLIENT = { clientId: 'mine', clientSecret: 'geheim', redirectUri: 'http://127.0.0.1:8080/done' }
const GRANT = { access_token: 'a', refresh_token: 'r' }

/** A flow, the parameters that its link holds, and what is asked of the API when it ends. */
function begin(client = CLIENT, grant: object = GRANT) {
  const flow = beginCodeFlow(ORIGIN, client)
  const asked: Request[] = []
  const call: Call = async (request, read) => {
    asked.push(request)
    return read(reply(200, grant))
  }
  const link = new URL(flow.url)
  const state = link.searchParams.get('state') ?? ''
  const finish = (answer: Record<string, string>) => flow.finish(new URLSearchParams(answer), call)
  return {
    link,
    state,
    finish,
    asked,
    form: () => Object.fromEntries(new URLSearchParams(asked[0]?.body ?? '')),
  }
}

test('the link leads to the sign-in of the API, with what ties its answer to us', () => {
  const { link } = begin()
  const { state = '', code_challenge = '', ...rest } = Object.fromEntries(link.searchParams)
  assert.equal(link.origin + link.pathname, `${ORIGIN}/oauth/authorize`)
  assert.deepEqual(rest, {
    response_type: 'code',
    client_id: 'mine',
    redirect_uri: CLIENT.redirectUri,
    scope: '*',
    code_challenge_method: 'S256',
  })
  assert.deepEqual(
    [Buffer.from(state, 'base64url').length, Buffer.from(code_challenge, 'base64url').length],
    [16, 32],
  )
})

test('no two sign-ins share what ties them to us', () => {
  const [one, other] = [begin().link.searchParams, begin().link.searchParams]
  assert.notEqual(one.get('state'), other.get('state'))
  assert.notEqual(one.get('code_challenge'), other.get('code_challenge'))
})

test('the code is exchanged for a refresh token, with the proof that we asked for it', async () => {
  const { link, state, finish, asked, form } = begin()
  assert.equal(await finish({ state, code: 'the-code' }), 'r')
  const { code_verifier = '', ...rest } = form()
  assert.deepEqual(rest, {
    grant_type: 'authorization_code',
    client_id: 'mine',
    client_secret: 'geheim',
    redirect_uri: CLIENT.redirectUri,
    access_type: 'offline',
    code: 'the-code',
  })
  assert.equal(
    createHash('sha256').update(code_verifier).digest('base64url'),
    link.searchParams.get('code_challenge'),
  )
  assert.equal(asked.length, 1)
})

test('a client without a secret sends none', async () => {
  const { state, finish, form } = begin({ ...CLIENT, clientSecret: '' })
  await finish({ state, code: 'c' })
  assert.equal('client_secret' in form(), false)
})

const refused: ReadonlyArray<{
  says: string
  answer: (state: string) => Record<string, string>
  message: RegExp
}> = [
  {
    says: 'of another sign-in',
    answer: () => ({ state: 'other', code: 'c' }),
    message: /does not belong to this sign-in/,
  },
  { says: 'without its state', answer: () => ({ code: 'c' }), message: /does not belong to this sign-in/ },
  {
    says: 'that says why',
    answer: state => ({ state, error: 'e', error_description: 'not today' }),
    message: /did not sign the user in: not today\.$/,
  },
  {
    says: 'that says why in a word',
    answer: state => ({ state, error: 'access_denied' }),
    message: /user in: access_denied\.$/,
  },
  { says: 'that says nothing', answer: state => ({ state }), message: /user in: no code came back\.$/ },
]
for (const { says, answer, message } of refused) {
  test(`an answer ${says} is an error for the user, and nothing is asked`, async () => {
    const { state, finish, asked } = begin()
    await assert.rejects(finish(answer(state)), { failure: 'config_error', message })
    assert.equal(asked.length, 0)
  })
}

test('a sign-in that brings no refresh token says what to ask for', async () => {
  const { state, finish } = begin(CLIENT, { access_token: 'a' })
  await assert.rejects(finish({ state, code: 'c' }), {
    failure: 'config_error',
    message: /offline access\.$/,
  })
})
