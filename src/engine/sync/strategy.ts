import type { ConnectorError } from '../../errors.ts'
import { limitParallelism } from '../../http/call-layers.ts'
import type { Call } from '../../http/types.ts'
import { defined } from '../../optional.ts'
import { createRouteMemories, type RouteMemories, unfiltered } from '../evidence/route-memories.ts'
import { createStreamEvidence, type StreamEvidence } from '../evidence/stream-evidence.ts'
import { createServedRoute } from '../fetch/served-route.ts'
import type { CompiledStream } from '../records/compile.ts'
import { shareKeys } from '../records/duplicates.ts'
import type { Sink } from '../records/filter.ts'
import { emptyTally, type Tally } from '../records/tally.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import type { Engine } from '../stream/context.ts'
import type { Route, StreamDef } from '../stream/definition.ts'
import { readFiltered, readFull } from './full.ts'
import { readIntervals } from './intervals.ts'
import type { Job, Strategy } from './job/job.ts'
import type { ReadFor } from './job/parent-rows.ts'
import { createPartitions, givenIds, type Partitions } from './job/partitions.ts'
import { resumeFrom } from './job/resume.ts'
import type { SliceContext } from './job/slice-context.ts'
import { createTracker, type Tracker } from './job/tracker.ts'
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
  readonly routes: RouteMemories
  readonly find: (name: string) => StreamDef | undefined
}

/** What the jobs of a run share: the engine, streams by name, what children need of their parents, and what is known of
 *  routes. `known` is what the states of all jobs tell. */
export function shareOf(engine: Engine, find: Shared['find'], known: readonly Progress[] = []): Shared {
  const routes = createRouteMemories()
  for (const { routes: facts } of known) if (facts !== undefined) routes.learn(facts)
  const shortagesOf = (stream: string) =>
    known
      .flatMap(({ shortages = [] }) => shortages.filter(one => one.of === stream))
      .map(({ of: _, ...one }) => one)
  const read: ReadFor = async (def, sink, fitKey) => {
    const progress = { ...NOTHING_READ, shortages: shortagesOf(def.name) }
    let last: Progress = progress
    const onProgress = (told: Progress) => {
      last = told
    }
    const { error } = await readStream({ def, mode: 'full_refresh', progress }, defined({ fitKey }), shared, {
      sink,
      onProgress,
    })
    if (error?.scope === 'run') throw error
    return { error, shortages: last.shortages ?? [] }
  }
  const shared: Shared = { engine, find, routes, partitions: createPartitions(find, engine, read) }
  return shared
}

/** What came of a stream that was read to its end. */
export interface StreamEnd {
  /** What was left out, by reason. */
  readonly tally: Tally
  /** What stays open; undefined where all was received. */
  readonly error: ConnectorError | undefined
}

/** Reads one stream to its end. Progress is told after each closed part, and once at the end. Rejects only where nothing more
 *  can be read of it. */
export async function readStream(
  job: Job,
  compiled: Partial<CompiledStream>,
  shared: Shared,
  hooks: Hooks,
): Promise<StreamEnd> {
  const { def } = job
  const tally = emptyTally()
  const before = resumeFrom(job, shared.engine)
  if (before === undefined) {
    hooks.onProgress(job.progress)
    return { tally, error: undefined }
  }
  const evidence = evidenceFor(def, before, shared.engine)
  const engine = engineFor(def, shared.engine, evidence)
  const tracker = trackerFor({ ...job, progress: before }, engine, evidence, shared, hooks)
  const context = contextFor(def, engine, compiled, shared, { tally, sink: hooks.sink })
  await strategyFor(job, engine)({ ...shared, job, context, evidence, tracker })
  evidence.end()
  const error = evidence.open.error(def.name)
  tracker.finish(error === undefined)
  return { tally, error }
}

/** The engine for one stream: its host, and no more of its calls at once than it bears. */
function engineFor({ host, parallelism }: StreamDef, engine: Engine, evidence: StreamEvidence): Engine {
  const call = brief(limitParallelism(parallelism)(engine.call), evidence)
  return { ...engine, service: host ?? engine.service, call }
}

function contextFor(
  def: StreamDef,
  engine: Engine,
  { scan, fitKey }: Partial<CompiledStream>,
  { routes }: Shared,
  own: Pick<SliceContext, 'tally' | 'sink'>,
): SliceContext {
  const readFirst = createServedRoute(def, engine, routes, scan)
  const keys = shareKeys()
  return { def, engine, readFirst, routes, bounds: undefined, keys, ...defined({ fitKey }), ...own }
}

function evidenceFor(def: StreamDef, before: Progress, { settings, log }: Engine): StreamEvidence {
  return createStreamEvidence({
    stream: def.name,
    lookbackMs: settings.lookbackMs,
    closedMs: unreadEnd(before, settings),
    shortages: (before.shortages ?? []).filter(one => one.of === undefined),
    isGiven: givenIds(def.parent, settings).length > 0,
    mistakes: def.mistakes,
    proven: before.proven,
    isProven: [...(before.routes?.values() ?? [])].some(({ fullest }) => fullest > 0),
    warn: log.warn,
  })
}

/** Up to where time was closed before, of whatever parent; undefined where that moment is read again. */
function unreadEnd(
  { closed, parents = new Map() }: Progress,
  { startMs, endMs }: Engine['settings'],
): number | undefined {
  const own = [...parents.values()].flatMap(one => (one === 'all' ? [] : one.closed))
  const ends = [...closed, ...own].map(({ to }) => to)
  const endsAt = ends.reduce((most, end) => Math.max(most, end), Number.NEGATIVE_INFINITY)
  return ends.length === 0 || (endsAt >= startMs && endsAt <= endMs) ? undefined : endsAt
}

function trackerFor(
  { def, mode, progress }: Job,
  { settings, apiNow }: Engine,
  { frontier, shortages, suspicions }: StreamEvidence,
  { routes, find }: Shared,
  { onProgress }: Hooks,
): Tracker {
  const parents = [def.parent ?? [], Object.values(def.splitBy ?? {})].flat()
  const own = [def, ...parents.map(({ stream }) => find(stream))].flatMap(
    (one): readonly Route[] => one?.routes ?? [],
  )
  return createTracker({
    before: progress,
    isFullRefresh: mode === 'full_refresh',
    tailMs: mode === 'incremental' ? settings.lookbackMs : 0,
    frontier,
    lastMs: settings.endMs,
    beganMs: apiNow(),
    onProgress,
    known: () => ({
      routes: routes.facts([...own, ...own.map(unfiltered)]),
      shortages: shortages.list(),
      ...defined({ proven: def.mistakes && suspicions.proven() }),
    }),
  })
}

/** How a job is read: by whose time, and whether parents are told apart. */
function strategyFor({ def }: Job, { settings }: Engine): Strategy {
  const { incremental, parent, lookups } = def
  const byIds = givenIds(parent, settings).length > 0
  switch (incremental?.strategy) {
    case 'windowed':
      return parent === undefined && lookups === undefined ? readWindowed : readPerPartition
    case 'intervals':
      return input => readIntervals(input, incremental.length)
    case 'through-parent':
      return byIds ? readFull : readThroughParent
    case 'filtered':
      return readFiltered
    case undefined:
      return readFull
  }
}

/** The call without further tries while nothing of the stream has worked, and something failed in spite of them. */
function brief(call: Call, evidence: StreamEvidence): Call {
  return (request, read) => call(evidence.isUnanswered() ? { ...request, retries: 0 } : request, read)
}
