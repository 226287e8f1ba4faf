import assert from 'node:assert/strict'
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startFront } from '../harness/front.ts'
import type { Printed } from '../harness/program.ts'
import { startAccount } from '../harness/survey.ts'
import { statsOf } from '../harness/sync.ts'

/** The vendor's own client (Rust, 0.47) reads every list that it and the simulator have, and decodes each record by its own
 *  types. Skipped, with the reason, where there is no cargo or where the client cannot be fetched. */
const FOLDER = fileURLToPath(new URL('./', import.meta.url))
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/vendor-client', import.meta.url))
const TARGET = process.env['CARGO_TARGET_DIR'] ?? CACHE

/** Lists with legs of calls: the client refuses those that name no queue, as live accounts have them. */
const WITH_LEGS = ['call_records', 'conversation_events', 'agent_logs']
/** Lists of which the client reads the first page only. */
const FIRST_PAGE = ['tasks', 'task_schedules', 'queue_selections']
const LISTS = 49
/** The types of events that the client knows. */
const EVENTS = ['call', 'sms', 'queue', 'application', 'integration', 'agent', 'external']
/** How long it may take to be fetched. */
const FETCH_MS = 5 * 60_000
/** How long the client may take to be built: on two idle cores two minutes, on busy ones twenty. */
const BUILD_MS = 30 * 60_000

const skip = reasonToSkip()

test('it decodes every list where each leg names its queue, but for types of events that nobody documents', {
  skip,
}, async () => {
  build()
  await using simulator = await startAccount({ faults: 'queue-always' })
  const lists = await readLists(simulator.url)
  assert.equal(lists.length, LISTS)
  assert.deepEqual(refusedOf(lists), ['conversation_events'])
  assert.match(lists.find(({ error }) => error !== undefined)?.['error'], /unknown variant `survey`/)
  for (const { stream, count } of lists) {
    if (stream === 'conversation_events' || stream === 'metric_ids') continue
    const all = await countOf(simulator.url, stream)
    assert.equal(count, FIRST_PAGE.includes(stream) ? Math.min(50, all) : all, stream)
  }
  const { requests } = await statsOf(simulator)
  assert.ok(requests['/api/v2/user/accounts'] > 0)
})

test('events of the types that it knows are decoded one and all', { skip }, async () => {
  build()
  await using simulator = await startAccount({ faults: 'queue-always' })
  await using known = await startFront(simulator.url, ({ url, json }) =>
    url.startsWith('/api/v2/conversations/events') ? { json: withKnownEvents(json) } : {},
  )
  const lists = await readLists(known.url)
  assert.deepEqual(refusedOf(lists), [])
  const { count } = lists.find(({ stream }) => stream === 'conversation_events') ?? {}
  assert.ok(count > 100, `${count} events`)
})

test('legs without a queue are all that it refuses', { skip }, async () => {
  build()
  await using simulator = await startAccount()
  const lists = await readLists(simulator.url)
  assert.deepEqual(refusedOf(lists), WITH_LEGS)
  for (const { error } of lists.filter(({ stream }) => WITH_LEGS.includes(stream)))
    assert.match(error, /invalid type: null, expected a formatted UUID/)
})

test('of applications it knows all modules but one that nobody documents', { skip }, async () => {
  build()
  await using simulator = await startAccount()
  const applications = (await readLists(simulator.url)).find(({ stream }) => stream === 'applications')
  assert.deepEqual(applications?.unknown, ['orbit'])
})

/** Why the vendor's client cannot be run here; false where it can. */
function reasonToSkip(): string | false {
  if (spawnSync('cargo', ['--version']).error !== undefined)
    return "there is no cargo here, so the vendor's Rust client is not run"
  const { status, stderr } = spawnSync('cargo', ['fetch', '--quiet'], {
    cwd: FOLDER,
    encoding: 'utf8',
    timeout: FETCH_MS,
  })
  if (status === null) return "the vendor's Rust client was not fetched within five minutes"
  const unreachable = status === 0 ? undefined : /failed to (?:get|download) .*/.exec(stderr)?.[0]
  return unreachable === undefined ? false : `the vendor's Rust client cannot be fetched: ${unreachable}`
}

/** Builds the client, or waits for a build that is under way. */
function build(): void {
  const env = { ...process.env, CARGO_TARGET_DIR: TARGET }
  execFileSync('cargo', ['build', '--quiet'], { cwd: FOLDER, env, timeout: BUILD_MS, stdio: 'pipe' })
}

function withKnownEvents(json: unknown): unknown {
  const { items, ...more } = json as { readonly items: readonly Printed[] }
  return { ...more, items: items.filter(({ type }) => EVENTS.includes(type)) }
}

function refusedOf(lists: readonly Printed[]): readonly string[] {
  return lists.filter(({ error }) => error !== undefined).map(({ stream }) => stream)
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
