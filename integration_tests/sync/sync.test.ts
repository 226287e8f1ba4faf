import assert from 'node:assert/strict'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { test } from 'node:test'
import { startSimulator } from '../../simulator/server.ts'
import { flawsOf, idsInView, makeFolder, manifestOf, partSaved, queryViews } from '../harness/folder.ts'
import { advance, catalogOf, configFor, idsOf, read, recordsOf } from '../harness/sync.ts'

const WORLD = { calls: 700, agents: 130, lists: 4, leads: 40 }
const STREAMS = ['calls', 'agents', 'conversations', 'outbound_lists', 'total_agents']

/** The streams of the folder whose ids in DuckDB are not those of the world. */
async function unlike(folder: { readonly path: string }, simulator: { readonly url: string }) {
  const streams = ['calls', 'agents', 'conversations', 'outbound_lists']
  const pairs = await Promise.all(
    streams.map(
      async name => [name, await idsInView(folder, name), (await idsOf(simulator, name)).sort()] as const,
    ),
  )
  return pairs.filter(([, ours, theirs]) => ours.join() !== theirs.join()).map(([name]) => name)
}

for (const gzip of [[], ['--gzip']]) {
  test(`after each of two syncs the views in DuckDB hold what the world does ${gzip}`, async () => {
    await using simulator = await startSimulator(WORLD)
    await using folder = await makeFolder(configFor(simulator))
    const args = ['--streams', STREAMS.join(), ...gzip]
    const first = await folder.sync(args)
    assert.equal(first.code, 0, first.stderr)
    assert.match(first.stdout, /^calls +700 +\d+ +complete +calls\/\d{8}T\d{6}Z-1\.jsonl/m)
    assert.deepEqual([await unlike(folder, simulator), await flawsOf(folder)], [[], []])

    await advance(simulator, 'calls=250&agents=2')
    const second = await folder.sync(args)
    assert.equal(second.code, 0, second.stderr)
    assert.deepEqual([await unlike(folder, simulator), await flawsOf(folder)], [[], []])
    const { streams, syncs } = await manifestOf(folder)
    assert.deepEqual([syncs, streams.calls.files.length, streams.agents.files.length], [2, 2, 1])
    assert.deepEqual(await queryViews(folder, ['SELECT count(*) FROM total_agents']), [[['2']]])
    assert.deepEqual(await readdir(`${folder.path}/.unfinished`), [])
  })
}

test('without names it reads the suggested streams that cost few requests, and says which', async () => {
  await using simulator = await startSimulator({ calls: 20, agents: 3 })
  await using folder = await makeFolder(configFor(simulator))
  const ended = await folder.sync([])
  assert.equal(ended.code, 0, ended.stderr)
  assert.match(ended.stderr, /^Reading calls, call_records, agents, queues, users, /)
  assert.doesNotMatch(ended.stderr, /total_calls|agent_details/)
})

test('of two syncs at once the second says so and ends, and the first is not disturbed', async () => {
  await using simulator = await startSimulator({ calls: 200, faults: 'status-503@/api' })
  await using folder = await makeFolder(configFor(simulator))
  const second = Promise.withResolvers<Awaited<ReturnType<typeof folder.sync>>>()
  const args = ['--streams', 'calls']
  const recover = () => fetch(`${simulator.url}/__faults?list=`, { method: 'POST' })
  const first = await folder.sync(args, {
    env: { SOURCE_BABELFORCE_PATIENCE: '0.05' },
    onStderr: text => text.startsWith('Reading') && second.resolve(folder.sync(args).finally(recover)),
  })
  const { code, stderr } = await second.promise
  assert.equal(code, 1)
  assert.match(stderr, /^Another sync is writing to .*data\. Wait until it ends, or choose another folder/)
  assert.equal(first.code, 0, first.stderr)
  assert.equal((await idsInView(folder, 'calls')).length, 200)
})

test('a sync that is stopped keeps what it has, ends by the signal, and the next goes on', async () => {
  await using simulator = await startSimulator({ calls: 20_000, latencyMs: 20 })
  await using folder = await makeFolder(configFor(simulator))
  const env = { SOURCE_BABELFORCE_SAVE_EVERY_MS: '0' }
  const args = ['--streams', 'calls']
  const stopped = await folder.sync(args, { env, kill: { signal: 'SIGTERM', at: () => partSaved(folder) } })
  assert.deepEqual([stopped.code, stopped.signal], [null, 'SIGTERM'], stopped.stderr)
  const { streams } = await manifestOf(folder)
  assert.equal(streams.calls.last_sync.complete, false)
  const kept = streams.calls.files.reduce((sum: number, file: { records: number }) => sum + file.records, 0)
  const next = await folder.sync(args, { env })
  assert.equal(next.code, 0, next.stderr)
  assert.equal((await idsInView(folder, 'calls')).length, 20_000)
  assert.ok(kept > 0)
})

