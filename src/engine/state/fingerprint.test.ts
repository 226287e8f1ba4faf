import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byInterval } from '../stream/definition.ts'
import { CALLS, DAY, HOUR, listRoute, SETTINGS, things } from '../testing.ts'
import { differences, type Fingerprint, fingerprintOf } from './fingerprint.ts'

const PLAIN = things()
/** A stream for which each filter is applied by someone else. */
const FILTERED = things({
  routes: [listRoute({ filters: { agent: 'agentId' } })],
  clientFilters: { enabled: () => true },
  splitBy: { queue: { stream: 'queues', field: 'id', as: 'queue' } },
})
const METRIC = things({ incremental: byInterval('configured') })
const SPLIT = { ...FILTERED, incremental: byInterval('configured') }
const DAILY = things({ incremental: { strategy: 'intervals', field: 'window_start', length: 'day' } })

const of = (def = PLAIN, settings: Partial<typeof SETTINGS> = {}) =>
  fingerprintOf(def, 'incremental', { ...SETTINGS, ...settings })

test('a fingerprint tells the sync mode, and hides all else', () => {
  const { sync_mode, ...others } = of()
  assert.equal(sync_mode, 'incremental')
  assert.deepEqual(Object.keys(others), ['origin'])
  assert.match(others['origin'] ?? '', /^[\w+/]{8}$/)
})

const rows: readonly {
  says: string
  before: Fingerprint | undefined
  now: Fingerprint
  out: readonly string[]
}[] = [
  { says: 'the same', before: of(), now: of(), out: [] },
  { says: 'what an older version did not say', before: undefined, now: of(), out: [] },
  {
    says: 'another account',
    before: of(),
    now: of(PLAIN, { account: { origin: 'https://acme.babelforce.com' } }),
    out: ['origin'],
  },
  {
    says: 'a sub-account',
    before: of(),
    now: of(PLAIN, { account: { ...SETTINGS.account, org_key: 'partner' } }),
    out: ['org_key'],
  },
  {
    says: 'another sync mode',
    before: of(),
    now: fingerprintOf(PLAIN, 'full_refresh', SETTINGS),
    out: ['sync_mode'],
  },
  {
    says: 'a filter that the stream does not know',
    before: of(),
    now: of(PLAIN, { filters: { agent: '1' } }),
    out: [],
  },
  {
    says: 'a filter of its route',
    before: of(FILTERED),
    now: of(FILTERED, { filters: { agent: '1' } }),
    out: ['agent'],
  },
  {
    says: 'a filter of the connector',
    before: of(FILTERED),
    now: of(FILTERED, { filters: { enabled: 'yes' } }),
    out: ['enabled'],
  },
  {
    says: 'a filter that narrows what it is split by',
    before: of(FILTERED),
    now: of(FILTERED, { filters: { queue: '1' } }),
    out: ['queue'],
  },
  {
    says: 'the value of a filter',
    before: of(FILTERED, { filters: { agent: '1', queue: '1' } }),
    now: of(FILTERED, { filters: { agent: '2', queue: '1' } }),
    out: ['agent'],
  },
  {
    says: 'a filter that went away',
    before: of(FILTERED, { filters: { agent: '1' } }),
    now: of(FILTERED),
    out: ['agent'],
  },
  {
    says: 'the length of intervals',
    before: of(METRIC),
    now: of(METRIC, { intervalMs: HOUR }),
    out: ['interval'],
  },
  { says: 'no intervals', before: of(METRIC), now: of(METRIC, { intervalMs: undefined }), out: ['interval'] },
  {
    says: 'what a metric is split by, where it cannot be',
    before: of(METRIC),
    now: of(METRIC, { splitBy: 'queue' }),
    out: [],
  },
  {
    says: 'what a metric is split by',
    before: of(SPLIT),
    now: of(SPLIT, { splitBy: 'queue' }),
    out: ['split_by'],
  },
  {
    says: 'the length of intervals, where they are days',
    before: of(DAILY),
    now: of(DAILY, { intervalMs: HOUR, splitBy: 'queue' }),
    out: [],
  },
  {
    says: 'the length of intervals of a stream without any',
    before: of(CALLS),
    now: of(CALLS, { intervalMs: HOUR }),
    out: [],
  },
  {
    says: 'what the stream is',
    before: of(things({ identity: { url: '/a' } })),
    now: of(things({ identity: { url: '/b' } })),
    out: ['url'],
  },
  {
    says: 'ids, dates, lookback, windows and load',
    before: of(),
    now: of(PLAIN, {
      ids: { agents: ['1'] },
      startMs: 1,
      endMs: 2,
      lookbackMs: HOUR,
      longestWindowMs: DAY,
      pageSize: 7,
      concurrency: 1,
      requestsPerSecond: 1,
    }),
    out: [],
  },
]

for (const { says, before, now, out } of rows)
  test(`${says}: ${out.length === 0 ? 'nothing' : out.join(', ')} differs`, () =>
    assert.deepEqual(differences(before, now), out))
