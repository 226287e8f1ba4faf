import type { Slice } from '../stream/context.ts'
import type { Span } from '../time/spans.ts'

/** Keys of records near the edges of windows, with the slice that first gave them: the one-second overlap makes two
 *  windows give the same record. */
export type Edges = Map<string, object>

/** Whether a key is new, came in this slice before, or was given by another slice. */
export type DuplicateCheck = (key: string, moment: number | undefined) => 'new' | 'again' | 'elsewhere'

const EDGE_MS = 2000

/** The check for one slice. It holds the keys of this slice only; those near its edges, and those of records without a
 *  time, are shared with the other windows. */
export function createDuplicateCheck({ window }: Slice, edges: Edges): DuplicateCheck {
  const keys = new Set<string>()
  const self = {}
  return (key, moment) => {
    if (window === undefined || (moment !== undefined && isInside(moment, window))) {
      if (keys.has(key)) return 'again'
      keys.add(key)
      return 'new'
    }
    const giver = edges.get(key)
    if (giver !== undefined) return giver === self ? 'again' : 'elsewhere'
    edges.set(key, self)
    return 'new'
  }
}

function isInside(moment: number, { from, to }: Span): boolean {
  return moment >= from + EDGE_MS && moment < to - EDGE_MS
}
