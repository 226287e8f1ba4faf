import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../json.ts'
import { canIncrement, planJobs, type Selected } from './plan.ts'
import { NOTHING_READ } from './state/progress.ts'
import { byInterval } from './stream/definition.ts'
import { CALLS, DAY, NOW, SETTINGS, things } from './testing.ts'

const defs = [CALLS, things(), things({ name: 'secret', hidden: true })]
const plan = (
  selected: readonly Selected[],
  states: Readonly<Record<string, JsonObject>> = {},
  warn: (text: string) => void = () => undefined,
) =>
  planJobs(selected, {
    find: name => defs.find(def => def.name === name),
    stateOf: name => states[name],
    settings: SETTINGS,
    warn,
  })

test('what is selected is read in the order of the catalog, each from where it stopped', () => {
  const at = NOW - 3 * DAY
  const jobs = plan(
    [
      { name: 'things', mode: 'full_refresh' },
      { name: 'calls', mode: 'incremental' },
    ],
    { calls: { dateCreated: new Date(at).toISOString() } },
  )
  const progress = { cursorMs: at, closed: [{ from: SETTINGS.startMs, to: at }], finished: false }
  assert.deepEqual(jobs, [
    { name: 'things', job: { def: defs[1], mode: 'full_refresh', progress: NOTHING_READ } },
    { name: 'calls', job: { def: CALLS, mode: 'incremental', progress } },
  ])
})

const unknown = (name: string) =>
  `The catalog selects a stream "${name}" that this connector does not have. Refresh the connection's schema, or deselect the stream.`
test('a stream that cannot be read incrementally is read whole, with a warning', () => {
  const warnings: string[] = []
  const [planned] = plan([{ name: 'things', mode: 'incremental' }], {}, text => warnings.push(text))
  assert.equal(planned?.job instanceof Error ? undefined : planned?.job.mode, 'full_refresh')
  assert.deepEqual(warnings, [
    'things: the catalog asks for it incrementally, but the API offers no time to go by, so it is read whole.',
  ])
})

const wrong: { says: string; in: Selected; states?: Record<string, JsonObject>; out: string }[] = [
  {
    says: 'a stream that is not there',
    in: { name: 'nobody', mode: 'full_refresh' },
    out: unknown('nobody'),
  },
  {
    says: 'a stream that is read for others only',
    in: { name: 'secret', mode: 'full_refresh' },
    out: unknown('secret'),
  },
  {
    says: 'a state that cannot be read',
    in: { name: 'calls', mode: 'incremental' },
    states: { calls: { version: 9 } },
    out: 'The saved state of stream calls cannot be used: its version is 9; this connector writes version 2. Reset the stream to read it from the start.',
  },
]

for (const row of wrong) {
  test(`${row.says} is the user's to fix, and keeps no other stream from running`, () => {
    const [bad, good] = plan([row.in, { name: 'calls', mode: 'full_refresh' }], row.states)
    assert.ok(bad?.job instanceof Error)
    assert.deepEqual([bad.job.failure, bad.job.message], ['config_error', row.out])
    assert.equal(good?.name, 'calls')
    if (row.states === undefined) assert.ok(!(good.job instanceof Error))
  })
}

test('aggregates of the whole time cannot be read incrementally', () => {
  const whole = { ...SETTINGS, intervalMs: undefined }
  const metric = things({ incremental: byInterval('configured') })
  assert.deepEqual([canIncrement(metric, SETTINGS), canIncrement(metric, whole)], [true, false])
  assert.equal(canIncrement(things({ incremental: byInterval('day') }), whole), true)
  assert.equal(canIncrement(things(), SETTINGS), false)
})
