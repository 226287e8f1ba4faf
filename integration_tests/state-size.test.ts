import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Settings } from '../src/config/settings.ts'
import { createEmitter } from '../src/engine/emit.ts'
import { createRouteMemories } from '../src/engine/evidence/route-memories.ts'
import { hashOf, NOTHING_READ, type Progress } from '../src/engine/state/progress.ts'
import { readProgress } from '../src/engine/state/read.ts'
import { writeProgress } from '../src/engine/state/write.ts'
import type { Engine } from '../src/engine/stream/context.ts'
import { byTime, defineStream, listAt } from '../src/engine/stream/definition.ts'
import { unpaged } from '../src/engine/stream/paginators.ts'
import type { Job } from '../src/engine/sync/job/job.ts'
import { readStream } from '../src/engine/sync/strategy.ts'
import type { Call } from '../src/http/types.ts'
import type { Output } from '../src/protocol/output.ts'
import { createStatus } from '../src/protocol/status.ts'

const NOW = Date.parse('2026-05-20T14:00:00Z')
const DAY_MS = 86_400_000
/** How long a request takes: eight at a time, some 30 parents in a second. */
const REQUEST_MS = 250

const LOGS = defineStream({
  name: 'logs',
  primaryKey: ['id'],
  incremental: byTime('date'),
  parent: { stream: 'parents', field: 'id', as: 'parent_id', stamp: 'parent_id' },
  routes: [
    {
      source: 'documented',
      path: '/parents/{parent_id}/logs',
      records: listAt('items'),
      paginate: unpaged,
      window: { from: 'from', to: 'to', format: 'iso' },
    },
  ],
})

/** Reads a stream of so many parents with a call that answers out of the air, and gives the states that were sent, and for
 *  which parents from when on it was asked. A parent that is new is named by `more`. */
async function statesOf(parents: number, progress: Progress = NOTHING_READ, more: readonly string[] = []) {
  let now = NOW
  const asked = new Map<string, number>()
  const states: string[] = []
  const output: Output = {
    send: message => {
      if (message.type === 'STATE') states.push(JSON.stringify(message))
    },
    append: () => undefined,
    copy: () => undefined,
    ready: async () => undefined,
    flush: async () => undefined,
  }
  const bytes = Buffer.from('{"items":[],"pagination":{"total":0}}')
  const call: Call = async ({ path, query = {} }, read) => {
    const parent = path.split('/')[2] ?? ''
    asked.set(parent, Math.min(asked.get(parent) ?? NOW, Date.parse(String(query['from']))))
    now += REQUEST_MS / settings.concurrency
    return read({ status: 200, headers: {}, bytes })
  }
  const engine = {
    call,
    service: 'Babelforce',
    settings,
    now: () => now,
    apiNow: () => now,
    log: quiet,
    signal: new AbortController().signal,
  } as Engine
  const ids = [...Array.from({ length: parents }, (_, index) => idOf(index)), ...more]
  const slices = ids.map(id => ({ parent: { parent_id: id } }))
  const job: Job = { def: LOGS, mode: 'incremental', progress }
  const emitter = createEmitter({
    stream: 'logs',
    output,
    status: createStatus(output, 'logs', () => now),
    fit: data => ({ data, misfits: [] }),
    now: () => now,
  })
  const list = { slices, isSplit: true, error: undefined, shortages: [], valueless: 0 }
  const routes = createRouteMemories()
  const shared = { engine, routes, partitions: async () => list, find: () => undefined }
  await readStream(job, {}, shared, emitter)
  emitter.end()
  return {
    states,
    asked,
    total: states.reduce((sum, state) => sum + state.length, 0),
    minutes: (now - NOW) / 60_000,
  }
}

const settings = {
  account: {},
  startMs: NOW - 30 * DAY_MS,
  endMs: NOW,
  lookbackMs: DAY_MS,
  longestWindowMs: 60 * DAY_MS,
  concurrency: 8,
  pageSize: 100,
  filters: {},
  ids: {},
} as unknown as Settings
const quiet = { warn: () => undefined, info: () => undefined, debug: () => undefined }

function idOf(index: number): string {
  return index.toString(16).padStart(32, '0')
}

/** First syncs, each run once. */
const runs = new Map<number, ReturnType<typeof statesOf>>()

function firstOf(parents: number) {
  const run = runs.get(parents) ?? statesOf(parents)
  runs.set(parents, run)
  return run
}

function progressIn(state: string | undefined): Progress {
  return readProgress('logs', JSON.parse(state ?? assert.fail('no state')).state.stream.stream_state, {
    startMs: settings.startMs,
  })
}

for (const parents of [1000, 10_000, 100_000]) {
  test(`${parents.toLocaleString('en')} parents: states stay small, and a sync that ends early is gone on with`, async () => {
    const first = await firstOf(parents)
    const resumed = await statesOf(parents, progressIn(first.states.at(-2)), ['new'])
    for (const { states } of [first, resumed]) {
      assert.ok(states.length > (parents > 1000 ? 5 : 1), `${states.length} states`)
      assert.ok(Math.max(...states.map(state => state.length)) < 1_500_000)
    }
    const starts = Array.from({ length: parents }, (_, index) => resumed.asked.get(idOf(index)))
    const isDone = starts.map(from => from !== undefined && from > settings.startMs)
    const done = isDone.filter(one => one).length
    assert.ok(done > (parents > 1000 ? parents * 0.7 : 0), `${done} were done`)
    assert.ok(!isDone.slice(done).includes(true), 'what was done is what was read first')
    assert.ok(!starts.includes(undefined), 'every parent is asked for')
    assert.ok((resumed.asked.get('new') ?? NOW) <= settings.startMs, 'a new parent is read from the start')
  })
}

test('a new parent is read from the start also after a sync that came to its end', async () => {
  const { states } = await firstOf(50_000)
  const next = await statesOf(50_000, progressIn(states.at(-1)), ['new'])
  const early = [...next.asked].filter(([, from]) => from <= settings.startMs).map(([id]) => id)
  assert.deepEqual(early, ['new'])
})

test('a parent weighs eight bytes in a state, however many there are', () => {
  for (const count of [100_000, 200_000]) {
    const names = Array.from({ length: count }, (_, index) => hashOf(idOf(index)))
    const parents = new Map(names.map(name => [name, 'all' as const]))
    const { length } = JSON.stringify(writeProgress({ ...NOTHING_READ, parents, hashed: true }))
    assert.ok(length < 8 * count + 200, `${length} bytes for ${count}`)
  }
})

test('all states together weigh in proportion to the length of the run', async () => {
  const perMinute: number[] = []
  for (const parents of [1000, 10_000, 50_000, 100_000]) {
    const { total, minutes } = await firstOf(parents)
    perMinute.push(total / minutes)
  }
  assert.ok(Math.max(...perMinute) < 250_000, `${perMinute}`)
})
