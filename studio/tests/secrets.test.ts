import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startSimulator } from '../../simulator/server.ts'
import type { JsonObject } from '../../src/json.ts'
import { connect, statsOf } from '../testing/client.ts'

const PASSWORD = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }

/** A config with a secret in every place that may hold one. */
function fullConfig(base_url: string): JsonObject {
  return {
    base_url,
    credentials: { ...PASSWORD, client_secret: 'stray-client-secret' },
    custom_streams: [
      { name: 'mine', url: '/api/v2/agents?api_key=query-secret-1', headers: 'X-Api-Key:header-secret-1' },
      { name: 'found', url: '/api/v2/demo/search', method: 'POST', body: '{"token": "body-secret-1"}' },
    ],
    access: 'unknown-secret-1',
  }
}

const SECRETS = [
  'demo-password',
  'stray-client-secret',
  'query-secret-1',
  'header-secret-1',
  'body-secret-1',
  'unknown-secret-1',
]

test('no call says a secret, whatever it shows', async () => {
  await using simulator = await startSimulator({ calls: 20, agents: 3 })
  await using connected = await connect({ config: fullConfig(simulator.url) })
  const agreed = [`POST ${simulator.url}/api/v2/demo/search`]
  const calls: readonly (readonly [string, object])[] = [
    ['open', {}],
    ['check', {}],
    ['test', { stream: 'mine' }],
    ['test', { stream: 'found' }],
    ['test', { stream: 'found', agreed }],
    ['save', { streams: ['mine', 'agents'] }],
    ['macros', { at: 0 }],
    ['set', { path: ['custom_streams', 0, 'headers'], value: 'no-colon-header-secret-1' }],
    ['set', { path: ['credentials', 'auth_type'], value: 'nonsense' }],
    ['test', { stream: 'mine' }],
    ['write', {}],
  ]
  for (const [call, body] of calls) {
    const { value } = await connected.ask(call, body)
    for (const secret of SECRETS)
      if (!JSON.stringify(body).includes(secret))
        assert.ok(!JSON.stringify(value).includes(secret), `${call} says ${secret}: ${JSON.stringify(value)}`)
  }
})

test('a secret that the API sends back is masked in records, the raw response, addresses and errors', async () => {
  await using simulator = await startSimulator({ calls: 5, agents: 3 })
  await using plain = await connect({ config: { base_url: simulator.url, credentials: PASSWORD } })
  const agents = await plain.ask('test', { stream: 'agents' })
  const name = String((agents.value as unknown as Tested).tested.records[0]?.['name'])
  const config = {
    base_url: simulator.url,
    credentials: PASSWORD,
    custom_streams: [
      { name: 'mine', url: `/api/v2/agents?password=${encodeURIComponent(name)}`, data_path: '$.items[*]' },
    ],
  }
  await using connected = await connect({ config })
  const { value } = await connected.ask('test', { stream: 'mine' })
  const { tested } = value as unknown as Tested
  assert.ok(tested.records.length > 0)
  assert.ok(!JSON.stringify(tested).includes(name), 'the name that is a secret here')
  assert.match(tested.raw, /\*\*\*\*/)
})

interface Tested {
  readonly tested: { readonly records: readonly JsonObject[]; readonly raw: string; readonly error?: string }
}

test('a secret in a long body is masked although the body is cut in its midst', async () => {
  await using simulator = await startSimulator({ calls: 5 })
  const body = `{"words": "${'a'.repeat(1965)}", "token": "body-secret-1"}`
  const found = { name: 'found', url: '/api/v2/demo/search', method: 'POST', body }
  const config = { base_url: simulator.url, credentials: PASSWORD, custom_streams: [found] }
  await using connected = await connect({ config })
  const agreed = [`POST ${simulator.url}/api/v2/demo/search`]
  const { value } = await connected.ask('test', { stream: 'found', agreed })
  assert.match(JSON.stringify(value), /a{100}/)
  assert.doesNotMatch(JSON.stringify(value), /body-/)
})

test('nothing is requested until the person clicks Check, Test or Sync', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  await using connected = await connect({ config: fullConfig(simulator.url) })
  for (const [call, body] of [
    ['open', {}],
    ['set', { path: ['custom_streams', 0, 'url'], value: '/api/v2/agents?x=1' }],
    ['macros', { at: 0 }],
    ['save', { streams: ['mine', 'agents'] }],
  ] as const)
    assert.equal((await connected.ask(call, body)).status, 200, call)
  assert.equal((await statsOf(simulator.url)).total, 0)
  await connected.ask('test', { stream: 'agents' })
  assert.notEqual((await statsOf(simulator.url)).total, 0)
})

test('after the host changed, no request carries what was kept', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  await using other = await startSimulator({ agents: 3 })
  await using connected = await connect({ config: fullConfig(simulator.url) })
  const { value } = await connected.ask('set', { path: ['base_url'], value: other.url })
  assert.deepEqual(value['kept'], [])
  assert.match(String(value['notices']), /secrets that were kept are dropped/)
  for (const [call, body] of [
    ['check', {}],
    ['test', { stream: 'agents' }],
    ['test', { stream: 'mine' }],
  ] as const)
    await connected.ask(call, body)
  assert.equal((await statsOf(other.url)).total, 0)
  await connected.ask('set', { path: ['base_url'], value: simulator.url })
  const { value: tested } = await connected.ask('test', { stream: 'agents' })
  assert.match(String(tested['error']), /needs password/)
})

test('secrets are written to the file that was named at start, and nowhere else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-'))
  const file = join(folder, 'config.json')
  await writeFile(file, JSON.stringify({ credentials: PASSWORD }), { mode: 0o644 })
  await using connected = await connect({ file })
  await connected.ask('set', { path: ['environment'], value: 'services' })
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), { credentials: PASSWORD })
  const { status } = await connected.ask('write', { file: join(folder, 'other.json'), path: '/tmp/x' })
  assert.equal(status, 200)
  assert.deepEqual(await readdir(folder), ['config.json'])
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), {
    credentials: PASSWORD,
    environment: 'services',
  })
})

test('without such a file nothing is saved', async () => {
  await using connected = await connect({ config: { credentials: PASSWORD } })
  const { status, value } = await connected.ask('write')
  assert.equal(status, 422)
  assert.match(String(value['error']), /use --config FILE/)
})
