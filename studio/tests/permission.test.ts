import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../../simulator/server.ts'
import type { JsonObject } from '../../src/json.ts'
import { connect, statsOf } from '../testing/client.ts'

const credentials = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }
const SYNC = '/api/v2/env-sync/agents'

test('the stream that changes data is listed, with the reason why it is not tested here', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  const agent_sync = { enabled: true, path: SYNC }
  await using connected = await connect({ config: { base_url: simulator.url, credentials, agent_sync } })
  const { value } = await connected.ask('open')
  const endpoint = (value['endpoints'] as JsonObject[]).find(({ name }) => name === 'agent_sync')
  assert.equal(endpoint?.['template'], 'Synchronize Agents')
  assert.match(String(endpoint?.['disabled']), /changes data/)
  const tested = await connected.ask('test', {
    stream: 'agent_sync',
    agreed: [`POST ${simulator.url}${SYNC}`],
  })
  assert.equal(tested.status, 422)
  assert.equal((await statsOf(simulator.url)).syncs, 0)
})

interface Row {
  readonly says: string
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly path?: string
  readonly rest?: JsonObject
}

const LOOKUP = {
  name: 'l',
  source: { type: 'values', column: 'c', values: ['agents', '../env-sync/agents'] },
}

const ROWS: readonly Row[] = [
  { says: 'as it is', url: SYNC },
  { says: 'by GET', url: SYNC, method: 'GET' },
  { says: 'with a query', url: `${SYNC}?a=1` },
  { says: 'as a full address', url: `URL${SYNC}` },
  { says: 'with a slash at the end', url: `${SYNC}/` },
  { says: 'with two slashes', url: '/api/v2//env-sync/agents' },
  { says: 'in other letters', url: '/api/v2/Env-Sync/AGENTS' },
  { says: 'in percent signs', url: '/api/v2/env%2Dsync/agents' },
  { says: 'in percent signs twice', url: '/api/v2/env%252Dsync/agents' },
  { says: 'around a corner', url: '/api/v2/x/../env-sync/agents' },
  { says: 'made by a macro', url: '/api/v2/env-sync/{l.c}', rest: { lookups: ['l'] } },
  { says: 'where the config has its own', url: '/own/sync', path: '/own/sync' },
]

for (const { says, url, method = 'POST', path, rest = {} } of ROWS) {
  test(`a custom stream may not request the path of the synchronization, ${says}`, async () => {
    await using simulator = await startSimulator({ agents: 3 })
    const stream = { name: 'mine', url: url.replace('URL', simulator.url), method, ...rest }
    const config: JsonObject = {
      base_url: simulator.url,
      credentials,
      custom_streams: [stream],
      lookups: [LOOKUP],
      ...(path === undefined ? {} : { agent_sync: { path } }),
    }
    await using connected = await connect({ config })
    const first = await connected.ask('test', { stream: 'mine' })
    const agreed = (first.value['asks'] as string[] | undefined) ?? []
    const { value } = agreed.length === 0 ? first : await connected.ask('test', { stream: 'mine', agreed })
    assert.match(JSON.stringify(value), /starts a synchronization of agents, which changes data/)
    const { syncs } = await statsOf(simulator.url)
    assert.equal(syncs, 0)
  })
}

test('a POST asks first, naming method and address, and again when either changes', async () => {
  await using simulator = await startSimulator({ calls: 5 })
  const search = { name: 'found', url: '/api/v2/demo/search', method: 'POST', body: '{}' }
  await using connected = await connect({
    config: { base_url: simulator.url, credentials, custom_streams: [search] },
  })
  const { value } = await connected.ask('test', { stream: 'found' })
  assert.deepEqual(value, { asks: [`POST ${simulator.url}/api/v2/demo/search`] })
  assert.equal((await statsOf(simulator.url)).total, 0)
  const agreed = await connected.ask('test', { stream: 'found', agreed: value['asks'] })
  assert.ok('tested' in agreed.value)
  assert.notEqual((await statsOf(simulator.url)).total, 0)
  await connected.ask('set', { path: ['custom_streams', 0, 'url'], value: '/api/v2/demo/other' })
  const again = await connected.ask('test', { stream: 'found', agreed: value['asks'] })
  assert.deepEqual(again.value, { asks: [`POST ${simulator.url}/api/v2/demo/other`] })
})

test('a POST of a parent or a lookup asks as well', async () => {
  await using simulator = await startSimulator({ calls: 5 })
  const config = {
    base_url: simulator.url,
    credentials,
    custom_streams: [
      { name: 'found', url: '/api/v2/demo/search', method: 'POST', body: '{}', data_path: '$.items[*]' },
      { name: 'child', url: '/api/v2/calls/{parent.id}', parent: 'found' },
      { name: 'looked_up', url: '/api/v2/calls/{l.id}', lookups: ['l'] },
      { name: 'grandchild', url: '/api/v2/calls/{parent.id}', parent: 'child' },
    ],
    lookups: [{ name: 'l', source: { type: 'stream', stream: 'found' } }],
  }
  await using connected = await connect({ config })
  for (const stream of ['child', 'looked_up', 'grandchild']) {
    const { value } = await connected.ask('test', { stream })
    assert.deepEqual(value, { asks: [`POST ${simulator.url}/api/v2/demo/search`] }, stream)
  }
  assert.equal((await statsOf(simulator.url)).total, 0)
})

test('a Check sends no POST of a custom stream', async () => {
  const paths: string[] = []
  await using watched = await startSimulator({
    calls: 5,
    watch: ({ method, path }) => paths.push(`${method} ${path}`),
  })
  const search = { name: 'found', url: '/api/v2/demo/search', method: 'POST', body: '{}' }
  await using connected = await connect({
    config: { base_url: watched.url, credentials, custom_streams: [search] },
  })
  await connected.ask('check')
  assert.deepEqual(
    paths.filter(one => one.startsWith('POST') && !one.includes('oauth')),
    [],
  )
})
