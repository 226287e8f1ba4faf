import type { Facts } from '../ground/facts.ts'
import { DAY_MS } from '../ground/time.ts'
import { makeTimeline, type Timeline } from '../ground/timeline.ts'
import { arrivals } from './arrivals.ts'
import { legBegins } from './legs.ts'
import { legsOf, momentsOf, planCall } from './plan.ts'

/** Every call of a world by time: the calls, their legs (call * 2 + side) and recordings (by call). */
export interface CallLog {
  readonly calls: Timeline
  readonly legs: Timeline
  readonly recordings: Timeline
  /** When a call begins, in unix ms; undefined for a call that does not exist. */
  readonly begins: (call: number) => number | undefined
  /** Adds a call that begins at `time`, never before a call added earlier. */
  readonly add: (time: number) => void
}

/** The log of a new world: its calls of the last `days`. Some of their legs and recordings are still in the future. */
export function makeCallLog(facts: Facts): CallLog {
  const { seed, together, startedAt, days, sizes } = facts
  const from = startedAt - days * DAY_MS
  const count = sizes.calls
  const starts = arrivals({ seed, count, together, from, to: startedAt })
  const { calls, legs, recordings } = timelinesOf(facts, from, starts)
  const added: number[] = []
  return {
    calls,
    legs,
    recordings,
    begins: call => (call < count ? starts[call] : added[call - count]),
    add: time => {
      const call = count + added.push(time) - 1
      calls.insert(time, call)
      addLegs(facts, call, time, legs.insert)
      addRecording(facts, call, time, recordings.insert)
    },
  }
}

/** The timelines of the calls that begin so. */
function timelinesOf(
  facts: Facts,
  from: number,
  starts: Starts,
): Pick<CallLog, 'calls' | 'legs' | 'recordings'> {
  const count = facts.sizes.calls
  const fill = (addOf: (call: number, time: number, add: Add) => void) => (add: Add) => {
    for (let call = 0; call < count; call++) addOf(call, starts[call] ?? 0, add)
  }
  const addCalls = fill((call, time, add) => add(time, call))
  const addAllLegs = fill((call, time, add) => addLegs(facts, call, time, add))
  const addRecordings = fill((call, time, add) => addRecording(facts, call, time, add))
  return {
    calls: makeTimeline(count, from, addCalls),
    legs: makeTimeline(count * 2, from, addAllLegs),
    recordings: makeTimeline(count, from, addRecordings),
  }
}

/** When each call begins. */
type Starts = ReturnType<typeof arrivals>
type Add = (time: number, ref: number) => void

function addLegs(facts: Facts, call: number, time: number, add: Add): void {
  const plan = planCall(facts, call)
  add(time, call * 2)
  if (legsOf(plan) === 2) add(legBegins(plan, time, 1), call * 2 + 1)
}

function addRecording(facts: Facts, call: number, time: number, add: Add): void {
  const plan = planCall(facts, call)
  if (plan.recorded) add(momentsOf(plan, time).recordingReady, call)
}
