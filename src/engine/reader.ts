import { createChoice, type ReadFirst } from './choice.ts'
import type { Engine, Job } from './engine.ts'
import type { ParentSlices } from './parents.ts'
import { each } from './pool.ts'
import { emptyTally, type Tally } from './sieve.ts'
import { type Reading, readSlice, type Sink } from './slice.ts'
import type { Progress } from './state.ts'
import { readByTime } from './timed.ts'

/** What a job hands on while it is read. */
export interface Hooks {
  readonly sink: Sink
  /** Everything in this progress has been handed to the sink. */
  readonly onProgress: (progress: Progress) => void
}

/** Reads one stream to its end. Progress is told after each closed window, oldest first as far as it goes, and once at
 *  the end. Gives back what was left out, by reason. */
export async function readStream(
  job: Job,
  engine: Engine,
  parents: ParentSlices,
  hooks: Hooks,
): Promise<Tally> {
  const tally = emptyTally()
  const readFirst = createChoice(job.def, engine, () => tally.gone++)
  const { startMs, endMs } = engine.settings
  const bounds = job.def.incremental?.filter === 'server' ? { from: startMs, to: endMs } : undefined
  const reading = { def: job.def, engine, bounds, edges: new Map(), tally, sink: hooks.sink }
  if (bounds !== undefined) await readByTime(job, reading, readFirst, hooks.onProgress, bounds)
  else await readByParent(job, reading, readFirst, parents, hooks)
  return tally
}

async function readByParent(
  job: Job,
  reading: Reading,
  readFirst: ReadFirst,
  parents: ParentSlices,
  hooks: Hooks,
): Promise<void> {
  const { engine } = reading
  await each(await parents(job.def), engine.settings.concurrency, async slice => {
    const first = await readFirst(slice)
    if (first !== undefined) await readSlice(reading, slice, first)
  })
  hooks.onProgress({ ...job.progress, finished: true })
}
