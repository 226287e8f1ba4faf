import { readByTime } from './bytime.ts'
import { createChoice } from './choice.ts'
import type { StreamDef } from './define.ts'
import type { Engine, Job } from './engine.ts'
import type { Form } from './form.ts'
import { readByInterval } from './intervals.ts'
import { readByParents } from './lineage.ts'
import type { ParentSlices } from './parents.ts'
import { readPlain } from './plain.ts'
import { emptyTally, type Tally } from './sieve.ts'
import type { Reading, Sink } from './slice.ts'
import type { Progress } from './state.ts'

/** What a job hands on while it is read. */
export interface Hooks {
  readonly sink: Sink
  /** Everything in this progress has been handed to the sink. */
  readonly onProgress: (progress: Progress) => void
}

/** What reading a job takes. */
export interface Reader {
  readonly job: Job
  readonly reading: Reading
  readonly parents: ParentSlices
  readonly find: (name: string) => StreamDef | undefined
  readonly onProgress: (progress: Progress) => void
}

/** What all jobs of a run share. */
export interface Shared {
  readonly engine: Engine
  readonly parents: ParentSlices
  readonly find: (name: string) => StreamDef | undefined
}

/** Reads one stream to its end. Progress is told after each closed part, and once at the end. Gives back what was left
 *  out, by reason. */
export async function readStream(
  job: Job,
  form: Pick<Form, 'scan'>,
  shared: Shared,
  hooks: Hooks,
): Promise<Tally> {
  const { engine } = shared
  const tally = emptyTally()
  const readFirst = createChoice(job.def, engine, () => tally.gone++, form.scan)
  const reading = {
    def: job.def,
    engine,
    readFirst,
    bounds: undefined,
    edges: new Map(),
    tally,
    sink: hooks.sink,
  }
  await readerOf(job, engine)({ ...shared, job, reading, onProgress: hooks.onProgress })
  return tally
}

/** How a job is read: by whose time, and whether parents are told apart. */
function readerOf({ def }: Job, { settings }: Engine): (reader: Reader) => Promise<void> {
  const byIds = (settings.ids[def.parent?.ids ?? ''] ?? []).length > 0
  switch (def.incremental?.filter) {
    case 'server':
      return def.parent === undefined ? readByTime : readByParents
    case 'interval':
      return readByInterval
    case 'parent':
      return byIds ? readPlain : readByTime
    case 'connector':
    case undefined:
      return readPlain
  }
}
