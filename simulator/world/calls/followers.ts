import { makeTimeline, type Timeline } from '../ground/timeline.ts'
import type { CallLog } from './call-log.ts'

const MOST_REFS = 2 ** 24

/** What follows from calls: up to `per` entries per call; entry `slot` of call `c` has the number c * per + slot. */
export interface Following {
  readonly per: number
  /** When each entry of a call happens, in unix ms; undefined for one that does not. */
  readonly timesOf: (call: number, begun: number) => readonly (number | undefined)[]
}

/** A timeline that is built when it is first read, and then grows with the log: most worlds never need it.
 *  Calls whose entries would need numbers beyond a timeline's bounds have none. */
export function followersOf(log: CallLog, epoch: number, { per, timesOf }: Following): Timeline {
  let built: Timeline | undefined
  let covered = 0
  const fill = (upTo: number, add: (time: number, ref: number) => void) => {
    for (; covered < upTo; covered++)
      addEntries(timesOf(covered, log.begins(covered) ?? 0), covered * per, add)
  }
  const current = () => {
    const calls = Math.min(log.calls.size(), Math.floor(MOST_REFS / per))
    built ??= makeTimeline(calls * per, epoch, add => fill(calls, add))
    fill(calls, built.insert)
    return built
  }
  return {
    size: () => current().size(),
    refAt: position => current().refAt(position),
    countBefore: (time, including) => current().countBefore(time, including),
    insert: (time, ref) => current().insert(time, ref),
  }
}

function addEntries(
  times: readonly (number | undefined)[],
  first: number,
  add: (time: number, ref: number) => void,
): void {
  for (const [slot, time] of times.entries()) if (time !== undefined) add(time, first + slot)
}
