import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { startSimulator } from '../../../simulator/server.ts'
import { fixture } from '../fixtures.ts'
import { docker, folderWith, HARDENED, image } from './docker.ts'

const login = { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' }
const configFor = ({ url }: { url: string }) => ({ base_url: url, credentials: login })
const calls = (mode: string) => ({
  streams: [
    {
      stream: {
        name: 'calls',
        json_schema: { type: 'object', properties: {} },
        supported_sync_modes: [mode],
      },
      sync_mode: mode,
      destination_sync_mode: 'append',
    },
  ],
})

/** What Airbyte's pods do around a connector. Source: the platform's sync and job pods. */
const PODS = [
  {
    says: 'check with a relative path in /config',
    folder: '/config',
    script:
      '$AIRBYTE_ENTRYPOINT check --config connectionConfiguration.json > jobOutput.json; echo $? > exitCode.txt',
    expected: '"SUCCEEDED"',
  },
  {
    says: 'discover with a relative path in /config',
    folder: '/config',
    script:
      '$AIRBYTE_ENTRYPOINT discover --config connectionConfiguration.json > jobOutput.json; echo $? > exitCode.txt',
    expected: '"CATALOG"',
  },
  {
    says: 'read with a state in /source',
    folder: '/source',
    script:
      '($AIRBYTE_ENTRYPOINT read --config /source/connectionConfiguration.json --catalog /source/catalog.json ' +
      '--state /source/inputState.json > jobOutput.json; echo $? > exitCode.txt) & CHILD=$!; wait $CHILD',
    expected: '"COMPLETE"',
  },
]

for (const user of ['1000:1000', '4321:0', '0:0']) {
  for (const { says, folder, script, expected } of PODS) {
    test(`user ${user} runs ${says}, as the platform does`, async () => {
      await using simulator = await startSimulator({ calls: 200 })
      await using files = await folderWith({
        'connectionConfiguration.json': configFor(simulator),
        'catalog.json': calls('incremental'),
        'inputState.json': [],
      })
      const mount = ['--volume', `${files.path}:${folder}`, '--workdir', folder, '--user', user]
      const args = ['run', '--rm', ...HARDENED, ...mount, '--entrypoint', 'sh', image(), '-c', script]
      const ended = await docker(args)
      assert.deepEqual([ended.code, ended.stderr], [0, ''])
      assert.equal((await readFile(join(files.path, 'exitCode.txt'), 'utf8')).trim(), '0')
      assert.ok((await readFile(join(files.path, 'jobOutput.json'), 'utf8')).includes(expected))
    })
  }
}

test('without anything that can be written, not even /tmp, check works', async () => {
  await using simulator = await startSimulator()
  await using files = await folderWith({ 'config.json': configFor(simulator) })
  const mount = ['--volume', `${files.path}:/config:ro`, '--workdir', '/config']
  const limits = ['--read-only', '--cap-drop', 'ALL', '--network', 'host']
  const ended = await docker([
    'run',
    '--rm',
    ...limits,
    ...mount,
    image(),
    'check',
    '--config',
    'config.json',
  ])
  assert.equal(JSON.parse(ended.lines[0] ?? '').connectionStatus.status, 'SUCCEEDED')
})

test('the hardened container passes check, discover and a read of 100,000 calls in 256 MB', async t => {
  await using simulator = await startSimulator({ calls: 100_000, days: 60, prerendered: true })
  const catalog = calls('full_refresh')
  await using files = await folderWith({ 'config.json': configFor(simulator), 'catalog.json': catalog })
  const mount = ['--volume', `${files.path}:/config:ro`, '--workdir', '/config']
  const run = (args: readonly string[], onLine?: (line: string) => boolean) =>
    docker(['run', '--rm', ...HARDENED, ...mount, image(), ...args, '--config', 'config.json'], onLine)
  assert.match((await run(['check'])).lines.join(), /"SUCCEEDED"/)
  const discovered = JSON.parse((await run(['discover'])).lines.join(''))
  assert.ok(discovered.catalog.streams.length >= (await fixture('configured_catalog.json')).streams.length)
  let records = 0
  const begun = performance.now()
  const ended = await run(['read', '--catalog', 'catalog.json'], line => {
    const isRecord = line.startsWith('{"type":"RECORD"')
    if (isRecord) records++
    return !isRecord
  })
  t.diagnostic(`100,000 calls in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  assert.deepEqual([ended.code, records], [0, 100_000])
})

test('as the first process of its container it stops at SIGTERM: state, status, exit code 143', async () => {
  await using simulator = await startSimulator({ calls: 20_000, days: 60, latencyMs: 40 })
  const config = { ...configFor(simulator), concurrency: 1, window_days: 2 }
  await using files = await folderWith({ 'config.json': config, 'catalog.json': calls('incremental') })
  const name = `source-babelforce-${process.pid}`
  const mount = ['--volume', `${files.path}:/config:ro`, '--workdir', '/config', '--name', name]
  let asked = false
  const args = ['read', '--config', 'config.json', '--catalog', 'catalog.json']
  const ended = await docker(['run', '--rm', ...HARDENED, ...mount, image(), ...args], line => {
    const isState = line.startsWith('{"type":"STATE"')
    if (isState && !asked) void docker(['kill', '--signal', 'TERM', name])
    asked ||= isState
    return !line.startsWith('{"type":"RECORD"')
  })
  assert.equal(ended.code, 143)
  const said = ended.lines.map(line => JSON.parse(line))
  assert.ok(said.some(one => one.trace?.stream_status?.status === 'INCOMPLETE'))
  assert.ok(!said.some(one => one.trace?.stream_status?.status === 'COMPLETE'))
})
