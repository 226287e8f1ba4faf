import assert from 'node:assert/strict'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { JsonObject } from '../../src/json.ts'
import { createBench } from '../run/bench.ts'
import { createSync } from '../run/sync.ts'
import { connect } from '../testing/client.ts'
import { startHeldSignIn } from '../testing/held-sign-in.ts'

/** What happens when the person changes something while a request is on its way. */
const ROTATING = {
  auth_type: 'refresh_token',
  refresh_token: 'first-refresh-token',
  client_id: 'demo-client',
  client_secret: 'demo-secret',
}

test('a next token that comes after the host was changed goes to the file, and never to the new host', async () => {
  await using api = await startHeldSignIn()
  await using other = await startHeldSignIn()
  const file = await fileWith({ base_url: api.url, credentials: ROTATING })
  await using connected = await connect({ file })
  const testing = connected.ask('test', { stream: 'agents' })
  await api.begun
  await connected.ask('set', { path: ['base_url'], value: other.url })
  api.answer('second-refresh-token')
  await testing
  assert.deepEqual((await connected.ask('view')).value['kept'], [])
  await connected.ask('test', { stream: 'agents' })
  assert.equal(other.sent(), '')
  const { base_url, credentials } = JSON.parse(await readFile(file, 'utf8'))
  assert.deepEqual([base_url, credentials.refresh_token], [api.url, 'second-refresh-token'])
})

test('a next token does not get among credentials of another kind', async () => {
  await using api = await startHeldSignIn()
  const file = await fileWith({ base_url: api.url, credentials: ROTATING })
  await using connected = await connect({ file })
  const testing = connected.ask('test', { stream: 'agents' })
  await api.begun
  await connected.ask('set', { path: ['credentials', 'auth_type'], value: 'bearer' })
  await connected.ask('set', { path: ['credentials', 'bearer_token'], value: 'mine' })
  await connected.ask('write')
  api.answer('second-refresh-token')
  await testing
  const saved = JSON.parse(await readFile(file, 'utf8'))
  assert.deepEqual(saved.credentials, { auth_type: 'bearer', bearer_token: 'mine' })
})

test('what was set up before the connection changed requests nothing after it', async () => {
  const credentials = { auth_type: 'bearer', bearer_token: 'mine' }
  const bench = createBench(
    { config: { credentials }, file: undefined, folder: undefined, isDemo: false },
    new AbortController(),
  )
  const setup = bench.setUp()
  bench.held.change(['page_size'], 50)
  bench.open(setup, new Set(), new AbortController().signal)
  bench.held.change(['base_url'], 'http://127.0.0.1:1')
  for (const open of [bench.open, bench.share])
    assert.throws(() => open(setup, new Set(), new AbortController().signal), /connection was changed/)
})

test('while a sync runs its refresh token is not handed on', async () => {
  await using api = await startHeldSignIn()
  const file = await fileWith({ base_url: api.url, credentials: ROTATING })
  await using connected = await connect({ file, folder: await mkdtemp(join(tmpdir(), 'studio-')) })
  await connected.ask('sync', { streams: ['agents'] })
  await api.begun
  const { status, value } = await connected.ask('write')
  assert.equal(status, 422)
  assert.match(String(value['error']), /A sync is running with this refresh token/)
  api.answer('second-refresh-token')
  await connected.ask('sync-stop')
})

test('of two syncs that are started at once, one is', async () => {
  await using api = await startHeldSignIn()
  const credentials = { auth_type: 'client_credentials', client_id: 'demo-client', client_secret: 'demo' }
  const folder = await mkdtemp(join(tmpdir(), 'studio-'))
  const config = { base_url: api.url, credentials }
  const sync = createSync(
    createBench({ config, file: undefined, folder, isDemo: false }, new AbortController()),
  )
  const ends = await Promise.allSettled([sync.start(['agents'], []), sync.start(['agents'], [])])
  assert.deepEqual(
    ends.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  )
  assert.equal(sync.state().isRunning, true)
  sync.stop()
})

async function fileWith(config: JsonObject): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'studio-')), 'config.json')
  await writeFile(file, JSON.stringify(config))
  return file
}
