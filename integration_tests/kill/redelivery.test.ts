import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../../simulator/server.ts'
import type { Printed } from '../harness/program.ts'
import { catalogOf, configFor, lastStates, read, recordsOf } from '../harness/sync.ts'

const DAY_MS = 86_400_000
const DAYS = 10
const WINDOW_MS = DAY_MS
const LOOKBACK_MS = 6 * 3_600_000
/** The last minute is never closed, and an overlap of a second at each edge is asked for. */
const NEAR_MS = 62_000

for (const concurrency of [1, 4]) {
  test(`after a kill no more is delivered twice than the open windows and the lookback (${concurrency} at a time)`, async () => {
    await using simulator = await startSimulator({ calls: 600, days: DAYS, agents: 2 })
    const config = configFor(simulator, {
      start_date: new Date(Date.now() - (DAYS + 1) * DAY_MS).toISOString(),
      page_size: 10,
      concurrency,
      window_days: WINDOW_MS / DAY_MS,
      lookback_hours: LOOKBACK_MS / 3_600_000,
    })
    const sync = {
      config,
      catalog: catalogOf(['calls'], 'incremental'),
      env: { SOURCE_BABELFORCE_SAVE_EVERY_MS: '0' },
    }
    let lines = 0
    const killed = await read({
      ...sync,
      onLine: (_, kill) => {
        if (++lines === 300) kill('SIGKILL')
      },
    })
    assert.equal(killed.signal, 'SIGKILL')
    const state = lastStates(killed)
    const resumed = await read({ ...sync, state: state.map(one => ({ type: 'STATE', state: one })) })
    assert.equal(resumed.code, 0)
    const before = recordsOf(killed, 'calls')
    const twice = recordsOf(resumed, 'calls').filter(({ id }) => before.some(one => one.id === id))
    const open = twice.filter(record => !isClosed(record, state[0], 0))
    const lookback = twice.filter(record => isClosed(record, state[0], 0))
    assert.ok(before.length >= 100)
    assert.ok(
      lookback.every(record => !isClosed(record, state[0], LOOKBACK_MS + NEAR_MS)),
      'what was closed is read again within the lookback only',
    )
    const inWindow = mostIn(recordsOf(resumed, 'calls').concat(before), WINDOW_MS + NEAR_MS)
    assert.ok(
      open.length <= concurrency * inWindow,
      `${open.length} of ${concurrency} windows of ${inWindow}`,
    )
  })
}

/** Whether a record began in a closed span, more than `tailMs` before its end. */
function isClosed(record: Printed, state: Printed, tailMs: number): boolean {
  const moment = Date.parse(record.dateCreated)
  const { closed } = state.stream.stream_state
  return closed.some(
    ([from, to]: [string, string]) => moment >= Date.parse(from) && moment < Date.parse(to) - tailMs,
  )
}

/** The most records that began within any span of this length. */
function mostIn(records: readonly Printed[], lengthMs: number): number {
  const begun = [...new Map(records.map(one => [one.id, Date.parse(one.dateCreated)])).values()].sort(
    (a, b) => a - b,
  )
  return Math.max(
    ...begun.map(from => begun.filter(moment => moment >= from && moment <= from + lengthMs).length),
  )
}
