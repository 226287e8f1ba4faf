import { type Draw, draws } from '../ground/random.ts'

const HOUR_MS = 3_600_000

// Calls per hour of a working day (UTC), relative to one another: a rise to 10, a lunch dip, quiet nights.
const curve = [
  0.2, 0.1, 0.1, 0.1, 0.1, 0.3, 1, 3, 8, 12, 13, 12, 10, 9, 11, 12, 11, 9, 5, 3, 2, 1, 0.5, 0.3,
] as const
const WEEKEND = 0.08

interface Bucket {
  readonly from: number
  readonly to: number
  /** The weights of this bucket and of all before it, summed. */
  readonly upTo: number
}

/** When `count` calls begin within [from, to), in unix ms, oldest first: mostly on weekdays, in the daytime, and
 *  `together` of them at each moment. */
export function arrivals(options: {
  readonly seed: number
  readonly count: number
  readonly together: number
  readonly from: number
  readonly to: number
}): Float64Array {
  const hours = buckets(options.from, options.to)
  const draw = draws(options.seed, 'arrivals', 0)
  const times = new Float64Array(options.count)
  for (let at = 0; at < times.length; at++)
    times[at] = at % options.together === 0 ? arrivalIn(hours, draw) : (times[at - 1] ?? 0)
  return times.sort()
}

function buckets(from: number, to: number): readonly Bucket[] {
  const hours: Bucket[] = []
  let upTo = 0
  for (let start = from; start < to; start = nextHour(start)) {
    const end = Math.min(nextHour(start), to)
    upTo += (weightAt(start) * (end - start)) / HOUR_MS
    hours.push({ from: start, to: end, upTo })
  }
  return hours
}

function nextHour(time: number): number {
  return (Math.floor(time / HOUR_MS) + 1) * HOUR_MS
}

function weightAt(time: number): number {
  const at = new Date(time)
  const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6
  return (curve[at.getUTCHours()] ?? 0) * (weekend ? WEEKEND : 1)
}

function arrivalIn(hours: readonly Bucket[], draw: Draw): number {
  const sought = draw() * (hours.at(-1)?.upTo ?? 0)
  let low = 0
  let high = hours.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hours[middle]?.upTo ?? 0) > sought) high = middle
    else low = middle + 1
  }
  const hour = hours[low]
  return hour ? Math.floor(hour.from + draw() * (hour.to - hour.from)) : 0
}
