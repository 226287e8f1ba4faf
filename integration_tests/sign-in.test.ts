import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startSimulator } from '../simulator/server.ts'
import { runProgram } from './harness/program.ts'
import { catalogOf, errorsOf, read } from './harness/sync.ts'

const MAIN = fileURLToPath(new URL('../dist/main.mjs', import.meta.url))

test('sign-in through a browser prints a config that works, and each sync saves the next refresh token', async () => {
  await using simulator = await startSimulator({ agents: 5 })
  const config = await signIn(simulator.url)
  assert.equal(config.credentials.auth_type, 'refresh_token')

  const first = await read({ config, catalog: catalogOf(['agents']) })
  assert.equal(first.code, 0, first.stdout)
  const types = first.messages.map(message => message.type)
  assert.ok(types.indexOf('CONTROL') < types.indexOf('RECORD'), 'the new token is saved before it is used')
  const saved = first.messages.find(message => message.type === 'CONTROL').control.connectorConfig.config
  assert.notEqual(saved.credentials.refresh_token, config.credentials.refresh_token)

  const second = await read({ config: saved, catalog: catalogOf(['agents']) })
  assert.equal(second.code, 0, second.stdout)

  const spent = await read({ config, catalog: catalogOf(['agents']) })
  assert.equal(spent.code, 1)
  assert.match(errorsOf(spent)[0].message, /Sign in again: this refresh token is spent, revoked/)
})

for (const { says, ...how } of [
  { says: 'on stdin', option: '-', stdin: 'demo-secret\n' },
  { says: 'on the command line, with a warning', option: 'demo-secret', warns: true },
])
  test(`the client secret may be given ${says}`, async () => {
    await using simulator = await startSimulator()
    assert.equal((await signIn(simulator.url, how)).credentials.client_secret, 'demo-secret')
  })

test('the community connector’s config works, and its new shape is saved', async () => {
  await using simulator = await startSimulator({ agents: 5 })
  const old = {
    base_url: simulator.url,
    access_key_id: 'demo-id',
    access_token: 'demo-token',
    region: 'services',
    date_created_from: 1_767_225_600,
  }
  const ended = await runProgram(['check', '--config', 'config.json'], { files: { 'config.json': old } })
  const saved = ended.messages.find(message => message.type === 'CONTROL').control.connectorConfig.config
  assert.deepEqual(saved, {
    base_url: simulator.url,
    environment: 'services',
    start_date: '2026-01-01T00:00:00.000Z',
    credentials: { auth_type: 'access_token', access_id: 'demo-id', access_token: 'demo-token' },
  })
  const status = ended.messages.find(message => message.type === 'CONNECTION_STATUS').connectionStatus
  assert.equal(status.status, 'SUCCEEDED')
})

/** Runs sign-in, plays the browser, and gives back the config it prints. */
async function signIn(url: string, { option = 'env:SECRET', stdin = '', warns = false } = {}) {
  const args = ['sign-in', '--base-url', url, '--client-id', 'demo-client', '--client-secret', option]
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, SECRET: 'demo-secret' } })
  child.stdin.end(stdin)
  let told = ''
  let printed = ''
  child.stdout.on('data', text => {
    printed += text
  })
  for await (const text of child.stderr) {
    told += text
    const link = /http\S+\/oauth\/authorize\S+/.exec(told)?.[0]
    if (link === undefined || !told.includes('Waiting')) continue
    assert.match(await (await fetch(link)).text(), /You can close this window/)
    break
  }
  if (child.exitCode === null) await once(child, 'close')
  assert.equal(child.exitCode, 0, told)
  assert.equal(told.startsWith('Warning: the value of --client-secret can be seen'), warns)
  return JSON.parse(printed)
}
