import type { Case, Settings, SyncPlan } from '../cases/case.ts'
import type { Mutant } from './build.ts'

const settings: Settings = {
  concurrency: 1,
  page_size: 5,
  window_days: 30,
  lookback_hours: 1,
  startDays: 7,
}

/** Calls of several days, on several pages. */
const busy: Case['world'] = {
  world: 'documented',
  seed: 7,
  calls: 80,
  agents: 4,
  lists: 4,
  leads: 9,
  days: 4,
  together: 1,
  live: 0,
}

function sync(more: Partial<SyncPlan> = {}, config: Partial<Settings> = {}): SyncPlan {
  return {
    waitHours: 0,
    arrivals: 0,
    leavers: {},
    clockErrorHours: 0,
    stops: [],
    ...more,
    settings: { ...settings, ...config },
  }
}

const healthy = {
  world: busy,
  faults: [],
  passing: { faults: [], from: 0, runs: 0 },
  mode: 'incremental',
  asProgram: false,
  syncs: [sync()],
} as const satisfies Partial<Case>

const calls = { ...healthy, streams: ['calls'] } as const
const ill = (...faults: readonly string[]) => ({ passing: { faults, from: 0, runs: 1 } })
/** Short windows side by side, so that a later one may be over before an earlier one is. */
const swift: Partial<Settings> = { concurrency: 3, window_days: 0.2 }
// What is older than 30 days is closed even behind the newest record that was seen.
const killed = sync({ stops: [{ how: 'kill', after: 30 }] }, { startDays: 46 })

