import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Printed } from '../harness/program.ts'
import { startAccount } from '../harness/survey.ts'
import { statsOf } from '../harness/sync.ts'

/** The vendor's own client (Rust, 0.47) reads every list that it knows from the simulator, and decodes each record by its own
 *  types. Skipped where there is no cargo. */
const FOLDER = fileURLToPath(new URL('./', import.meta.url))
const TARGET = fileURLToPath(new URL('../../node_modules/.cache/vendor-client', import.meta.url))

/** Lists with legs of calls: the client refuses those that name no queue, as live accounts have them. */
const WITH_LEGS = ['call_records', 'conversation_events']
/** Lists of which the client reads the first page only. */
const FIRST_PAGE = ['tasks', 'task_schedules']
/** How long the client may take to be fetched and built. */
const BUILD_MS = 30 * 60_000

const skip = reasonToSkip()

test('it decodes every list where each leg names its queue, but for types of events that nobody documents', {
  skip,
}, async () => {
  build()
  await using simulator = await startAccount({ faults: 'queue-always' })
  const lists = await readLists(simulator.url)
  assert.equal(lists.length, 40)
  const refused = lists.filter(({ error }) => error !== undefined)
  assert.deepEqual(
    refused.map(({ stream }) => stream),
    ['conversation_events'],
  )
  assert.match(refused[0].error, /unknown variant `survey`/)
  for (const { stream, count } of lists) {
    if (stream === 'conversation_events' || stream === 'metric_ids') continue
    const all = await countOf(simulator.url, stream)
    assert.equal(count, FIRST_PAGE.includes(stream) ? Math.min(50, all) : all, stream)
  }
  const { requests } = await statsOf(simulator)
  assert.ok(requests['/api/v2/user/accounts'] > 0)
})

test('legs without a queue are all that it refuses', { skip }, async () => {
  build()
  await using simulator = await startAccount()
  const refused = (await readLists(simulator.url)).filter(({ error }) => error !== undefined)
  assert.deepEqual(
    refused.map(({ stream }) => stream),
    WITH_LEGS,
  )
  for (const { error } of refused) assert.match(error, /invalid type: null, expected a formatted UUID/)
})

test('of applications it knows all modules but one that nobody documents', { skip }, async () => {
  build()
  await using simulator = await startAccount()
  const applications = (await readLists(simulator.url)).find(({ stream }) => stream === 'applications')
  assert.deepEqual(applications?.unknown, ['orbit'])
})

/** Why the vendor's client cannot be run here; false where it can. */
function reasonToSkip(): string | false {
  try {
    execFileSync('cargo', ['--version'], { stdio: 'ignore' })
    return false
  } catch {
    return "there is no cargo here, so the vendor's Rust client is not run"
  }
}

function build(): void {
  const env = { ...process.env, CARGO_TARGET_DIR: TARGET }
  execFileSync('cargo', ['build', '--quiet'], { cwd: FOLDER, env, timeout: BUILD_MS, stdio: 'pipe' })
}

async function readLists(url: string): Promise<Printed[]> {
  const { stdout } = await promisify(execFile)(`${TARGET}/debug/vendor-client`, [url])
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
}

async function countOf(url: string, stream: string): Promise<number> {
  return Number(await (await fetch(`${url}/__world/${stream}/count`)).text())
}
