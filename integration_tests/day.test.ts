import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Simulator, startSimulator } from '../simulator/server.ts'
import type { CallView } from '../simulator/world/calls/call-views.ts'
import { createTestClock } from '../src/http/testing.ts'
import type { JsonObject } from '../src/json.ts'
import { openDay, syncOnce } from './harness/day.ts'
import type { Printed } from './harness/program.ts'
import { idsOf, statsOf } from './harness/sync.ts'

const HOUR_MS = 3_600_000
const HOURS = 24
/** Longer than the longest call with its wrap-up: a call settles after two hours and twenty minutes at the latest. */
const LOOKBACK_HOURS = 3
const STREAMS = ['calls', 'call_records', 'recordings', 'agent_logs']
const MOST_STATE_BYTES = 1000
const MOST_GROWTH = 8 * 2 ** 20

/** What was delivered last of a record, and when. */
interface Delivered {
  readonly data: Printed
  readonly at: number
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

test('a day of hourly syncs, with rate limits, dying tokens and calls all the while, loses nothing', async () => {
  const clock = createTestClock({ now: Date.parse('2026-05-20T06:30:00Z') })
  const faults = 'every-429:45,retry-after:5,token-dies:650'
  await using simulator = await startSimulator({
    calls: 300,
    agents: 4,
    days: 2,
    live: 0.01,
    now: clock.now,
    faults,
  })
  const config = {
    credentials: { auth_type: 'password' as const, username: 'demo@example.com', password: 'demo-password' },
    base_url: simulator.url,
    start_date: '2026-05-17',
    lookback_hours: LOOKBACK_HOURS,
    page_size: 20,
  }
  const day = { call: openDay(simulator, clock), clock, config }
  const states = new Map<string, JsonObject>()
  const delivered: Deliveries = new Map(STREAMS.map(name => [name, new Map()]))
  const heap: number[] = []
  const grants: number[] = []
  let lastSync = 0
  let owed = new Map<string, string[]>()
  for (let hour = 0; hour < HOURS; hour++) {
    lastSync = clock.now()
    owed = await idsOfAll(simulator)
    const finished = await syncOnce(day, STREAMS, states, message => keep(message, states, delivered))
    assert.ok(finished, `hour ${hour}`)
    grants.push((await statsOf(simulator)).grants)
    collectGarbage()
    heap.push(process.memoryUsage().heapUsed)
    clock.advance(lastSync + HOUR_MS - clock.now())
  }
  for (const [stream, ids] of owed) {
    const lost = ids.filter(id => !delivered.get(stream)?.has(id))
    assert.deepEqual(lost, [], `${stream} is whole`)
  }
  assert.ok((owed.get('calls')?.length ?? 0) > 300 + 0.01 * 3600 * 22, 'calls came all day')
  assertSettled('calls', simulator.world.report, delivered, lastSync, clock.now())
  assertSettled('call_records', simulator.world.legs, delivered, lastSync, clock.now())
  assert.deepEqual(
    [grants[11], grants[12], grants.at(-1)],
    [1, 2, 3],
    'signed in again after 12 h and after a 401',
  )
  assert.ok(
    clock.slept.some(ms => ms >= 5000),
    'rate limits were met',
  )
  const growth = Math.max(...heap.slice(6)) - Math.max(...heap.slice(0, 6))
  assert.ok(growth < MOST_GROWTH, `the heap grew by ${Math.round(growth / 1024)} KB`)
})

type Deliveries = ReadonlyMap<string, Map<string, Delivered>>

function keep(message: Printed, states: Map<string, JsonObject>, delivered: Deliveries): void {
  if (message.type === 'STATE') {
    states.set(message.state.stream.stream_descriptor.name, message.state.stream.stream_state)
    assert.ok(JSON.stringify(message).length < MOST_STATE_BYTES, 'the state stays small')
  }
  if (message.type !== 'RECORD') return
  const { stream, data, emitted_at } = message.record
  delivered.get(stream)?.set(data.id ?? data.record_hash, { data, at: emitted_at })
}

/** Every call older than the lookback was read again when it was older than that, and is delivered as it settled. */
function assertSettled(
  stream: string,
  view: CallView,
  delivered: Deliveries,
  lastSync: number,
  now: number,
): void {
  const lookbackMs = LOOKBACK_HOURS * HOUR_MS
  const old = [...(delivered.get(stream) ?? [])].filter(
    ([, { data }]) => Date.parse(data.dateCreated) <= lastSync - lookbackMs,
  )
  assert.ok(old.length > 300)
  for (const [id, { data, at }] of old) {
    assert.ok(
      at - Date.parse(data.dateCreated) >= lookbackMs,
      `${stream} ${id} was read again after the lookback`,
    )
    const settled = view.find(id, now) ?? {}
    const fields = Object.keys(data).filter(field => field in settled)
    for (const field of fields) assert.deepEqual(data[field], settled[field], `${stream} ${id} ${field}`)
  }
}

async function idsOfAll(simulator: Simulator): Promise<Map<string, string[]>> {
  const names = ['calls', 'call_records', 'recordings']
  return new Map(await Promise.all(names.map(async name => [name, await idsOf(simulator, name)] as const)))
}
