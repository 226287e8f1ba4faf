import assert from 'node:assert/strict'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startSimulator } from '../../simulator/server.ts'
import type { JsonObject } from '../../src/json.ts'
import { type Connected, connect, statsOf } from '../testing/client.ts'
import type { SyncState } from '../wire.ts'

const credentials = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }
const ROTATING = {
  auth_type: 'refresh_token',
  refresh_token: 'demo-refresh-token',
  client_id: 'demo-client',
  client_secret: 'demo-secret',
}

test('Check, Test and Sync sign in once', async () => {
  await using simulator = await startSimulator({ calls: 20, agents: 3 })
  const folder = await newFolder()
  await using connected = await connect({ config: { base_url: simulator.url, credentials }, folder })
  await connected.ask('check')
  await connected.ask('test', { stream: 'agents' })
  await connected.ask('sync', { streams: ['agents', 'calls'] })
  const state = await ended(connected)
  assert.match(String(state.outcome), /^Finished: 23 records/)
  assert.equal((await statsOf(simulator.url)).grants, 1)
})

test('a Sync with a rotating token leaves its successor in the file, and goes on with it afterwards', async () => {
  const folder = await newFolder()
  const file = join(folder, 'config.json')
  await using simulator = await startSimulator({ agents: 3 })
  await writeFile(file, JSON.stringify({ base_url: simulator.url, credentials: ROTATING }))
  await using connected = await connect({ file, folder: join(folder, 'data') })
  await connected.ask('sync', { streams: ['agents'] })
  assert.match(String((await ended(connected)).outcome), /^Finished/)
  const saved = JSON.parse(await readFile(file, 'utf8')).credentials
  assert.notEqual(saved.refresh_token, ROTATING.refresh_token)
  const { value } = await connected.ask('check')
  assert.equal(value['error'], undefined)
  assert.equal((await statsOf(simulator.url)).grants, 1)
})

test('the stream that changes data cannot be chosen', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  const agent_sync = { enabled: true, path: '/api/v2/env-sync/agents' }
  const config = { base_url: simulator.url, credentials, agent_sync }
  await using connected = await connect({ config, folder: await newFolder() })
  const { status, value } = await connected.ask('sync', { streams: ['agents', 'agent_sync'] })
  assert.equal(status, 422)
  assert.match(String(value['error']), /changes data/)
  assert.deepEqual(await statsOf(simulator.url).then(({ syncs, total }) => [syncs, total]), [0, 0])
})

test('a macro that makes the path of the synchronization ends in an error, and not in a synchronization', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  const config: JsonObject = {
    base_url: simulator.url,
    credentials,
    custom_streams: [{ name: 'mine', url: '/api/v2/env-sync/{l.c}', method: 'POST', lookups: ['l'] }],
    lookups: [{ name: 'l', source: { type: 'values', column: 'c', values: ['agents'] } }],
  }
  await using connected = await connect({ config, folder: await newFolder() })
  const { value } = await connected.ask('sync', { streams: ['mine'] })
  assert.equal((value['asks'] as string[]).length, 1)
  await connected.ask('sync', { streams: ['mine'], agreed: value['asks'] })
  const state = await ended(connected)
  assert.match(JSON.stringify(state), /starts a synchronization of agents/)
  assert.equal((await statsOf(simulator.url)).syncs, 0)
})

test('a POST asks first, naming method and address', async () => {
  await using simulator = await startSimulator({ calls: 5 })
  const search = {
    name: 'found',
    url: '/api/v2/demo/search',
    method: 'POST',
    body: '{}',
    data_path: '$.items[*]',
  }
  const config = { base_url: simulator.url, credentials, custom_streams: [search] }
  await using connected = await connect({ config, folder: await newFolder() })
  const { value } = await connected.ask('sync', { streams: ['found'] })
  assert.deepEqual(value, { asks: [`POST ${simulator.url}/api/v2/demo/search`] })
  assert.equal((await statsOf(simulator.url)).total, 0)
})

test('a Sync writes to the folder that was named at start, whatever the page says', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  const other = join(await newFolder(), 'other')
  await using connected = await connect({ config: { base_url: simulator.url, credentials } })
  const { status, value } = await connected.ask('sync', { streams: ['agents'], into: other, folder: other })
  assert.equal(status, 422)
  assert.match(String(value['error']), /use --into DIR/)
})

test('a Sync that is stopped keeps what it has read, and says so', async () => {
  await using simulator = await startSimulator({ calls: 2000, latencyMs: 40 })
  const config = { base_url: simulator.url, credentials, page_size: 10, concurrency: 1 }
  await using connected = await connect({ config, folder: await newFolder() })
  await connected.ask('sync', { streams: ['calls'] })
  const again = await connected.ask('sync', { streams: ['calls'] })
  assert.match(String(again.value['error']), /A sync is running/)
  await connected.ask('sync-stop')
  const state = await ended(connected)
  assert.match(String(state.outcome), /^Stopped: .*The next sync goes on from here/)
})

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'studio-'))
}

/** The state of the sync once it is over. */
async function ended(connected: Connected): Promise<SyncState> {
  for (;;) {
    const { value } = await connected.ask('sync-state')
    const state = value['state'] as unknown as SyncState
    if (!state.isRunning) return state
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
