import { each } from './each.ts'
import type { Slice } from './engine.ts'
import type { Reader } from './reader.ts'
import type { Span } from './spans.ts'
import { advanced, NOTHING_READ, type Progress, resumed } from './state.ts'
import { readTimeline } from './timed.ts'

/** Parents whose progress is told apart in the state; beyond that, all of them share one. Bounds the state's size. */
const MOST_PARENTS = 10_000

type Spans = readonly Span[] | 'all'

/** Reads a stream with a parent and a time of its own: each parent has a timeline, so that one that is new is read from
 *  the start. While a sync runs, parents that are done carry their own spans; at its end all share the common ones. */
export async function readByParents({ job, reading, parents, onProgress }: Reader): Promise<void> {
  const before = resumed(job.mode, job.progress)
  const { endMs, concurrency } = reading.engine.settings
  if (before.cursorMs !== undefined && before.cursorMs > endMs) return onProgress(before)
  const slices = await parents(job.def)
  const told = slices.length <= MOST_PARENTS
  const state = new Map<string, Spans>(before.parents ?? [])
  let slowest: Progress | undefined
  await each(slices, concurrency, async slice => {
    const id = idOf(slice)
    const timed = { reading, width: 1, ...(slice.parent === undefined ? {} : { parent: slice.parent }) }
    let reached: Progress | undefined
    await readTimeline(timed, job.mode, progressOf(before, id), progress => {
      reached = progress
      state.set(id, progress.closed)
      if (told) onProgress({ ...before, finished: false, parents: state })
    })
    slowest = behind(slowest, reached)
  })
  onProgress(settled(before, slowest, slices, job.mode === 'full_refresh', told))
}

/** What is known of a parent: its own spans, or the common ones; nothing where parents are told apart and it is new. */
function progressOf(before: Progress, id: string): Progress {
  const own = before.parents === undefined ? 'all' : before.parents.get(id)
  if (own === undefined) return NOTHING_READ
  const closed = own === 'all' ? before.closed : own
  return { cursorMs: closed[0]?.to, closed, finished: false }
}

/** The progress that all parents share when each has come to its end: that of the one that came least far. */
function settled(
  before: Progress,
  slowest: Progress | undefined,
  slices: readonly Slice[],
  finished: boolean,
  told: boolean,
): Progress {
  const common = advanced(before, (slowest ?? before).closed, finished)
  if (!told) return common
  return { ...common, parents: new Map(slices.map(slice => [idOf(slice), 'all'])) }
}

function behind(one: Progress | undefined, other: Progress | undefined): Progress | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return (other.cursorMs ?? 0) < (one.cursorMs ?? 0) ? other : one
}

function idOf({ parent = {} }: Slice): string {
  return Object.values(parent).join('|')
}
