import { createSlots } from '../../concurrency.ts'
import { createServedRoute } from '../fetch/served-route.ts'
import type { CompiledStream } from '../records/compile.ts'
import type { Sink } from '../records/filter.ts'
import { emptyTally, type Tally } from '../records/tally.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import type { Engine } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import { readFull } from './full.ts'
import { readIntervals } from './intervals.ts'
import type { Job, Strategy } from './job.ts'
import { createPartitions, type Partitions, type ReadFor } from './partitions.ts'
import { readPerPartition } from './per-partition.ts'
import { readThroughParent, readWindowed } from './windowed.ts'

/** What a job hands on while it is read. */
export interface Hooks {
  readonly sink: Sink
  /** Everything in this progress has been handed to the sink. */
  readonly onProgress: (progress: Progress) => void
}

/** What all jobs of a run share. */
export interface Shared {
  readonly engine: Engine
  readonly partitions: Partitions
  readonly find: (name: string) => StreamDef | undefined
}

/** What the jobs of a run share: the engine, streams by name, and what children need of their parents. */
export function shareOf(engine: Engine, find: Shared['find']): Shared {
  const read: ReadFor = async (def, sink) => {
    const job: Job = { def, mode: 'full_refresh', progress: NOTHING_READ }
    await readStream(job, {}, shared, { sink, onProgress: () => undefined })
  }
  const shared: Shared = { engine, find, partitions: createPartitions(find, engine, read) }
  return shared
}

/** Reads one stream to its end. Progress is told after each closed part, and once at the end. Gives back what was left
 *  out, by reason. */
export async function readStream(
  job: Job,
  compiled: Partial<CompiledStream>,
  shared: Shared,
  hooks: Hooks,
): Promise<Tally> {
  const engine = narrowed(shared.engine, job.def)
  const tally = emptyTally()
  const readFirst = createServedRoute(job.def, engine, compiled.scan)
  const context = {
    def: job.def,
    engine,
    readFirst,
    bounds: undefined,
    edges: new Map(),
    tally,
    ...(compiled.fitKey === undefined ? {} : { fitKey: compiled.fitKey }),
    sink: hooks.sink,
  }
  await strategyFor(job, engine)({ ...shared, job, context, onProgress: hooks.onProgress })
  return tally
}

/** The engine with no more requests of this stream at once than it allows. */
function narrowed(engine: Engine, { parallelism }: StreamDef): Engine {
  if (parallelism === undefined) return engine
  const inSlot = createSlots(parallelism)
  return { ...engine, call: (request, read) => inSlot(() => engine.call(request, read)) }
}

/** How a job is read: by whose time, and whether parents are told apart. */
function strategyFor({ def }: Job, { settings }: Engine): Strategy {
  const { incremental, parent, lookups } = def
  const byIds = (settings.ids[parent?.ids ?? ''] ?? []).length > 0
  switch (incremental?.strategy) {
    case 'windowed':
      return parent === undefined && lookups === undefined ? readWindowed : readPerPartition
    case 'intervals':
      return input => readIntervals(input, incremental.length)
    case 'through-parent':
      return byIds ? readFull : readThroughParent
    case 'filtered':
      return input => readFull(input, incremental.field)
    case undefined:
      return readFull
  }
}
