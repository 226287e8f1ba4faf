import type { Mutant } from './build.ts'
import { calls, swift, sync } from './cases.ts'

/** Bugs of the rules by which time is over: E7 and E8. */
export const timeMutants: readonly Mutant[] = [
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
]
