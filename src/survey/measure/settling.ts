import { DAY_MS, HOUR_MS } from '../../durations.ts'
import type { Ask } from '../ask/ask.ts'
import { type Findings, verdictOn } from '../verdicts.ts'
import { countWindow } from './reach.ts'
import type { FirstAnswer } from './streams.ts'

/** How many calls an hour had when it was asked for; and before, where an earlier survey asked too. */
export interface Settling {
  /** The hour, by its beginning. */
  readonly hour: string
  readonly count: number
  readonly before?: number
}

/** So many hours of an earlier survey are counted again at most. */
const MOST_HOURS = 6

/** Counts the calls of some hours that are over; of those that an earlier survey counted, once more. */
export async function surveySettling(
  calls: FirstAnswer | undefined,
  earlier: readonly Settling[] = [],
  ask: Ask,
  nowMs: number,
): Promise<readonly Settling[]> {
  if (calls === undefined) return []
  const hour = Math.floor(nowMs / HOUR_MS) * HOUR_MS
  const before = new Map(earlier.map(one => [Date.parse(one.hour), one.count]))
  const hours =
    before.size > 0
      ? [...before.keys()].filter(ms => ms % HOUR_MS === 0).slice(0, MOST_HOURS)
      : [hour - 2 * HOUR_MS, hour - 6 * HOUR_MS, hour - DAY_MS]
  const counted: Settling[] = []
  for (const from of hours) {
    const count = await countWindow(calls, { from, to: from + HOUR_MS - 1000 }, ask)
    if (count === undefined) continue
    const known = before.get(from)
    counted.push({
      hour: new Date(from).toISOString(),
      count,
      ...(known === undefined ? {} : { before: known }),
    })
  }
  return counted
}

/** Whether any hour has changed since the earlier survey; unknown without one. */
export function judgeSettling(settling: readonly Settling[]): Findings {
  const again = settling.filter(({ before }) => before !== undefined)
  const changed = again.filter(({ before, count }) => before !== count).length
  return verdictOn('counts-settle', again.length === 0 ? undefined : changed === 0, {
    hours: again.length,
    changed,
  })
}
