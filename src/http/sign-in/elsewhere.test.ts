import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BRISK } from '../retry/patience.ts'
import { retrying } from '../retry/retry.ts'
import { createTestClock, reply } from '../testing.ts'
import type { Reply, Send } from '../types.ts'
import { authorised, createIdentity } from './auth.ts'

const IGNORED = { onSecret: () => undefined, onRotated: async () => undefined }
const SCIM = '/auth/scim/v2/Users'

/** Asks one path of an API with a fixed token, and tells what was asked and what came of it. */
async function ask(path: string, api: (path: string, index: number) => Reply) {
  const asked: string[] = []
  const tokens = new Set<string | undefined>()
  const send: Send = async request => {
    tokens.add(request.headers?.['Authorization'])
    return api(request.path, asked.push(request.path) - 1)
  }
  const clock = createTestClock()
  const retry = { clock, patience: BRISK, signal: new AbortController().signal, onWait: () => undefined }
  const identity = createIdentity(
    { auth_type: 'bearer', bearer_token: 'x' },
    retrying(send, retry),
    clock,
    IGNORED,
  )
  const call = retrying(authorised(send, identity), retry)
  const error = await call({ method: 'GET', path, stream: 's' }, () => undefined).catch(cause => cause)
  return { asked, tokens: [...tokens], scope: error?.scope, status: error?.status, failure: error?.failure }
}

const rows: ReadonlyArray<{ says: string; others: Reply; scope: string; status: number | undefined }> = [
  {
    says: 'accepts the credentials: only the one path is closed',
    others: reply(200),
    scope: 'stream',
    status: 401,
  },
  {
    says: 'knows the user and lets him read nothing: only the one path is closed',
    others: reply(403),
    scope: 'stream',
    status: 401,
  },
  { says: 'refuses the credentials: nothing can succeed', others: reply(401), scope: 'run', status: 401 },
  {
    says: 'is not there: nobody knows, so it is no sign of absence',
    others: reply(404),
    scope: 'stream',
    status: undefined,
  },
  { says: 'leads elsewhere: nobody knows', others: reply(302), scope: 'stream', status: undefined },
]
for (const { says, others, scope, status } of rows) {
  test(`after a 401 another path ${says}`, async () => {
    const end = await ask(SCIM, path => (path === SCIM ? reply(401) : others))
    assert.deepEqual(end, {
      asked: [SCIM, '/api/v2/agents'],
      tokens: ['Bearer x'],
      scope,
      status,
      failure: 'config_error',
    })
  })
}

for (const [path, witness] of [
  ['/api/v2/agents', '/api/v2/queues'],
  ['/api/v2/agents?page=2', '/api/v2/queues'],
  ['/api/v2/queues', '/api/v2/agents'],
  ['/api/v2/agents/1', '/api/v2/agents'],
] as const) {
  test(`after a 401 at ${path}, ${witness} is asked`, async () => {
    assert.deepEqual((await ask(path, one => reply(one === path ? 401 : 200))).asked, [path, witness])
  })
}

for (const [says, trouble] of [
  ['a fault', reply(503)],
  ['a limit', reply(429, {}, { 'retry-after': '1' })],
] as const) {
  test(`where the other path answers with ${says}, all is asked again`, async () => {
    const { asked, scope } = await ask(SCIM, (path, index) => {
      if (path === SCIM) return reply(401)
      return index === 1 ? trouble : reply(200)
    })
    assert.deepEqual(asked, [SCIM, '/api/v2/agents', SCIM, '/api/v2/agents'])
    assert.equal(scope, 'stream')
  })
}
