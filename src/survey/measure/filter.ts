import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../durations.ts'
import { requestFor } from '../../engine/fetch/request.ts'
import type { Span } from '../../engine/time/spans.ts'
import { momentOf } from '../../engine/time/timestamps.ts'
import { isObject, type Json } from '../../json.ts'
import { fits, rowsOf } from '../ask/answers.ts'
import type { Ask } from '../ask/ask.ts'
import type { FirstAnswer } from './streams.ts'

/** A way in which a filter may understand a window. */
interface Hypothesis {
  readonly name: string
  /** The argument of the simulator's fault of the same behaviour, after its name. */
  readonly fault?: string
  readonly window: (asked: Span) => Span
}

const floor = (ms: number, unit: number) => Math.floor(ms / unit) * unit
const ceil = (ms: number, unit: number) => Math.ceil(ms / unit) * unit
const HOURS = Array.from({ length: 28 }, (_, index) => (index < 14 ? index + 1 : 13 - index))

/** The likeliest first: where two explain what came, the earlier is reported. */
const HYPOTHESES: readonly Hypothesis[] = [
  { name: 'exact', window: asked => asked },
  {
    name: 'exclusive',
    fault: 'filter-exclusive',
    window: ({ from, to }) => ({ from: from + 1000, to: to - 1 }),
  },
  ...(['minute', 'hour'] as const).flatMap(unit => {
    const ms = unit === 'minute' ? MINUTE_MS : HOUR_MS
    return [
      {
        name: `floor-${unit}`,
        fault: `filter-floor:${unit}`,
        window: ({ from, to }: Span) => ({ from: floor(from, ms), to: floor(to, ms) }),
      },
      {
        name: `inward-${unit}`,
        fault: `filter-inward:${unit}`,
        window: ({ from, to }: Span) => ({ from: ceil(from, ms), to: floor(to, ms) }),
      },
    ]
  }),
  ...HOURS.map(hours => ({
    name: `shift${hours}`,
    fault: `filter-shift:${hours}`,
    window: ({ from, to }: Span) => ({ from: from + hours * HOUR_MS, to: to + hours * HOUR_MS }),
  })),
  { name: 'ignored', fault: 'ignore-time-filter', window: () => ({ from: -Infinity, to: Infinity }) },
]

/** How a filter was found to understand windows; `undefined` where too few records show it. */
export interface FilterFinding {
  readonly holds: boolean
  readonly as: string
  readonly fault?: string
}

const FEWEST = 12
const MOST_IN_WINDOW = 80

/** Asks a list for two windows in the midst of records that are known, and finds the way of understanding them that explains
 *  what came. `pageSize` is what a page is known to hold. */
export async function surveyFilter(
  first: FirstAnswer,
  known: readonly Json[],
  ask: Ask,
  pageSize: number,
): Promise<FilterFinding | undefined> {
  const sample = timesOf(known)
  if (sample.length < FEWEST) return undefined
  let fitting = HYPOTHESES
  for (const window of windowsIn(sample, Math.min(MOST_IN_WINDOW, Math.floor(pageSize * 0.8)))) {
    const came = await rowsIn(first, window, ask)
    if (came === undefined) return undefined
    fitting = fitting.filter(one => explains(one, { window, came, sample, pageSize }))
  }
  const [found] = fitting
  if (found === undefined) return { holds: false, as: 'other' }
  return {
    holds: found.name === 'exact',
    as: found.name,
    ...(found.fault === undefined ? {} : { fault: found.fault }),
  }
}

/** The times of the records, newest first. */
function timesOf(rows: readonly Json[]): readonly number[] {
  const all = rows.flatMap(row => (isObject(row) ? (momentOf(row['dateCreated']) ?? []) : []))
  return all.filter(ms => !Number.isNaN(ms)).toSorted((one, other) => other - one)
}

const AFTER_MS = 20 * SECOND_MS

/** One window whose ends lie shortly after records, so that rounding shows, and one whose ends are records' own seconds. */
function windowsIn(sample: readonly number[], most: number): readonly Span[] {
  const oldest = Math.floor(sample.length / 2)
  const newest = Math.max(1, oldest - most)
  const at = (index: number) => floor(sample[index] ?? 0, SECOND_MS)
  const start = telling(sample, oldest)
  const end = telling(sample, Math.max(newest, Math.floor(sample.length / 4)))
  return [
    { from: at(start) + AFTER_MS, to: at(end) + AFTER_MS },
    { from: at(oldest), to: at(Math.max(newest, oldest - 8)) + SECOND_MS },
  ]
}

/** A record near this one after which rounding to minutes and to hours come to different windows. */
function telling(sample: readonly number[], near: number): number {
  const isTelling = (index: number) => {
    const ms = sample[index] ?? 0
    const before = sample[index + 1] ?? 0
    const isApart =
      floor(before, MINUTE_MS) < floor(ms, MINUTE_MS) && floor(before, HOUR_MS) === floor(ms, HOUR_MS)
    return ms % MINUTE_MS < MINUTE_MS - 2 * AFTER_MS && isApart
  }
  const steps = Array.from({ length: Math.floor(sample.length / 8) }, (_, step) => near + step)
  return steps.find(isTelling) ?? near
}

async function rowsIn({ def, route }: FirstAnswer, window: Span, ask: Ask) {
  const { window: names, paginate } = route
  if (names === undefined || !('from' in names)) return undefined
  const write = (ms: number) => (names.format === 'iso' ? new Date(ms).toISOString() : ms / SECOND_MS)
  const request = requestFor({ def, route, slice: {}, pageSize: 100, filters: {} }, paginate.first)
  const query = { ...request.query, [names.from]: write(window.from), [names.to]: write(window.to) }
  const answer = await ask({ ...request, query })
  return answer !== undefined && fits(route, answer) ? timesOf(rowsOf(route, answer)) : undefined
}

/** Whether a way of understanding the window gives what came, as far as the known records reach. */
function explains(
  { window: understood }: Hypothesis,
  {
    window,
    came,
    sample,
    pageSize,
  }: {
    readonly window: Span
    readonly came: readonly number[]
    readonly sample: readonly number[]
    readonly pageSize: number
  },
): boolean {
  const { from, to } = understood(window)
  const expected = sample.filter(ms => ms >= from && ms <= to)
  const times = new Set(expected)
  const oldest = sample.at(-1) ?? 0
  const known = new Set(came.filter(ms => ms >= oldest))
  const areExpected = [...known].every(ms => times.has(ms))
  if (expected.length <= pageSize) return areExpected && known.size === times.size
  return areExpected && came.length >= Math.min(pageSize, FEWEST)
}
