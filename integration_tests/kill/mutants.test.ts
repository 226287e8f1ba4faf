import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { buildMutant, type Mutant } from './mutants.ts'
import { assertNothingIsLost } from './property.ts'

/** In how many worlds a bug must show. */
const WITHIN = 60

/** Calls of several days, on several pages. */
const BUSY = { world: 'documented', seed: 7, calls: 80, agents: 2, lists: 1, leads: 0, days: 4 } as const
const ONE_BY_ONE = { concurrency: 1, page_size: 5, window_days: 30, lookback_hours: 1 }

const MUTANTS: readonly Mutant[] = [
  {
    says: 'a window is said to be closed before it is read',
    changes: [
      [
        'engine/sync/timeline.ts',
        'const outcome = await readWindow(bounded, window, windows)',
        'close(window)\n    const outcome = await readWindow(bounded, window, windows)',
      ],
    ],
    fixed: { streams: ['calls'] },
  },
  {
    says: '> stands for >= where reading begins, and the record on the edge is lost',
    changes: [['engine/records/filter.ts', 'moment < bounds.from', 'moment <= bounds.from']],
    fixed: { streams: ['calls'], fromFirstCall: true },
  },
  {
    says: 'reading goes on from a page number, though records have moved on',
    changes: [
      [
        'engine/state/progress.ts',
        'version: 1,\n    ...(cursorMs',
        'version: 1,\n    page: globalThis.page,\n    ...(cursorMs',
      ],
      [
        'engine/state/progress.ts',
        "const version = state['version']",
        "globalThis.read = state['page']\n  const version = state['version']",
      ],
      ['engine/fetch/pages.ts', 'await take(first)', 'if (!(globalThis.read > 0)) await take(first)'],
      [
        'engine/fetch/pages.ts',
        'await concurrently(next, ',
        'await concurrently(next.filter(one => !(one.at <= globalThis.read)), ',
      ],
      [
        'engine/fetch/pages.ts',
        'else await take(page)',
        'else { await take(page); globalThis.page = one.at; globalThis.tell() }',
      ],
      [
        'engine/sync/timeline.ts',
        'await readSpans(timed, owed, close)',
        'globalThis.tell = () => onProgress(before)\n  await readSpans(timed, owed, close)',
      ],
    ],
    fixed: { streams: ['calls'], faults: ['no-total'], arrivals: 6, world: BUSY, config: ONE_BY_ONE },
  },
  {
    says: 'the newest record of a page is taken for the point that was reached, though the newest come first',
    changes: [
      [
        'engine/sync/timeline.ts',
        'await readSpans(timed, owed, close)',
        `const { context } = timed
  const sink = async records => {
    await context.sink(records)
    const to = Math.max(...momentsOf(records, context.def))
    if (to > startMs) close({ from: startMs, to })
  }
  await readSpans({ ...timed, context: { ...context, sink } }, owed, close)`,
      ],
    ],
    fixed: { streams: ['calls'], world: BUSY, config: ONE_BY_ONE },
  },
  {
    says: 'a page that is asked for again is lost',
    changes: [
      ['engine/fetch/fetch-page.ts', 'let blanks = 0', 'let blanks = 0\n  let tries = 0'],
      [
        'engine/fetch/fetch-page.ts',
        'const answer = extractPage(reply, {',
        'const again = tries++ > 0\n    const answer = extractPage(reply, {',
      ],
      ['engine/fetch/fetch-page.ts', 'return answer', 'return again ? { ...answer, rows: [] } : answer'],
    ],
    fixed: { streams: ['calls'], faults: ['truncated:5', 'no-total'], world: BUSY, config: ONE_BY_ONE },
  },
]

describe('the property finds planted bugs', { concurrency: 2 }, () => {
  for (const mutant of MUTANTS) {
    test(mutant.says, async () => {
      await using build = await buildMutant(mutant)
      const trial = { runs: WITHIN, main: build.main, fixed: mutant.fixed }
      await assert.rejects(assertNothingIsLost(trial), (error: Error) => {
        assert.match(String(error.cause), /: lost \d+ of \d+/)
        return true
      })
    })
  }
})
