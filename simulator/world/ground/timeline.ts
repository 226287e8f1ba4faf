/** Numbers (of calls, say) ordered by time; equal times stay in the order of arrival.
 *  It takes twelve bytes per entry, so that a million fit easily. */
export interface Timeline {
  readonly size: () => number
  /** The number at a position, oldest first. */
  readonly refAt: (position: number) => number
  /** How many entries are before `time` (unix ms), or at it too when `including`. */
  readonly countBefore: (time: number, including: boolean) => number
  readonly insert: (time: number, ref: number) => void
}

const REF_BITS = 24
const REF_MASK = 2 ** REF_BITS - 1
const TIME_LOW = 2 ** (32 - REF_BITS)

/** A timeline of what `fill` adds: at most `capacity` entries, refs below 2^24, times within 34 years of `epoch`. */
export function makeTimeline(
  capacity: number,
  epoch: number,
  fill: (add: (time: number, ref: number) => void) => void,
): Timeline {
  const packed = new BigUint64Array(capacity)
  const halves = new Uint32Array(packed.buffer)
  let size = 0
  fill((time, ref) => {
    const offset = time - epoch
    halves[2 * size] = ((offset % TIME_LOW) * (REF_MASK + 1) + ref) >>> 0
    halves[2 * size + 1] = Math.floor(offset / TIME_LOW)
    size += 1
  })
  packed.subarray(0, size).sort()
  return timelineOver(unpack(halves, size, epoch), size)
}

interface Columns {
  readonly times: Float64Array
  readonly refs: Uint32Array
}

// Sorting packed 64-bit words (time above, ref below; little-endian halves) is several times faster than a comparator.
function unpack(halves: Uint32Array, size: number, epoch: number): Columns {
  const times = new Float64Array(size)
  const refs = new Uint32Array(size)
  for (let at = 0; at < size; at++) {
    const low = halves[2 * at] ?? 0
    times[at] = epoch + (halves[2 * at + 1] ?? 0) * TIME_LOW + (low >>> REF_BITS)
    refs[at] = low & REF_MASK
  }
  return { times, refs }
}

function timelineOver(start: Columns, startSize: number): Timeline {
  let columns = start
  let size = startSize
  return {
    size: () => size,
    refAt: position => columns.refs[position] ?? 0,
    countBefore: (time, including) => search(columns.times, size, time, including),
    insert: (time, ref) => {
      if (size === columns.times.length) columns = doubled(columns)
      const at = search(columns.times, size, time, true)
      columns.times.copyWithin(at + 1, at, size)
      columns.refs.copyWithin(at + 1, at, size)
      columns.times[at] = time
      columns.refs[at] = ref
      size += 1
    },
  }
}

function search(times: Float64Array, size: number, time: number, including: boolean): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = times[middle] ?? 0
    if (at < time || (including && at === time)) low = middle + 1
    else high = middle
  }
  return low
}

function doubled(columns: Columns): Columns {
  const capacity = Math.max(1024, columns.times.length * 2)
  const times = new Float64Array(capacity)
  const refs = new Uint32Array(capacity)
  times.set(columns.times)
  refs.set(columns.refs)
  return { times, refs }
}
