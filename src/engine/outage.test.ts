import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectorError } from '../errors.ts'
import { createOutageWatch } from '../http/retry/outage.ts'
import { PATIENT } from '../http/retry/patience.ts'
import { retrying } from '../http/retry/retry.ts'
import { createTestClock, reply } from '../http/testing.ts'
import { NetworkError, type Request } from '../http/types.ts'
import { callsBetween, pageOf, serveCalls } from './lists-testing.ts'
import { NOTHING_READ, type Progress } from './state/progress.ts'
import type { StreamDef } from './stream/definition.ts'
import { readStream, shareOf } from './sync/strategy.ts'
import { type Api, CALLS, createWorld, DAY, fullPages, jsonOf, listRoute, NOW, things } from './testing.ts'

const MINUTE = 60_000
const AGENTS = things({ name: 'agents', routes: [listRoute({ path: '/agents' })] })
const HISTORY = callsBetween(NOW - 360 * DAY, NOW - DAY, 1_000)
const serveHistory = serveCalls(HISTORY)
const idsOf = (rows: readonly { readonly [field: string]: unknown }[]) =>
  rows.map(({ id }) => String(id)).sort()

const api: Api = (request, index) =>
  request.path === '/agents' ? pageOf([{ id: 'anna' }], request) : serveHistory(request, index)

/** A sync of calls and agents over a way to the API that outlives outages, as that of the program. */
function createSync(isDown: (path: string, sent: number, ms: number) => Error | number | undefined) {
  const clock = createTestClock({ now: NOW })
  const sent: Request[] = []
  const send = async (request: Request) => {
    const down = isDown(request.path, sent.push(request), clock.now() - NOW)
    if (down instanceof Error) throw down
    return down === undefined ? api(request, sent.length - 1) : reply(down)
  }
  const told = { clock, signal: new AbortController().signal, onWait: () => undefined }
  const outage = createOutageWatch({ ...told, send, lastsMs: PATIENT.outageMs, witness: '/witness' })
  const call = retrying(send, { ...told, patience: PATIENT, outage })
  const engine = { ...createWorld(api, { concurrency: 2 }).engine, call }
  return {
    clock,
    countOf: (path: string) => sent.filter(one => one.path === path).length,
    async read(def: StreamDef, progress: Progress = { ...NOTHING_READ, ...fullPages([def]) }) {
      const records: { readonly [field: string]: unknown }[] = []
      const saved: Progress[] = [progress]
      const end = await readStream(
        { def, mode: 'incremental', progress },
        {},
        shareOf(engine, () => def, [progress]),
        {
          sink: async kept => void records.push(...kept.map(jsonOf)),
          onProgress: one => void saved.push(one),
        },
      ).catch((error: ConnectorError) => ({ error }))
      const error = 'error' in end ? end.error : undefined
      return { error, records, saved: saved.at(-1) ?? progress }
    },
  }
}

const GONE = new NetworkError('ECONNREFUSED', 'said Node')

/** Down for so long from the fifth request on. */
function downFor(lastsMs: number) {
  let sinceMs: number | undefined
  return (_: string, sent: number, ms: number) => {
    if (sent >= 5) sinceMs ??= ms
    return sinceMs !== undefined && ms - sinceMs < lastsMs ? GONE : undefined
  }
}

test('an outage of four minutes in the middle of a sync is outlived, and nothing is lost', async () => {
  const { read, clock } = createSync(downFor(4 * MINUTE))
  const { error, records } = await read(CALLS)
  assert.equal(error, undefined)
  assert.deepEqual(idsOf(records), idsOf(HISTORY))
  assert.ok(clock.now() - NOW >= 4 * MINUTE)
})

test('an outage of six minutes fails the sync, which the next one goes on with', async () => {
  const { read } = createSync(downFor(6 * MINUTE))
  const first = await read(CALLS)
  assert.equal(first.error?.failure, 'transient_error')
  assert.ok(first.saved.closed.length > 0, 'nothing was saved')
  assert.ok(first.records.length > 0 && first.records.length < HISTORY.length)
  const second = await createSync(() => undefined).read(CALLS, first.saved)
  assert.equal(second.error, undefined)
  assert.deepEqual(new Set([...idsOf(first.records), ...idsOf(second.records)]), new Set(idsOf(HISTORY)))
})

test('an endpoint that always fails costs its five tries, and the other streams nothing', async () => {
  const { read, countOf, clock } = createSync(path => (path === '/agents' ? 500 : undefined))
  const [agents, calls] = await Promise.all([read(AGENTS), read(CALLS)])
  assert.equal(agents.error?.failure, 'transient_error')
  assert.deepEqual([countOf('/agents'), calls.error], [6, undefined])
  assert.deepEqual(idsOf(calls.records), idsOf(HISTORY))
  assert.ok(clock.now() - NOW < 10_000)
})
