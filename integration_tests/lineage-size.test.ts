import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Settings } from '../src/config/settings.ts'
import { byTime, defineStream, listAt } from '../src/engine/define.ts'
import { createEmitter } from '../src/engine/emit.ts'
import type { Engine, Job } from '../src/engine/engine.ts'
import { unpaged } from '../src/engine/paginate.ts'
import { readStream } from '../src/engine/reader.ts'
import { NOTHING_READ, type Progress, readProgress } from '../src/engine/state.ts'
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

/** Reads a stream of so many parents with a call that answers out of the air, and gives the states that were sent. */
async function statesOf(parents: number, progress: Progress = NOTHING_READ) {
  let now = NOW
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
  const call: Call = async (_, read) => {
    now += REQUEST_MS / settings.concurrency
    return read({ status: 200, headers: {}, bytes })
  }
  const engine = {
    call,
    settings,
    now: () => now,
    log: quiet,
    signal: new AbortController().signal,
  } as Engine
  const slices = Array.from({ length: parents }, (_, index) => ({ parent: { parent_id: idOf(index) } }))
  const job: Job = { def: LOGS, mode: 'incremental', progress }
  const emitter = createEmitter({
    stream: 'logs',
    output,
    status: createStatus(output, 'logs', () => now),
    shape: data => ({ data, misfits: [] }),
    now: () => now,
  })
  await readStream(job, {}, { engine, parents: async () => slices, find: () => undefined }, emitter)
  emitter.end()
  return {
    states,
    total: states.reduce((sum, state) => sum + state.length, 0),
    minutes: (now - NOW) / 60_000,
  }
}

const settings = {
  startMs: NOW - 30 * DAY_MS,
  endMs: NOW,
  safeMs: NOW - 60_000,
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

/** Where a sync is that ends on its way, after the state that was sent before the last. */
function onTheWay(states: readonly string[]): Progress {
  const state = states.at(-2)
  return state === undefined
    ? NOTHING_READ
    : readProgress('logs', JSON.parse(state).state.stream.stream_state)
}

for (const parents of [1000, 10_000, 100_000]) {
  test(`each state of ${parents.toLocaleString('en')} parents is smaller than a megabyte`, async () => {
    const first = await statesOf(parents)
    const resumed = await statesOf(parents, onTheWay(first.states))
    for (const { states } of [first, resumed]) {
      assert.ok(states.length > (parents > 10_000 ? 0 : 1))
      assert.ok(Math.max(...states.map(state => state.length)) < 1_000_000)
    }
  })
}

test('all states together weigh in proportion to the length of the run', async () => {
  const perMinute: number[] = []
  for (const parents of [5000, 10_000, 50_000, 100_000]) {
    const { total, minutes } = await statesOf(parents)
    perMinute.push(total / minutes)
  }
  assert.ok(Math.max(...perMinute) < 250_000, `${perMinute}`)
})
