import { concurrently } from '../../concurrency.ts'
import {
  advanced,
  hashOf,
  NOTHING_READ,
  type ParentSpans,
  type Progress,
  resumed,
} from '../state/progress.ts'
import type { Slice } from '../stream/context.ts'
import type { Span } from '../time/spans.ts'
import type { StrategyInput } from './job.ts'
import { readTimeline } from './timeline.ts'

/** Parents that a state names by their ids; more of them are named by hashes. */
const MOST_NAMED = 1000
/** Parents whose progress is told apart at all; beyond that, all of them share one. Both bound the state's size. */
const MOST_PARENTS = 120_000

/** Reads a stream with a parent and a time of its own: each parent has a timeline, so that one that is new is read from
 *  the start. While a sync runs, parents that are done carry their own spans; at its end all share the common ones. */
export async function readPerPartition({
  job,
  context,
  partitions,
  onProgress,
}: StrategyInput): Promise<void> {
  const before = resumed(job.mode, job.progress)
  const { endMs, concurrency } = context.engine.settings
  if (before.cursorMs !== undefined && before.cursorMs > endMs) return onProgress(before)
  const slices = await partitions(job.def)
  const ledger = slices.length <= MOST_PARENTS ? createLedger(before, slices) : undefined
  let slowest: Progress | undefined
  await concurrently(slices, concurrency, async slice => {
    const id = idOf(slice)
    const timed = { context, width: 1, ...(slice.parent === undefined ? {} : { parent: slice.parent }) }
    let reached: Progress | undefined
    await readTimeline(timed, job.mode, progressOf(before, id), progress => {
      reached = progress
      if (ledger !== undefined) onProgress(ledger.during(id, progress.closed))
    })
    slowest = behind(slowest, reached)
  })
  const common = advanced(before, (slowest ?? before).closed, job.mode === 'full_refresh')
  onProgress(ledger === undefined ? common : ledger.after(common))
}

/** What is known of a parent: its own spans, or the common ones; nothing where parents are told apart and it is new. */
function progressOf(before: Progress, id: string): Progress {
  const own = spansOf(before, id)
  if (own === undefined) return NOTHING_READ
  const closed = own === 'all' ? before.closed : own
  return { cursorMs: closed[0]?.to, closed, finished: false }
}

function spansOf({ parents, hashed, closed }: Progress, id: string): ParentSpans | undefined {
  if (parents !== undefined) return parents.get(hashed ? hashOf(id) : id)
  return closed.length === 0 ? undefined : 'all'
}

interface Ledger {
  /** The progress when so much is closed for one parent, while the others are where they are. */
  during(id: string, closed: readonly Span[]): Progress
  /** The progress when all parents have come to the same end: that of the one that came least far. */
  after(common: Progress): Progress
}

/** The progress of these parents, each under its own name: the id, or a hash of it where there are many. Parents that went
 *  away are forgotten. */
function createLedger(before: Progress, slices: readonly Slice[]): Ledger {
  const isHashed = slices.length > MOST_NAMED
  const nameOf = isHashed ? hashOf : (id: string) => id
  const { cursorMs, closed } = before
  const state = new Map<string, ParentSpans>()
  for (const id of slices.map(idOf)) {
    const spans = spansOf(before, id)
    if (spans !== undefined) state.set(nameOf(id), spans)
  }
  const told = (common: Progress, parents: ReadonlyMap<string, ParentSpans>): Progress =>
    isHashed ? { ...common, parents, hashed: true } : { ...common, parents }
  return {
    during(id, own) {
      state.set(nameOf(id), own)
      return told({ cursorMs, closed, finished: false }, state)
    },
    after: common => told(common, new Map(slices.map(slice => [nameOf(idOf(slice)), 'all']))),
  }
}

function behind(one: Progress | undefined, other: Progress | undefined): Progress | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return (other.cursorMs ?? 0) < (one.cursorMs ?? 0) ? other : one
}

function idOf({ parent = {} }: Slice): string {
  return Object.values(parent).join('|')
}
