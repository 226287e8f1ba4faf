import { ConnectorError, mayRefuseAsTooMuch, systemError } from '../../../errors.ts'
import { momentIn, type RawRecord } from '../../bytes/raw-record.ts'
import { ofUnfiltered } from '../../evidence/route-memories.ts'
import { open } from '../../evidence/verdict.ts'
import type { FirstPage, NoFirstPage } from '../../fetch/served-route.ts'
import { changedIn } from '../../records/changed.ts'
import type { Sink, StreamRecord } from '../../records/filter.ts'
import type { Slice } from '../../stream/context.ts'
import type { Span } from '../../time/spans.ts'
import { momentOf } from '../../time/timestamps.ts'
import type { StrategyInput } from '../job/job.ts'
import { conclude, isCapped, passOverGone, type ReadSlice } from './conclude.ts'
import { createNeeds, type Needs, type ReadWindow } from './needs.ts'
import { readSlice } from './slice.ts'

/** What is read whole. */
interface WholeReading {
  readonly partition: Slice
  /** What of the time is owed. */
  readonly spans: readonly Span[]
  /** What windows needed that were read before. */
  readonly owed?: readonly Needs[]
}

/** Reads a partition without windows, since the server does not filter by time, and hands on what is owed: records of the
 *  spans owed, those without a time, and those that changed since the last sync. What it reached is told to the
 *  tracker. */
export async function readWhole(
  given: StrategyInput,
  { partition, spans, owed = [] }: WholeReading,
  read: ReadWindow = readSlice,
): Promise<void> {
  const input = isWindowed(given.context.def) ? withoutFilter(given) : given
  const { context, evidence } = input
  try {
    const first = await firstOf(input, partition, spans)
    if (typeof first === 'string') return settleAbsent(input, partition, spans, first)
    const { slice } = first.spec
    const needs = createNeeds(owed)
    const { bounds, narrow } = owedOnly(input, partition, spans)
    const narrowed = { ...context, bounds, narrow, sink: narrow(context.sink) }
    const found = await read(narrowed, slice, first, needs.add)
    evidence.worked()
    settleWhole(input, { slice: partition, route: first.spec.route, found }, spans, needs)
  } catch (error) {
    evidence.open.add(evidence.failed(error))
  }
}

/** Says that the filter is ignored: from then on counts are of everything. */
function withoutFilter(input: StrategyInput): StrategyInput {
  const { job, context } = input
  context.engine.log.warn(
    `${job.def.name}: the API ignores the time filter, so everything is read and filtered here.`,
  )
  return { ...input, context: { ...context, routes: ofUnfiltered(context.routes) } }
}

/** The first page of everything that is owed, or of everything there is where so long a time is refused. */
async function firstOf(
  { context }: StrategyInput,
  partition: Slice,
  spans: readonly Span[],
): Promise<FirstPage | NoFirstPage> {
  const [oldest, newest] = [spans[0], spans.at(-1)]
  if (oldest === undefined || newest === undefined || !isWindowed(context.def))
    return context.readFirst(partition)
  const window = { from: oldest.from, to: newest.to }
  return context.readFirst({ ...partition, window }).catch(error => {
    if (error instanceof ConnectorError && mayRefuseAsTooMuch(error.status))
      return context.readFirst(partition)
    throw error
  })
}

function isWindowed({ incremental }: StrategyInput['context']['def']): boolean {
  return incremental?.strategy === 'windowed'
}

/** Lets only those records on that are owed, or that changed since the last sync. */
function owedOnly({ context, tracker, job }: StrategyInput, partition: Slice, spans: readonly Span[]) {
  const { settings } = context.engine
  const { readToMs = Number.POSITIVE_INFINITY } = tracker.coverageOf(partition)
  const field = context.def.incremental?.field ?? ''
  const changedFromMs = readToMs - settings.lookbackMs
  const isOwed = (record: StreamRecord) => {
    const moment = momentIn(record as RawRecord, field)
    if (moment === undefined || spans.some(({ from, to }) => moment >= from && moment <= to)) return true
    return job.mode === 'incremental' && (momentOf(changedIn(record)) ?? 0) >= changedFromMs
  }
  return {
    bounds: { from: settings.startMs, to: settings.endMs },
    narrow: (sink: Sink) => async (records: readonly StreamRecord[]) => {
      const owed = records.filter(isOwed)
      context.tally.outside += records.length - owed.length
      await sink(owed)
    },
  }
}

/** Settles what a whole reading reached: all that was owed, where its list came to an end that was seen and gave as many records
 *  as it counts; else what its order shows to be whole. */
function settleWhole(input: StrategyInput, read: ReadSlice, spans: readonly Span[], needs: Needs): void {
  const { tracker, evidence, context } = input
  const { walk, claim, distinct } = read.found
  const isCut = isWindowed(context.def) && isCapped(read.found) && claim !== distinct
  const fromMs = reachedBy(input, read, isCut)
  const receive = () => {
    for (const { from, to } of spans)
      if (to > fromMs)
        tracker.receive(
          read.slice,
          { from: Math.max(from, fromMs), to },
          walk.dateMs ?? context.engine.apiNow(),
        )
  }
  conclude(input, read, needs.add())
  needs.whenAll(verdict => {
    if (verdict.received) receive()
    else evidence.open.add(verdict)
    if (verdict.received && isCut && spans.some(({ from }) => from < fromMs))
      evidence.open.add(open('capped', cutOff(input, read)))
  })
}

/** From where on a whole reading lacks nothing. A count that is believed to be wrong may be right all the same: what it may lack
 *  stays owed, unless no order tells where that is, and the server is not known to filter by time at all. */
function reachedBy({ context }: StrategyInput, { found }: ReadSlice, isCut: boolean): number {
  const { walk, distinct, reachedMs } = found
  const isShort = (walk.claim ?? 0) > distinct && (isWindowed(context.def) || Number.isFinite(reachedMs))
  return isCut || isShort ? reachedMs : Number.NEGATIVE_INFINITY
}

function settleAbsent(
  input: StrategyInput,
  partition: Slice,
  spans: readonly Span[],
  why: NoFirstPage,
): void {
  const { tracker, context } = input
  const receive = () => {
    for (const span of spans) tracker.receive(partition, span, context.engine.apiNow())
  }
  if (why === 'absent') receive()
  else passOverGone(input)
}

function cutOff({ job }: StrategyInput, { found, route }: ReadSlice): ConnectorError {
  return systemError(
    `Stream ${job.def.name} is not whole: ${route.path} ignores the time filter and breaks off after ${found.distinct} records, so ` +
      'not all can be read.',
  )
}
