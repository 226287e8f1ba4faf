import fc from 'fast-check'
import { KINDS } from '../account/kinds.ts'
import { knobs } from '../knobs/index.ts'
import { type Knob, written } from '../knobs/knob.ts'
import type { Case, Settings, Stop, SyncPlan } from './case.ts'
import { fitting } from './fitting.ts'

const WEEK_MINUTES = 7 * 24 * 60
const STREAMS = Object.keys(KINDS)

const world = fc.record({
  world: fc.constantFrom('documented', 'documented', 'documented', 'seed'),
  seed: fc.nat(100_000),
  calls: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 30, max: 120 })),
  agents: fc.integer({ min: 1, max: 6 }),
  lists: fc.integer({ min: 1, max: 5 }),
  leads: fc.integer({ min: 0, max: 25 }),
  days: fc.integer({ min: 1, max: 6 }),
  together: fc.constantFrom(1, 1, 1, 3, 12),
  live: fc.constantFrom(0, 0, 1 / 7200),
})

const settings: fc.Arbitrary<Settings> = fc.record(
  {
    concurrency: fc.integer({ min: 1, max: 8 }),
    page_size: fc.oneof(
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 12, max: 100 }),
      fc.integer({ min: 101, max: 500 }),
    ),
    window_days: fc.constantFrom(0.2, 1, 2, 30),
    lookback_hours: fc.constantFrom(0, 1, 24, 48),
    startDays: fc.constantFrom(1, 3, 7, 7, 30, 'first call' as const),
    endHours: fc.constantFrom(-30, 0, 5, 26),
    agent: fc.nat(5),
    queue: fc.nat(11),
    ids: fc.integer({ min: 1, max: 3 }),
    metrics: fc.record({
      interval: fc.constantFrom('day' as const, 'day' as const, 'hour' as const),
      by: fc.constantFrom('none' as const, 'agent' as const, 'queue' as const),
    }),
  },
  { requiredKeys: ['concurrency', 'window_days', 'lookback_hours', 'startDays'] },
)

const stop: fc.Arbitrary<Stop> = fc.record({
  how: fc.constantFrom('kill', 'kill', 'kill', 'term', 'close'),
  after: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 400 })),
})

/** What changes between one sync and the next. */
const change = fc.record({
  waitHours: fc.constantFrom(0, 0.2, 1, 6, 24, 30, 100),
  arrivals: fc.nat(6),
  leavers: fc.oneof(
    { arbitrary: fc.constant({}), weight: 5 },
    {
      arbitrary: fc.record(
        { agents: fc.nat(3), lists: fc.nat(5), campaigns: fc.nat(3) },
        { requiredKeys: [] },
      ),
      weight: 1,
    },
  ),
  clockErrorHours: fc.constantFrom(0, 0, 0, 0, 26, 75, 800, -26),
  stops: fc.array(stop, { maxLength: 3 }),
  isChanged: fc.boolean(),
  settings,
})

function faultOf(knob: Knob): fc.Arbitrary<string> {
  const none = fc.constant('')
  return fc
    .tuple(knob.argument ?? none, knob.at ?? none)
    .map(([argument, at]) => written(knob.name, argument, at))
}

function pickOf(chosen: readonly Knob[], most: number): fc.Arbitrary<string[]> {
  const [first, ...others] = chosen.map(faultOf)
  if (first === undefined) return fc.constant([])
  return fc.uniqueArray(fc.oneof(first, ...others), { maxLength: most, selector: nameOf })
}

function nameOf(fault: string): string {
  return fault.split(/[:@]/)[0] ?? ''
}

const lasting = knobs.filter(knob => knob.passesOnly !== true)
const ofFamily = (family: Knob['family']) => lasting.filter(knob => knob.family === family)
const passingKnobs = knobs.filter(knob => knob.family !== 'honest' || knob.passesOnly === true)

const faults = fc.oneof(
  { arbitrary: pickOf(ofFamily('honest'), 3), weight: 2 },
  {
    arbitrary: fc
      .tuple(pickOf(ofFamily('honest'), 1), pickOf(ofFamily('outage'), 2), pickOf(ofFamily('lie'), 2))
      .map(lists => lists.flat()),
    weight: 5,
  },
)

const passing = fc.oneof(
  { arbitrary: fc.constant({ faults: [], from: 0, runs: 0 }), weight: 1 },
  {
    arbitrary: fc.record({
      faults: pickOf(passingKnobs, 2),
      from: fc.constantFrom(0, 0, 0, 1, 2),
      runs: fc.integer({ min: 1, max: 3 }),
    }),
    weight: 1,
  },
)

/** Anything that may happen, with what is given taken as it is. */
export function anyCase(fixed: Partial<Case> = {}): fc.Arbitrary<Case> {
  return fc
    .record({
      world,
      startsAt: fc.nat(WEEK_MINUTES),
      tickMs: fc.constantFrom(0, 0, 20, 900),
      asProgram: fc.nat(39).map(at => at === 0),
      streams: fc.subarray(STREAMS, { minLength: 1, maxLength: 5 }),
      mode: fc.constantFrom('incremental', 'incremental', 'incremental', 'full_refresh'),
      faults,
      passing,
      changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    })
    .map(({ changes, ...rest }) => fitting({ ...rest, syncs: syncsOf(changes), ...fixed } as Case))
}

type Change = SyncPlan & { readonly isChanged: boolean }

// A config stays as it was unless it is changed.
function syncsOf(changes: readonly Change[]): readonly SyncPlan[] {
  const syncs: SyncPlan[] = []
  for (const { isChanged, ...plan } of changes) {
    const before = syncs.at(-1)?.settings
    syncs.push(before === undefined || isChanged ? plan : { ...plan, settings: before })
  }
  return syncs
}
