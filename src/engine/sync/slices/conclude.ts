import { systemError } from '../../../errors.ts'
import { open, received, type Verdict } from '../../evidence/verdict.ts'
import { partitionId, type Slice } from '../../stream/context.ts'
import type { Route } from '../../stream/definition.ts'
import { type Span, spanText } from '../../time/spans.ts'
import type { StrategyInput } from '../job/job.ts'
import type { SliceEvidence } from './slice.ts'

/** Told the verdict on a slice: at once, or at the stream's end where other slices must be seen first. `dateMs` is when the
 *  API dated the earliest of its answers, where there was one. */
export type Settle = (verdict: Verdict, dateMs?: number) => void

/** A slice that was read to an end, and how. */
export interface ReadSlice {
  readonly slice: Slice
  readonly route: Route
  readonly found: SliceEvidence
}

/** Comes to the verdict on a slice that was read and is not to be asked for in smaller parts. */
export function conclude(input: StrategyInput, read: ReadSlice, settle: Settle): void {
  const { evidence } = input
  const { found } = read
  tell(input, read)
  evidence.frontier.saw(found.newestMs)
  if (found.own > 0) evidence.parts.sawOwn()
  if (found.own > 0 && found.otherId === undefined) evidence.ids.sawOwn()
  if (found.walk.failure !== undefined) settle(evidence.failed(found.walk.failure))
  else if (found.own === 0 && found.foreign > 0)
    evidence.parts.foreign(verdict =>
      verdict.received ? concludeForeign(input, read, settle) : settle(verdict),
    )
  else if (found.otherId !== undefined)
    evidence.ids.sawOther(found.otherId, isNaming =>
      settle(isNaming ? received('end seen') : judgeUnfit(input, read, 'another id')),
    )
  else concludeList(input, read, settle)
}

/** Comes to the verdict on a list by how it ended and what it counts. */
function concludeList(input: StrategyInput, read: ReadSlice, settle: Settle): void {
  const { evidence } = input
  const { found, slice } = read
  if (slice.window !== undefined && isCapped(found)) settle(open('capped', cutOff(input, read, slice.window)))
  else if (isShort(found))
    evidence.later(() =>
      evidence.suspicions.take(found.signs, mistake => settle(mistake ?? judgeShort(input, read))),
    )
  else if (found.unkeyed > 0)
    evidence.suspicions.take(found.signs, mistake => settle(mistake ?? judgeUnfit(input, read, 'no key')))
  else receive(input, read, settle)
}

/** Says what a list claimed and gave, for whoever looks into a sync. */
function tell(
  { job, context }: StrategyInput,
  { slice: { window }, found: { distinct, claim, walk } }: ReadSlice,
): void {
  context.engine.log.debug(() => {
    const when = window === undefined ? '' : ` ${spanText(window)}`
    const claimed = claim === undefined ? 'no count' : `a count of ${claim}`
    return `${job.def.name}:${when} gave ${distinct} records, with ${claimed}; its end: ${walk.end}.`
  })
}

function receive(input: StrategyInput, read: ReadSlice, settle: Settle): void {
  const { parts, shortages, suspicions } = input.evidence
  warnOfCap(input, read)
  parts.sawReceived()
  shortages.forget(partitionOf(read.slice), read.slice.window)
  suspicions.take(read.found.signs, mistake => settle(mistake ?? received('end seen')))
}

/** Counts a parent that is gone. `settle` is told what that means once other parents were seen; by default only the worst is
 *  noted: that all of them are gone. */
export function passOverGone({ context, evidence }: StrategyInput, settle: Settle = evidence.open.add): void {
  context.tally.gone++
  evidence.parts.gone(settle)
}

/** Whether a list broke off after a full page: the API gives no more of it. */
export function isCapped({ walk }: SliceEvidence): boolean {
  if (walk.end === 'failed') return true
  return walk.isLastFull && (walk.end === 'refused' || (walk.end === 'repeated' && walk.pages > 1))
}

