import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { Request } from '../simulator/request.ts'
import { startSmall, suiteConfig } from './harness/standard.ts'
import { catalogOf, errorsOf, lastStates, read, recordsOf } from './harness/sync.ts'

/** A partner's application that acts in one of its sub-accounts. Source: E10 for the states. */
const ORG = 'x-babelforce-org-id'
const client = { auth_type: 'client_credentials', client_id: 'demo-client', client_secret: 'demo-secret' }

test('org_key goes along on every call of the API, on no grant, and to no other origin', async () => {
  const seen: Request[] = []
  await using simulator = await startSmall('documented', { watch: request => seen.push(request) })
  await using elsewhere = await otherServer()
  const custom_streams = [
    { name: 'elsewhere', method: 'GET', url: `${elsewhere.url}/list`, data_path: '$.*' },
  ]
  const config = suiteConfig(simulator, { credentials: { ...client, org_key: 'north' }, custom_streams })
  const ended = await read({ config, catalog: catalogOf(['agents', 'elsewhere']) })
  assert.equal(ended.code, 0)
  const keys = (path: string) =>
    new Set(seen.filter(one => one.path.startsWith(path)).map(one => one.headers[ORG]))
  assert.deepEqual([...keys('/api/')], ['north'])
  assert.deepEqual([...keys('/oauth/')], [undefined])
  assert.deepEqual(elsewhere.keys, [undefined])
})

test('the state of one account is not used for another', async () => {
  await using simulator = await startSmall('documented')
  const catalog = catalogOf(['calls'], 'incremental')
  const inAccount = (org_key: string | undefined, state?: unknown) =>
    read({ config: suiteConfig(simulator, { credentials: { ...client, org_key } }), catalog, state })
  const all = recordsOf(await inAccount('north'), 'calls').length
  const state = lastStates(await inAccount('north'))
  assert.ok(recordsOf(await inAccount('north', state), 'calls').length < all, 'its own state is used')
  for (const other of ['south', undefined]) {
    const ended = await inAccount(other, state)
    assert.equal(recordsOf(ended, 'calls').length, all)
    assert.match(ended.stdout, /read from the start, since what its state was made for has changed: org_key/)
  }
})

const absent = [
  {
    says: 'a person’s token',
    credentials: { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' },
    faults: '',
  },
  { says: 'an account that is no partner', credentials: client, faults: 'no-partner' },
]

for (const { says, credentials, faults } of absent) {
  test(`${says} has no sub-accounts: one warning, no record, no failure`, async () => {
    await using simulator = await startSmall('documented', { faults })
    const ended = await read({
      config: suiteConfig(simulator, { credentials }),
      catalog: catalogOf(['sub_accounts']),
    })
    assert.deepEqual([ended.code, errorsOf(ended), recordsOf(ended, 'sub_accounts')], [0, [], []])
    const warnings = ended.messages.filter(({ log }) => log?.level === 'WARN')
    assert.equal(warnings.length, 1)
  })
}

async function otherServer() {
  const keys: unknown[] = []
  const server = createServer(({ headers }, response) => {
    keys.push(headers[ORG])
    response.setHeader('content-type', 'application/json').end('[{"id": 1}]')
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}