/** A bug for each rule by which time is closed (see docs/reliability.md), and what of a case is set so that it can show. */
export const mutants: readonly Mutant[] = [
  {
    says: 'E0: a window is closed before it is read',
    changes: [
      [
        'engine/sync/slices/window.ts',
        'const needs = createNeeds()',
        "settle(received('end seen'))\n  const needs = createNeeds()",
      ],
    ],
    fixed: { ...calls, world: { ...busy, days: 45 }, syncs: [killed] },
  },
  {
    says: 'E0: a window that failed is closed',
    changes: [
      ['engine/sync/slices/window.ts', 'settle(evidence.failed(error))', "settle(received('end seen'))"],
    ],
    fixed: { ...calls, ...ill('status-500@/api/v2/calls') },
  },
  {
    says: 'E1: a body that is an error is an empty list',
    changes: [['engine/fetch/error-envelope.ts', "String(body['success']) === 'false' || (", 'false && (']],
    fixed: { ...calls, ...ill('success-false') },
  },
  {
    says: 'E1: a list that is missing is empty, whatever its count',
    changes: [['engine/fetch/extract.ts', 'const page = listed([], body)', 'const page = listed([], {})']],
    fixed: { ...calls, ...ill('items-null') },
  },
  {
    says: 'E2: a page that is shorter than was asked for is the last',
    changes: [['engine/evidence/route-facts.ts', 'return rows >= fullest &&', 'return false &&']],
    fixed: { ...calls, faults: ['clamp-size-silently:4', 'no-total', 'no-pages'] },
  },
  {
    says: 'E2: the count ends a list',
    changes: [
      [
        'engine/fetch/pages.ts',
        'if (rows >= size) return undefined',
        "if (rows >= size) return holdsClaim(list) ? 'short' : undefined",
      ],
    ],
    fixed: { ...calls, faults: ['count-capped:10'] },
  },
  {
    says: 'E3: a slice that is short of its count is received',
    changes: [
      [
        'engine/sync/slices/conclude.ts',
        'claim !== undefined && distinct < claim',
        'claim !== undefined && distinct < 0',
      ],
    ],
    fixed: { ...calls, ...ill('cap-empty:22') },
  },
  {
    says: 'E4: a list that is refused after a full page is at its end',
    changes: [['engine/sync/slices/conclude.ts', "(walk.end === 'refused' ||", '(']],
    fixed: { ...calls, faults: ['cap-400:20', 'no-total'] },
  },
  {
    says: 'E5: the records of one moment are read twice and no more',
    changes: [['engine/sync/slices/slice.ts', 'MOST_READINGS = 20', 'MOST_READINGS = 2']],
    fixed: {
      ...calls,
      world: { ...busy, calls: 20, together: 20 },
      faults: ['unstable-ties'],
      syncs: [sync({}, { page_size: 4 })],
    },
  },
  {
    says: 'E6: a filter that is off by hours fits',
    changes: [['engine/evidence/trials/filter-trial.ts', ': { marginMs: roundedUp(furthest) }', ": 'fits'"]],
    fixed: {
      ...calls,
      world: { ...busy, live: 1 / 1200 },
      faults: ['filter-shift:2'],
      syncs: [
        sync({}, { lookback_hours: 0, window_days: 0.2 }),
        sync({ waitHours: 6 }, { lookback_hours: 0 }),
      ],
    },
  },
  {
    says: 'E7: the time after the newest record is over',
    changes: [
      ['engine/time/frontier.ts', 'Math.max(newestMs, wholeMinutes(nowMs - OPEN_MS) + lookbackMs)', 'nowMs'],
    ],
    fixed: { ...calls, faults: ['reporting-stalls:26+48'], syncs: [sync(), sync({ waitHours: 24 })] },
  },
  {
    says: 'E7: the newest record that was ever seen counts, though it does not come again',
    changes: [
      ['engine/sync/strategy.ts', 'endsAt >= startMs && endsAt <= endMs', 'false'],
      ['engine/time/coverage.ts', 'holes(before.closed, { from: boundMs, to: closedMs })', '[]'],
    ],
    fixed: {
      ...calls,
      passing: { faults: ['reporting-stalls:72+48'], from: 1, runs: 2 },
      syncs: [sync({}, { startDays: 1 }), sync({ waitHours: 1 })],
    },
  },
  {
    says: 'E7: what was read while reporting lagged is closed by any later record',
    changes: [
      ['engine/time/coverage.ts', 'holes(spans, { from: closedMs, to: before.readToMs ?? closedMs })', '[]'],
    ],
    fixed: {
      ...calls,
      faults: ['reporting-stalls:48+24'],
      syncs: [
        sync({}, swift),
        sync({ waitHours: 26, stops: [12, 14, 16].map(after => ({ how: 'kill', after })) }, swift),
      ],
    },
  },
  {
    says: 'E7: a record of the future is the newest',
    changes: [['engine/records/judge.ts', 'isOwn && moment <= nowMs', 'isOwn']],
    fixed: {
      ...calls,
      faults: ['reporting-stalls:26+48', 'future-record:400'],
      syncs: [sync(), sync({ waitHours: 24 })],
    },
  },
  {
    says: 'E8: time is closed by the connector’s own clock',
    changes: [
      ['engine/time/frontier.ts', 'Math.min(to, Math.min(dateMs, beganMs) - SETTLE_MS)', 'to'],
      [
        'engine/time/frontier.ts',
        'Math.max(newestMs, wholeMinutes(nowMs - OPEN_MS) + lookbackMs)',
        'nowMs + 99 * DAY_MS',
      ],
      ['engine/sync/job/resume.ts', 'aheadMs > 0 ?', 'aheadMs > AHEAD_MS ?'],
    ],
    fixed: { ...calls, syncs: [sync({ clockErrorHours: 75 }), sync({ waitHours: 24, arrivals: 4 })] },
  },
  {
    says: 'E9: all parents are believed to be gone',
    changes: [['engine/evidence/parts.ts', 'goneCount < MANY', 'goneCount > 0']],
    fixed: {
      ...healthy,
      streams: ['campaign_statistics'],
      ...ill('children-404:json'),
      syncs: [sync({}, { startDays: 45 })],
    },
  },
  {
    says: 'E9: a new parent has the history of the others',
    changes: [['engine/sync/job/ledger.ts', '(own ?? NO_COVERAGE)', '(own ?? before)']],
    fixed: { ...healthy, streams: ['agent_logs'], ...ill('parents-missing:999') },
  },
  {
    says: 'E9: a parent is another one in another spelling',
    changes: [['engine/records/judge.ts', "return id.toLowerCase().replaceAll('-', '')", 'return id']],
    fixed: { ...healthy, streams: ['outbound_leads'], faults: ['parent-spelling:upper'] },
  },
  {
    says: 'E10: a state of other filters goes on',
    changes: [
      ['engine/state/fingerprint.ts', 'filter(name => before[name] !== now[name])', 'filter(() => false)'],
    ],
    fixed: {
      ...healthy,
      streams: ['call_records'],
      syncs: [sync({}, { agent: 0, lookback_hours: 24 }), sync({}, { agent: 1, lookback_hours: 24 })],
    },
  },
  {
    says: 'E10: time before what was read is not read any more',
    changes: [
      [
        'engine/time/coverage.ts',
        'return holes(settled(coverage, tailMs), within)',
        'return holes(settled(coverage, tailMs).map(one => ({ ...one, from: 0 })), within)',
      ],
    ],
    fixed: { ...calls, syncs: [sync({}, { startDays: 1 }), sync()] },
  },
  {
    says: 'E11: an interval without a number is closed like any other',
    changes: [
      [
        'engine/time/interval-plan.ts',
        'isWhole(one) && (isShown(one, reading) || one.to <= planning.nowMs - OPEN_MS)',
        'true',
      ],
    ],
    fixed: { ...healthy, streams: ['total_calls'], faults: ['metrics-zero:20'] },
  },
  {
    says: 'E11: an interval is read once',
    changes: [['engine/time/open-intervals.ts', 'return to + lookbackMs <= nowMs', 'return to <= nowMs']],
    fixed: {
      ...healthy,
      streams: ['total_calls'],
      faults: ['metrics-partial:6'],
      syncs: [sync({}, { lookback_hours: 24 }), sync({ waitHours: 30 }, { lookback_hours: 24 })],
    },
  },
  {
    says: 'E12: what changed is left out for when it was made',
    changes: [
      [
        'engine/sync/slices/whole.ts',
        "return job.mode === 'incremental' && (",
        "return job.mode === 'full_refresh' && (",
      ],
    ],
    fixed: {
      ...healthy,
      world: { ...busy, calls: 240 },
      streams: ['conferences'],
      faults: ['late-changes:30'],
    },
  },
  {
    says: 'E13: the first part of a key is all of it',
    changes: [['engine/records/key.ts', 'if (parts.length > 1) return JSON.stringify(parts)', '']],
    fixed: { ...healthy, streams: ['campaign_statistics'] },
  },
  {
    says: 'E14: a number of any size is a moment',
    changes: [
      [
        'engine/time/timestamps.ts',
        '  const text = timestampOf(value)',
        "  if (typeof value === 'number') return value\n  const text = timestampOf(value)",
      ],
    ],
    fixed: { ...healthy, streams: ['conversations'], faults: ['impossible-dates:huge'] },
  },
  {
    says: 'E14: a stream that fails has no end',
    changes: [['engine/run.ts', 'else status.incomplete()', '']],
    fixed: { ...calls, ...ill('status-500') },
  },
  {
    says: 'custom: the address of a next page is none',
    changes: [
      [
        'custom/response/pagination.ts',
        'token === 0 || token === true',
        "token === 0 || String(token).includes('/')",
      ],
    ],
    fixed: { ...healthy, streams: ['custom_next_url', 'custom_link'] },
  },
  {
    says: 'custom: each part has the values of the first',
    changes: [
      [
        'custom/request/write.ts',
        'parts.path.fill(asked, encodeValue)',
        '(parts.path.names.length > 0 ? (filledPath ??= parts.path.fill(asked, encodeValue)) : parts.path.fill(asked, encodeValue))',
      ],
      [
        'custom/request/write.ts',
        '  return asked => {',
        '  let filledPath: string | undefined\n  return asked => {',
      ],
    ],
    fixed: { ...healthy, streams: ['custom_child'] },
  },
  {
    says: 'custom: the number of a page is not asked for',
    changes: [['custom/response/pagination.ts', '{ none: _, ...named }', '{ none: _, page: __, ...named }']],
    fixed: { ...healthy, streams: ['custom_page'] },
  },
]
