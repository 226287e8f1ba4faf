import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startSimulator } from '../../simulator/server.ts'
import type { JsonObject } from '../../src/json.ts'
import { connect, statsOf } from '../testing/client.ts'

const PASSWORD = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }
const ROTATING = {
  auth_type: 'refresh_token',
  refresh_token: 'demo-refresh-token',
  client_id: 'demo-client',
  client_secret: 'demo-secret',
}

test('Check and Test sign in once, whatever else is changed in between', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  await using connected = await connect({ config: { base_url: simulator.url, credentials: PASSWORD } })
  await connected.ask('check')
  await connected.ask('test', { stream: 'agents' })
  await connected.ask('set', { path: ['page_size'], value: 50 })
  await connected.ask('test', { stream: 'queues' })
  assert.equal((await statsOf(simulator.url)).grants, 1)
  await connected.ask('set', { path: ['credentials', 'username'], value: 'agent@example.com' })
  await connected.ask('test', { stream: 'current_agent_conference' })
  assert.equal((await statsOf(simulator.url)).grants, 2)
})

test('a rotating token is refused without a file to save its successor to', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  await using connected = await connect({ config: { base_url: simulator.url, credentials: ROTATING } })
  const checked = await connected.ask('check')
  assert.match(String(checked.value['error']), /only once.*--config FILE/)
  const tested = await connected.ask('test', { stream: 'agents' })
  assert.match(String(tested.value['error']), /only once.*--config FILE/)
  assert.equal((await statsOf(simulator.url)).total, 0)
})

test('the successor of a rotating token is in the file before the next request leaves', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'studio-')), 'config.json')
  const seen: string[] = []
  await using simulator = await startSimulator({
    agents: 3,
    watch: ({ path }) => {
      if (path.startsWith('/api')) seen.push(tokenIn(readNow(file)))
    },
  })
  await writeFile(file, JSON.stringify({ base_url: simulator.url, credentials: ROTATING, page_size: 7 }))
  await using connected = await connect({ file })
  await connected.ask('set', { path: ['page_size'], value: 50 })
  const { value } = await connected.ask('test', { stream: 'agents' })
  assert.equal((value['tested'] as JsonObject)['error'], undefined)
  assert.ok(seen.length > 0)
  for (const token of seen) assert.notEqual(token, ROTATING.refresh_token)
  const saved = JSON.parse(await readFile(file, 'utf8'))
  assert.equal(saved.page_size, 7, 'what was not saved yet is not saved by this')
  await connected.ask('check')
  assert.equal((await statsOf(simulator.url)).grants, 1)
})

test('after Save a rotating token belongs to the file, and is not used here until a new sign-in', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'studio-')), 'config.json')
  await using simulator = await startSimulator({ agents: 3 })
  await writeFile(file, JSON.stringify({ base_url: simulator.url, credentials: ROTATING }))
  await using connected = await connect({ file })
  const { value } = await connected.ask('write')
  assert.match(String(value['notices']), /one owner.*has stopped using it/)
  const before = (await statsOf(simulator.url)).total
  for (const [call, body] of [
    ['check', {}],
    ['test', { stream: 'agents' }],
  ] as const)
    assert.match(JSON.stringify((await connected.ask(call, body)).value), /one owner/)
  await connected.ask('set', { path: ['credentials', 'org_key'], value: 'north' })
  assert.match(JSON.stringify((await connected.ask('check')).value), /one owner/)
  await connected.ask('set', { path: ['credentials', 'org_key'], value: null })
  assert.equal((await statsOf(simulator.url)).total, before)
  await connected.ask('set', { path: ['credentials', 'refresh_token'], value: 'demo-refresh-token' })
  const { value: checked } = await connected.ask('check')
  assert.equal(checked['error'], undefined)
})

test('signing in through the browser has its own listener, and the token stays out of the page', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'studio-')), 'config.json')
  await using simulator = await startSimulator({ agents: 3 })
  await writeFile(file, JSON.stringify({ base_url: simulator.url }))
  await using connected = await connect({ file })
  const client = { client_id: 'demo-client', client_secret: 'demo-secret' }
  const { value } = await connected.ask('sign-in', client)
  const address = new URL(String(value['address']))
  assert.notEqual(new URL(address.searchParams.get('redirect_uri') ?? '').origin, connected.studio.origin)
  const waiting = connected.ask('signed-in')
  await fetch(address)
  const { value: view } = await waiting
  assert.match(String(view['notices']), /You are signed in/)
  assert.deepEqual(view['kept'], ['credentials.refresh_token', 'credentials.client_secret'])
  const { value: checked } = await connected.ask('check')
  assert.equal(checked['error'], undefined)
  const token = tokenIn(await readFile(file, 'utf8'))
  assert.ok(token.length > 0 && !JSON.stringify([value, view, checked]).includes(token))
})

function tokenIn(text: string): string {
  return JSON.parse(text).credentials?.refresh_token ?? ''
}

function readNow(file: string): string {
  return readFileSync(file, 'utf8')
}