test('a list that cannot be read whole does not replace the one that was', async () => {
  await using simulator = await startSimulator({ agents: 250 })
  await using folder = await makeFolder(configFor(simulator))
  const args = ['--streams', 'agents']
  assert.equal((await folder.sync(args)).code, 0)
  await using broken = await startSimulator({ agents: 250, faults: 'not-a-list@/api/v2/agents' })
  await folder.write('config.json', JSON.stringify(configFor(broken)))
  await folder.write(
    'data/manifest.json',
    (await folder.read('data/manifest.json')).replace(simulator.url, broken.url),
  )
  const ended = await folder.sync(args)
  assert.equal(ended.code, 1)
  assert.match(ended.stderr, /^Error: .*where a list of records was expected/m)
  assert.match(ended.stdout, /^agents +0 +\d+ +incomplete$/m)
  assert.equal((await idsInView(folder, 'agents')).length, 250)
  assert.deepEqual(await flawsOf(folder), [])
})

test('state.json is what read takes', async () => {
  await using simulator = await startSimulator({ calls: 40 })
  await using folder = await makeFolder(configFor(simulator))
  await folder.sync(['--streams', 'calls'])
  const state = JSON.parse(await folder.read('data/state.json'))
  await advance(simulator, 'calls=5')
  const catalog = catalogOf(['calls'], 'incremental')
  const ended = await read({ config: configFor(simulator, { lookback_hours: 1 }), catalog, state })
  assert.ok(recordsOf(ended, 'calls').length < 20, String(recordsOf(ended, 'calls').length))
})

const REFUSED = [
  {
    says: 'a stream that does not exist',
    args: ['--streams', 'agents,queus'],
    stderr: /^There is no stream queus\. Did you mean queues\?$/m,
  },
  {
    says: 'to leave out a custom stream that is not right, and says all that is wrong',
    config: {
      custom_streams: [
        { name: 'mine', url: 'agents' },
        { name: 'yours', url: '/x', data_path: 'items' },
      ],
    },
    args: [],
    stderr: /\(mine\)\.url must be a path.*\(yours\)\.data_path is not a JSONPath/m,
  },
  { says: 'no name', args: ['--streams', ','], stderr: /^--streams takes names with commas between them/m },
  {
    says: 'a folder that cannot be made',
    args: ['--into', '/dev/null/data'],
    stderr: /^\/dev\/null\/data cannot be written: a part of the path is a file\./m,
  },
  {
    says: 'a refresh token without a place for the next one',
    config: { credentials: { auth_type: 'refresh_token', refresh_token: 'x', client_id: 'y' } },
    args: [],
    stderr: /^This config has a refresh token.*--save-config/m,
  },
] as const

for (const { says, args, stderr, ...more } of REFUSED)
  test(`it refuses ${says}`, async () => {
    await using simulator = await startSimulator({ agents: 3 })
    await using folder = await makeFolder({
      ...configFor(simulator),
      ...('config' in more ? more.config : {}),
    })
    const ended = await folder.sync(args)
    assert.deepEqual([ended.code, ended.stdout], [1, ''])
    assert.match(ended.stderr, stderr)
  })

test('a folder that has lost its manifest is left alone, and so is one that cannot be written', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  await using folder = await makeFolder(configFor(simulator))
  const args = ['--streams', 'agents']
  await folder.sync(args)
  await rename(`${folder.path}/manifest.json`, `${folder.path}/kept`)
  const { code, stderr } = await folder.sync(args)
  assert.equal(code, 1)
  assert.match(stderr, /manifest\.json is gone, though syncs have written to this folder\. Put it back, or/)

  await rename(`${folder.path}/kept`, `${folder.path}/manifest.json`)
  await mkdir(`${folder.path}/manifest.json.next`)
  const refused = await folder.sync(args)
  assert.equal(refused.code, 1)
  assert.match(
    refused.stderr,
    /^.*manifest\.json\.next cannot be written: the system says EISDIR\. Fix that, or/m,
  )
})

test('a folder with the data of another account is left alone', async () => {
  await using one = await startSimulator({ agents: 3 })
  await using other = await startSimulator({ agents: 4 })
  await using folder = await makeFolder(configFor(one))
  await folder.sync(['--streams', 'agents'])
  await folder.write('config.json', JSON.stringify(configFor(other)))
  const ended = await folder.sync(['--streams', 'agents'])
  assert.equal(ended.code, 1)
  assert.match(ended.stderr, /this folder holds data of http.*, but this config reads http.*--into/)
  assert.equal((await idsInView(folder, 'agents')).length, 3)
})

test('files that were taken away are not missed, and a file that is lost before it was finished is read again', async () => {
  await using simulator = await startSimulator({ calls: 60 })
  await using folder = await makeFolder(configFor(simulator))
  await folder.sync(['--streams', 'calls'])
  const { streams } = await manifestOf(folder)
  await rm(`${folder.path}/${streams.calls.files[0].path}`)
  const ended = await folder.sync(['--streams', 'calls'])
  assert.match(
    ended.stderr,
    /calls: 1 of its files is no longer in the folder, so the manifest no longer lists it\./,
  )
  assert.deepEqual([ended.code, await flawsOf(folder)], [0, []])

  const states = JSON.parse(await folder.read('data/state.json'))
  const part = { path: 'calls/gone.jsonl', records: 9, bytes: 99, from: '', to: '' }
  await folder.write('data/state.json', JSON.stringify([{ ...states[0], part }]))
  const again = await folder.sync(['--streams', 'calls'])
  assert.match(
    again.stderr,
    /calls: the unfinished file of the last sync is gone, so the stream is read from the start/,
  )
  assert.equal((await idsInView(folder, 'calls')).length, 60)
})
