import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { Request } from '../simulator/request.ts'
import { type Said, startFront } from './harness/front.ts'
import type { Ended } from './harness/program.ts'
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

/** A custom stream with a state. */
const CUSTOM = {
  name: 'own_calls',
  method: 'GET',
  url: '/api/v2/calls/reporting/simple?time.start={window.start}&time.end={window.end}',
  date_format: 'epoch_seconds',
  data_path: '$.items[*]',
  pagination: { type: 'page', page_parameter: 'page', size_parameter: 'max' },
  primary_key: ['id'],
  cursor_field: 'dateCreated',
}
/** A stream of each way in which states are kept: by time, by time for each parent, by intervals, and a custom one. */
const STRATEGIES = ['calls', 'agent_logs', 'total_calls', CUSTOM.name]

/** Ways in which the API itself may lead elsewhere, and the custom stream that follows them. */
const LEADS: ReadonlyArray<{
  says: string
  lead: (to: string) => Said
  data_path: string
  pagination: object
}> = [
  {
    says: 'a redirect',
    lead: to => ({ status: 302, headers: { location: to } }),
    data_path: '$.items[*]',
    pagination: { type: 'none' },
  },
  {
    says: 'a redirect without a scheme',
    lead: to => ({ status: 307, headers: { location: to.replace('http:', '') } }),
    data_path: '$.items[*]',
    pagination: { type: 'none' },
  },
  {
    says: 'the address of a next page',
    lead: to => ({ status: 200, json: { items: [{ id: 1 }], next: to } }),
    data_path: '$.items[*]',
    pagination: { type: 'next_url', url_path: '$.next' },
  },
  {
    says: 'the link of a next page',
    lead: to => ({ status: 200, headers: { link: `<${to}>; rel="next"` }, json: [{ id: 1 }] }),
    data_path: '$[*]',
    pagination: { type: 'link_header' },
  },
]

for (const { says, lead, data_path, pagination } of LEADS) {
  test(`${says} that leads to another origin takes no org_key there`, async () => {
    const seen: Request[] = []
    await using simulator = await startSmall('documented', { watch: request => seen.push(request) })
    await using elsewhere = await otherServer()
    await using front = await startFront(simulator.url, ({ url }) =>
      url.startsWith('/api/v2/away') ? lead(`${elsewhere.url}/list`) : {},
    )
    const custom_streams = [{ name: 'away', method: 'GET', url: '/api/v2/away', data_path, pagination }]
    const config = suiteConfig(front, { credentials: { ...client, org_key: 'north' }, custom_streams })
    const ended = await read({ config, catalog: catalogOf(['away']) })
    assert.equal(ended.code, 1)
    assert.match(errorsOf(ended)[0]?.message, /redirects GET|is on another host/)
    assert.deepEqual(elsewhere.keys, [])
  })
}

test('the state of one account is not used for another', async () => {
  await using simulator = await startSmall('documented')
  const catalog = catalogOf(STRATEGIES, 'incremental')
  const inAccount = (org_key: string | undefined, state?: unknown) =>
    read({
      config: suiteConfig(simulator, { credentials: { ...client, org_key }, custom_streams: [CUSTOM] }),
      catalog,
      state,
    })
  const countsOf = (ended: Ended) => STRATEGIES.map(stream => recordsOf(ended, stream).length)
  const first = await inAccount('north')
  const all = countsOf(first)
  const state = lastStates(first)
  const again = countsOf(await inAccount('north', state))
  assert.ok(
    again.every((count, at) => count < (all[at] ?? 0)),
    `its own state is used: ${again} of ${all}`,
  )
  for (const other of ['south', undefined]) {
    const ended = await inAccount(other, state)
    assert.deepEqual(countsOf(ended), all)
    for (const stream of STRATEGIES)
      assert.match(ended.stdout, new RegExp(`${stream}: read from the start, .* has changed: org_key`))
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
