import fc from 'fast-check'
import type { Mode } from '../harness/sync.ts'

/** An account, what goes wrong in it, how it is read, and when the connector is killed. */
export interface Case {
  readonly world: {
    readonly world: 'documented' | 'seed'
    readonly seed: number
    readonly calls: number
    readonly agents: number
    readonly lists: number
    readonly leads: number
    readonly days: number
  }
  readonly faults: readonly string[]
  readonly streams: readonly string[]
  readonly mode: Mode
  /** Reading begins with the very first call instead of before it. */
  readonly fromFirstCall: boolean
  readonly config: {
    readonly concurrency: number
    readonly page_size: number
    readonly window_days: number
    readonly lookback_hours: number
  }
  /** After how many lines of output each run is killed; one that is not killed follows. */
  readonly kills: readonly number[]
  /** Calls that begin between two runs. */
  readonly arrivals: number
}

/** Those whose records begin with calls, so that they can be read from the first call on. */
const OF_CALLS = ['calls', 'call_records', 'call_details']
const STREAMS = [...OF_CALLS, 'agents', 'outbound_leads', 'agent_logs', 'audit_logs', 'total_calls']

/** Faults after which a stream can still be complete; N is how often. */
const SOMETIMES = ['every-429', 'html', 'truncated', 'empty-204', 'reset-headers', 'reset-body']
const ALWAYS = [
  'once-500',
  'once-503',
  'burst-503:3',
  'slow-body:3',
  'token-dies:25',
  'no-expires-in',
  'shift',
  'no-pages',
  'no-current',
  'no-total',
  'no-pagination',
  'duplicate-ids',
  'ignore-time-filter',
  'strict-params',
  'clock-skew:7200',
  'gzip',
  'max-window-days:3',
]

const fault = fc.oneof(
  fc.constantFrom(...ALWAYS),
  fc.tuple(fc.constantFrom(...SOMETIMES), fc.integer({ min: 5, max: 30 })).map(([name, n]) => `${name}:${n}`),
)

const world = fc.record({
  world: fc.constantFrom('documented', 'documented', 'seed'),
  seed: fc.nat(10_000),
  calls: fc.integer({ min: 0, max: 90 }),
  agents: fc.integer({ min: 1, max: 5 }),
  lists: fc.integer({ min: 1, max: 4 }),
  leads: fc.integer({ min: 0, max: 25 }),
  days: fc.integer({ min: 1, max: 5 }),
})

const config = fc.record({
  concurrency: fc.integer({ min: 1, max: 8 }),
  page_size: fc.oneof(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 12, max: 100 })),
  window_days: fc.constantFrom(0.2, 0.5, 1, 2, 30),
  lookback_hours: fc.constantFrom(0, 1, 24),
})

const incremental = fc.record({
  streams: fc.subarray(STREAMS, { minLength: 1, maxLength: 5 }),
  mode: fc.constant('incremental' as const),
  fromFirstCall: fc.constant(false),
})

const fromFirstCall = fc.record({
  streams: fc.subarray(OF_CALLS, { minLength: 1 }),
  mode: fc.constant('incremental' as const),
  fromFirstCall: fc.constant(true),
})

const full = fc.record({
  streams: fc.constant(['calls']),
  mode: fc.constant('full_refresh' as const),
  fromFirstCall: fc.boolean(),
})

/** Anything that may happen, with what is given taken as it is. */
export function anyCase(fixed: Partial<Case> = {}): fc.Arbitrary<Case> {
  const reading = fc.oneof(
    { arbitrary: incremental, weight: 4 },
    { arbitrary: fromFirstCall, weight: 1 },
    { arbitrary: full, weight: 1 },
  )
  return fc
    .record({
      world,
      faults: fc.uniqueArray(fault, { maxLength: 4, selector: name => name.split(':')[0] }),
      reading,
      config,
      kills: fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 400 })), {
        maxLength: 3,
      }),
      arrivals: fc.nat(6),
    })
    .map(({ reading: { streams, mode, ...rest }, ...more }) =>
      fitting({ ...more, ...rest, streams, mode, ...fixed }),
    )
}

/** What ends a stream for good, and rightly so, is left out: a window that is refused for its length is for the user to
 *  mend; a list that grows by whole pages while it is read and does not say how long it is looks like one that does not
 *  turn pages; one that grows as fast as it is read (a record for each request, against small pages, or against the windows
 *  of a server that ignores them) has no end; metrics of another time than the one asked for are refused; the paths of one world are ids to the other. */
function fitting(one: Case): Case {
  const has = (name: string) => one.faults.includes(name)
  const silent = has('no-total') || has('no-pagination')
  const isSeed = one.world.world === 'seed'
  const endless = one.config.page_size <= 2 * one.config.concurrency || has('ignore-time-filter')
  const tooLong = has('max-window-days:3') && one.config.window_days > 2
  return {
    ...one,
    faults: one.faults.filter(
      name => !(name === 'shift' && (silent || endless)) && !(name === 'strict-params' && isSeed),
    ),
    streams: one.streams.filter(stream => !(stream === 'total_calls' && has('ignore-time-filter'))),
    config: tooLong ? { ...one.config, window_days: 2 } : one.config,
  }
}
