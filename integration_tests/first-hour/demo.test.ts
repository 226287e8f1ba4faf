import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readCalls } from '../../scripts/demo/records.ts'

const DEMO = fileURLToPath(new URL('../../scripts/demo.ts', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Starts the demo in a process group of its own, so that what it leaves behind can be found. */
function start() {
  const child = spawn(process.execPath, [DEMO], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]).then(
    ([stdout, stderr, [code, signal]]) => ({ stdout, stderr, code, signal }),
  )
  return { group: child.pid ?? 0, ended }
}

test('the demo fits one screen, its numbers are those of its own syncs, and an earlier demo is replaced', async () => {
  await mkdir(join(folder, 'demo-data'))
  await writeFile(join(folder, 'demo-data/config.json'), '{"username": "demo@example.com"}')
  await writeFile(join(folder, 'demo-data/state.json'), 'of an earlier demo')
  const { stdout, stderr, code } = await start().ended
  assert.deepEqual([code, stderr], [0, ''])
  const lines = stdout.trimEnd().split('\n')
  assert.ok(lines.length <= 40, `${lines.length} lines`)
  for (const line of lines) assert.ok(line.length <= 80, line)
  const { streams, syncs } = JSON.parse(await readFile(join(folder, 'demo-data/manifest.json'), 'utf8'))
  const calls = await readCalls(join(folder, 'demo-data'))
  const [, first = '', requests = '', more = '', again = ''] =
    /^([\d,]+) calls in (\d+) requests; (\d+) new: (\d+) requests?\.$/m.exec(stdout) ?? []
  assert.equal(Number(first.replace(',', '')) + Number(more), calls.length)
  assert.equal(Number(again), streams.calls.last_sync.requests)
  assert.ok(Number(requests) >= 5000 / 500 && Number(again) < Number(requests))
  const total = Object.values<{ last_sync: { records: number } }>(streams).reduce(
    (sum, { last_sync }) => sum + last_sync.records,
    0,
  )
  assert.ok(stdout.includes(` ${total.toLocaleString('en')} records in `), `${total} in the second sync`)
  assert.equal(syncs, 2)
  assert.match(lines.at(-1) ?? '', /^ {2}npx source-babelforce check --config config\.json$/)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} in its midst leaves neither a file nor a process`, async () => {
    const { group, ended } = start()
    while (!existsSync(join(folder, 'demo-data/manifest.json'))) await sleep(5)
    process.kill(-group, signal)
    assert.equal((await ended).signal, signal)
    assert.deepEqual(await readdir(folder), [])
    assert.throws(() => process.kill(-group, 0), { code: 'ESRCH' })
  })
}

test('what somebody keeps in a folder of that name is left alone', async () => {
  await mkdir(join(folder, 'demo-data'))
  await writeFile(join(folder, 'demo-data/mine.txt'), 'mine')
  const { code, stderr } = await start().ended
  assert.equal(code, 1)
  assert.match(stderr, /^demo-data is there already, and not from a demo\. Move it elsewhere\.\n$/)
  assert.equal(await readFile(join(folder, 'demo-data/mine.txt'), 'utf8'), 'mine')
})
