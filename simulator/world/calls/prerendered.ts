import type { CallView, Prerendered } from './call-views.ts'

const TYPICAL_BYTES = 1300

/** Renders all records of a view that exist at `now`. */
function prerender(view: CallView, now: number): Prerendered {
  const count = view.timeline.countBefore(now, true)
  const ends = new Float64Array(count + 1)
  let buffer: Buffer = Buffer.allocUnsafeSlow(Math.max(64, count * TYPICAL_BYTES))
  let used = 0
  for (let place = 0; place < count; place++) {
    const text = `${JSON.stringify(view.rowAt(view.timeline.refAt(count - 1 - place), now))},`
    if (used + text.length * 3 > buffer.length) buffer = grown(buffer, used + text.length * 3)
    used += buffer.write(text, used)
    ends[place + 1] = used
  }
  return { count, cut: (from, to) => cutOf(buffer, ends, from, to) }
}

/** Renders a view once, and again only when it has other records. */
export function prerenderOnce(view: CallView): (now: number) => Prerendered {
  let rendered: Prerendered | undefined
  return now => {
    if (rendered?.count !== view.timeline.countBefore(now, true)) rendered = prerender(view, now)
    return rendered
  }
}

// Each record is followed by a comma; the last one of a cut goes without it.
function cutOf(buffer: Buffer, ends: Float64Array, from: number, to: number): Uint8Array {
  return to <= from ? buffer.subarray(0, 0) : buffer.subarray(ends[from] ?? 0, (ends[to] ?? 1) - 1)
}

function grown(buffer: Buffer, atLeast: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.max(atLeast, Math.ceil(buffer.length * 1.5)))
  buffer.copy(larger)
  return larger
}
