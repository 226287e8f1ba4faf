import type { Slice } from '../stream/context.ts'
import type { Span } from '../time/spans.ts'

/** The keys that windows share. */
export interface SharedKeys {
  /** Those of records near the edges of windows, with the slice that first gave them: the one-second overlap makes two
   *  windows give the same record. */
  readonly edges: Map<string, object>
  /** Those of windows that were given up and come again in halves. */
  readonly given: ReadonlySet<string>[]
}

/** The keys of windows of which none was read yet. */
export function shareKeys(): SharedKeys {
  return { edges: new Map(), given: [] }
}

/** Whether a key is new, came in this slice before, or was given by another slice. */
export interface DuplicateCheck {
  take(key: string, moment: number | undefined): 'new' | 'again' | 'elsewhere'
  /** The keys that this slice alone has given. */
  readonly keys: ReadonlySet<string>
}

const EDGE_MS = 2000

/** The check for one slice. It holds the keys of this slice only; those near its edges, and those of records without a
 *  time, are shared with the other windows. */
export function createDuplicateCheck({ window }: Slice, { edges, given }: SharedKeys): DuplicateCheck {
  const keys = new Set<string>()
  const elsewhere = new Set<string>()
  const self = {}
  const takeOwn = (key: string) => {
    const before = keys.size
    if (keys.add(key).size === before) return 'again'
    // Not by a function that knows the key: one would be made for each record.
    for (const others of given) if (others.has(key)) return 'elsewhere'
    return 'new'
  }
  return {
    keys,
    take(key, moment) {
      if (window === undefined || (moment !== undefined && isInside(moment, window))) return takeOwn(key)
      const giver = edges.get(key)
      if (giver === self || elsewhere.has(key)) return 'again'
      if (giver === undefined) edges.set(key, self)
      else elsewhere.add(key)
      return giver === undefined ? 'new' : 'elsewhere'
    },
  }
}

function isInside(moment: number, { from, to }: Span): boolean {
  return moment >= from + EDGE_MS && moment < to - EDGE_MS
}
