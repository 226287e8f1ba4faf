import { MINUTE_MS } from '../../../durations.ts'
import { defined } from '../../../optional.ts'
import type { Shortage } from '../../evidence/shortages.ts'
import { advanced, type Progress } from '../../state/progress.ts'
import type { Slice } from '../../stream/context.ts'
import { type Coverage, covered } from '../../time/coverage.ts'
import { type Frontier, settledPart } from '../../time/frontier.ts'
import { holes, join, type Span } from '../../time/spans.ts'
import { createLedger, type Ledger } from './ledger.ts'

/** What is to be kept in state beside coverage. */
interface Notes extends Pick<Progress, 'hadParents' | 'parentlessMs'> {
  /** Where the lists of parents are short. */
  readonly parentShortages?: readonly Shortage[]
}

/** How far a stream has come while it is read. */
export interface Tracker {
  /** The progress that the stream goes on from. */
  readonly before: Progress
  /** Tells these partitions apart from now on. Those that went away are forgotten, unless their list is not known whole. */
  partition(slices: readonly Slice[], isWhole: boolean): void
  /** What is covered of a partition; of the stream where there are none. */
  coverageOf(slice: Slice): Coverage
  /** So much is covered of a partition now, and all of it was handed on. */
  cover(slice: Slice, coverage: Coverage): void
  /** A span of a partition was received whole, of which the API's earliest answer was dated so. It is closed as far as it
   *  is over. */
  receive(slice: Slice, span: Span, dateMs: number): void
  /** A span that was received is to be read again: of what this run received it is no part until then. */
  reopen(slice: Slice, span: Span): void
  /** What else is to be kept in state. */
  note(more: Notes): void
  /** The stream is over; `isWhole` when everything in it was received. */
  finish(isWhole: boolean): void
}

interface Tracking {
  readonly before: Progress
  readonly isFullRefresh: boolean
  /** How much of the end of what was read is read again. */
  readonly tailMs: number
  readonly frontier: Frontier
  /** The last moment that is read, inclusive. */
  readonly lastMs: number
  /** When the sync began, by the API's clock. The same for all partitions, so that they have the same to say in state. */
  readonly beganMs: number
  readonly onProgress: (progress: Progress) => void
  /** What else is known by now: of routes, and of slices that are short. */
  readonly known: () => Partial<Progress>
}

/** The tracker of a stream that goes on from this progress. */
export function createTracker(tracking: Tracking): Tracker {
  const { before, beganMs } = tracking
  const ledger = createLedger(before)
  const track: Track = {
    tracking,
    ledger,
    received: new Map(),
    earliestMs: beganMs,
    notes: {},
    hasCovered: false,
  }
  return {
    before,
    coverageOf: slice => ledger.coverageOf(ledger.nameOf(slice)),
    partition: ledger.partition,
    cover(slice, coverage) {
      track.hasCovered = true
      ledger.put(ledger.nameOf(slice), coverage)
      tell(track, false)
    },
    receive(slice, span, dateMs) {
      receive(track, ledger.nameOf(slice), span, dateMs)
      tell(track, false)
    },
    reopen: (slice, span) => reopen(track, ledger.nameOf(slice), span),
    note(more) {
      track.notes = { ...track.notes, ...more }
    },
    finish: isWhole => finish(track, isWhole),
  }
}

/** What a tracker has been told. */
interface Track {
  readonly tracking: Tracking
  readonly ledger: Ledger
  /** What was received in this run, by the partition's name. */
  readonly received: Map<string, Received>
  /** When the API dated the earliest answer that was received. */
  earliestMs: number
  notes: Notes
  hasCovered: boolean
}

/** What was received of a partition in this run. */
interface Received {
  readonly before: Coverage
  readonly spans: readonly Span[]
}

function receive(track: Track, name: string, span: Span, dateMs: number): void {
  const { ledger, received, tracking } = track
  track.hasCovered = true
  track.earliestMs = Math.min(track.earliestMs, dateMs)
  const part = settledPart(withLast(span, tracking.lastMs), dateMs, tracking.beganMs)
  const own = received.get(name) ?? { before: ledger.coverageOf(name), spans: [] }
  const now = part === undefined ? own : { ...own, spans: join(own.spans, part) }
  received.set(name, now)
  settle(track, name, now)
}

function reopen(track: Track, name: string, span: Span): void {
  const own = track.received.get(name)
  if (own === undefined) return
  const again = [withLast(span, track.tracking.lastMs)]
  const now = { ...own, spans: own.spans.flatMap(one => holes(again, one)) }
  track.received.set(name, now)
  settle(track, name, now)
}

/** Has the ledger say what of a partition is closed now. */
function settle({ ledger, tracking, earliestMs }: Track, name: string, { before, spans }: Received): void {
  const { frontier, beganMs, tailMs } = tracking
  // Before the API's first answer, when the sync began is known by our clock only.
  const boundMs = frontier.bound(Math.min(beganMs, earliestMs))
  const receivedTime = { spans, boundMs, readAtMs: wholeMinutes(earliestMs) }
  ledger.put(name, covered(before, receivedTime, tailMs))
}

function finish(track: Track, isWhole: boolean): void {
  const { received, ledger, notes, tracking, hasCovered } = track
  for (const [name, own] of received) settle(track, name, own)
  ledger.gather()
  // A stream of which nothing came has nothing to say either.
  const isNews = hasCovered || Object.keys(notes).length > 0 || tracking.known().shortages?.length
  if (isWhole || isNews) tell(track, isWhole && tracking.isFullRefresh)
}

function tell({ ledger, notes, tracking }: Track, isFinished: boolean): void {
  tracking.onProgress({
    ...advanced(withoutParents(tracking.before), ledger.common(), isFinished),
    ...toldOf(notes, tracking.known()),
    ...ledger.parents(),
  })
}

/** The same for all parts of a sync, unless it takes long to begin. */
function wholeMinutes(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS
}

/** A span that reaches to the last moment that is read holds that moment too, as spans do not. */
function withLast({ from, to }: Span, lastMs: number): Span {
  return { from, to: to === lastMs ? lastMs + 1 : to }
}

function toldOf({ parentShortages = [], ...notes }: Notes, known: Partial<Progress>): Partial<Progress> {
  const { shortages = [], ...more } = known
  return { ...defined(notes), ...more, shortages: [...shortages, ...parentShortages] }
}

/** A progress without what each sync reports again. */
function withoutParents(progress: Progress): Progress {
  const { parents: _, hashed: __, hadParents: ___, parentlessMs: ____, ...rest } = progress
  return rest
}
