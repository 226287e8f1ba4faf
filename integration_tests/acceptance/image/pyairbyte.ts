import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startSimulator } from '../../../simulator/server.ts'
import { advance, configFor, idsOf } from '../../harness/sync.ts'
import { folderWith, image } from './docker.ts'

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url))

/** The Python of a virtual environment that has examples/pyairbyte/requirements.txt. */
const PYTHON = process.env['PYTHON'] ?? 'python3'

const HOUR_MS = 3_600_000

const WAYS = [
  { says: 'the executable', args: ['--executable', path('dist/main.mjs')] },
  { says: 'the image', args: ['--image', image(), '--host-network'] },
]

for (const { says, args } of WAYS) {
  test(`PyAirbyte fills DuckDB through ${says}: after each of two syncs every table is as large as the world`, async () => {
    // The world's clock stands still while it is read and counted, and is behind, so that no call is too young.
    let now = Date.now() - 2 * HOUR_MS
    await using simulator = await startSimulator({ calls: 400, agents: 20, now: () => now })
    await using folder = await folderWith({ 'config.json': configFor(simulator) })
    const first = await sync(folder.path, args)
    assert.deepEqual(first, await world(simulator, first))
    await advance(simulator, 'calls=30&agents=2')
    now += HOUR_MS
    const second = await sync(folder.path, args)
    assert.deepEqual(second, await world(simulator, second))
    assert.ok((second['calls'] ?? 0) > (first['calls'] ?? 0))
    assert.ok((second['agents'] ?? 0) < (first['agents'] ?? 0))
  })
}

/** Runs the example; gives back the rows of each table. */
async function sync(folder: string, args: readonly string[]): Promise<Record<string, number>> {
  const script = path('examples/pyairbyte/sync.py')
  const files = ['--config', join(folder, 'config.json'), '--database', join(folder, 'it.duckdb')]
  const env = { ...process.env, DO_NOT_TRACK: '1', AIRBYTE_OFFLINE_MODE: '1' }
  const { stdout } = await promisify(execFile)(PYTHON, [script, ...args, ...files], { cwd: folder, env })
  const counts = [...stdout.matchAll(/^(\w+): (\d+) rows in /gm)]
  return Object.fromEntries(counts.map(([, name, count]) => [name, Number(count)]))
}

/** How many records the world has in the same streams. */
async function world(simulator: { url: string }, counts: object): Promise<Record<string, number>> {
  const names = Object.keys(counts)
  assert.equal(names.length, 7)
  const sizes = await Promise.all(names.map(async name => [name, (await idsOf(simulator, name)).length]))
  return Object.fromEntries(sizes)
}