/** Whether fewer records came than the list claims. */
export function isShort({ claim, distinct }: SliceEvidence): boolean {
  return claim !== undefined && distinct < claim
}

/** Whether a list may hold more than it gave, though its end was seen: what the API gives at most may end so, after a full page
 *  with the same again, or an empty one and no count that equals what came; or a full page in it brought nothing new. */
export function mayBeCapped({ walk, distinct, newestMs }: SliceEvidence): boolean {
  if (newestMs === undefined) return false
  if (walk.isStale && walk.claim !== distinct) return true
  if (!walk.isLastFull) return false
  if (walk.end !== 'empty') return walk.end === 'repeated'
  return walk.claim === undefined ? walk.pagesClaimed !== walk.pages : walk.claim !== distinct
}

/** The partition that a slice is of; undefined where the stream has none. */
export function partitionOf(slice: Slice): string | undefined {
  return slice.parent === undefined ? undefined : partitionId(slice)
}

/** A count that turned out to be none by the end of the stream is no reason to doubt. */
function judgeShort({ evidence, context, job }: StrategyInput, { slice, route, found }: ReadSlice): Verdict {
  const memory = context.routes.of(route)
  const claim = memory.claimOf(found.walk.claim)
  if (claim === undefined || found.distinct >= claim) return received('end seen')
  return evidence.shortages.judge({
    ...factsOf({ context, job }, { slice, route, found }),
    distinct: found.distinct,
    again: job.def.primaryKey.length === 0 ? 'stable' : found.again,
  })
}

/** One record that names another parent is no answer, where a list of them may be without those of its parent; if all of it came. */
function concludeForeign(input: StrategyInput, read: ReadSlice, settle: Settle): void {
  const { kind } = read.route.records
  const isOne = kind === 'one' || kind === 'body'
  if (isOne) settle(judgeUnfit(input, read, 'another id'))
  else concludeList(input, read, settle)
}

/** Records that have no key yet may have one soon, and an answer with another record may be a mistake of the moment. */
function judgeUnfit(input: StrategyInput, read: ReadSlice, why: 'no key' | 'another id'): Verdict {
  const { distinct, unkeyed, walk, again } = read.found
  const count = why === 'no key' ? unkeyed : 1
  return input.evidence.shortages.judge({
    ...factsOf(input, read),
    walk: { ...walk, claim: distinct + count },
    distinct,
    unfit: { count, why },
    again,
  })
}

function factsOf(
  { context, job }: Pick<StrategyInput, 'context' | 'job'>,
  { slice, route, found }: ReadSlice,
) {
  return {
    stream: job.def.name,
    slice,
    parent: partitionOf(slice),
    walk: found.walk,
    keys: found.allKeys,
    route: context.routes.of(route),
    nowMs: context.engine.apiNow(),
  }
}

function cutOff({ job }: StrategyInput, { found, route }: ReadSlice, window: Span) {
  return systemError(
    `Stream ${job.def.name} is not whole: ${route.path} breaks off after ${found.distinct} records even for the shortest time ` +
      `that can be asked for (${spanText(window)}). That time stays open.`,
  )
}

/** Lengths at which APIs cut lists off. */
const CAPS = [1000, 5000, 10_000]
/** Lengths at which they cut off a page, where a person says that there is one page only. */
const PAGES = [50, 100, 200, 250, 500, ...CAPS]

function warnOfCap({ context, job }: StrategyInput, { found, slice }: ReadSlice): void {
  const isRefused = found.walk.end === 'refused'
  const isDescribed = job.def.mistakes !== undefined
  const isOnePage = isDescribed && found.walk.end === 'one answer'
  const isDoubted = isRefused || isOnePage || (isDescribed && slice.window === undefined)
  const lengths = isOnePage ? [...PAGES, job.def.mistakes?.pageSize] : CAPS
  if (!isDoubted || !lengths.includes(found.distinct)) return
  context.engine.log.warn(
    `${job.def.name}: ${isRefused ? 'the API refused to go on after' : 'the API gave'} exactly ${found.distinct} records, which may be all that it gives rather ` +
      'than all there are.',
  )
}
