import type { Mutant } from './build.ts'
import { busy, calls, healthy, ill, sync } from './cases.ts'

/** Bugs of the rules of parents, states, intervals and keys, E9 to E14, and of custom streams. */
export const partsMutants: readonly Mutant[] = [
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
