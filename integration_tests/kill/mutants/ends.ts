import type { Mutant } from './build.ts'
import { busy, calls, ill, killed, sync } from './cases.ts'

/** Bugs of the rules by which a list is at its end: E0 to E6. */
export const endsMutants: readonly Mutant[] = [
  {
    says: 'E0: a window is closed before it is read',
    changes: [
      [
        'engine/sync/slices/window.ts',
        'const needs = createNeeds(owedIn(owed, window))',
        "settle(received('end seen'))\n  const needs = createNeeds(owedIn(owed, window))",
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
    changes: [['engine/sync/slices/again.ts', 'MOST_READINGS = 20', 'MOST_READINGS = 2']],
    fixed: {
      ...calls,
      world: { ...busy, calls: 20, together: 20 },
      faults: ['unstable-ties'],
      syncs: [sync({}, { page_size: 4 })],
    },
  },
  {
    says: 'E6: a filter that is off by hours fits',
    // Both by the rows of a first page and by those of a whole list.
    changes: [
      ['engine/evidence/trials/filter-trial.ts', ': { marginMs: roundedUp(furthest) }', ": 'fits'"],
      [
        'engine/evidence/trials/filter-trial.ts',
        'const isFiltered = furthest <= DAY_MS &&',
        'const isFiltered = false &&',
      ],
    ],
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
]
