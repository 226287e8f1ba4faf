import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { startSimulator } from '../../simulator/server.ts'
import { flawsOf, idsInView, makeFolder, manifestOf, queryViews } from '../harness/folder.ts'
import { advance, configFor, idsOf } from '../harness/sync.ts'

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
