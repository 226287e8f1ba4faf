import { hash } from 'node:crypto'
import { HOUR_MS } from '../../durations.ts'
import type { ConnectorError } from '../../errors.ts'
import { defined } from '../../optional.ts'
import type { Slice } from '../stream/context.ts'
import type { Span } from '../time/spans.ts'
import type { RouteMemory } from './route-facts.ts'
import { brokenOff, endUnseen, foundAgain, tooFew } from './too-few.ts'
import { notAskedFor, type Unfit, unfitAgain } from './unfit.ts'
import { open, received, type Verdict } from './verdict.ts'
import type { Walk } from './walk.ts'

/** A slice that is short of its own count, as it was found; kept in state. */
export interface Shortage {
  /** The stream that was read for this one, where it is not its own slice. */
  readonly of?: string
  /** The parent whose part it is, where there is one. */
  readonly parent?: string
  readonly window?: Span
  readonly came: number
  readonly claimed: number
  /** Stands for the keys of all that came. */
  readonly print: string
  /** When it was first found so. */
  readonly sinceMs: number
}

/** What a slice that came short is judged by. */
interface ShortSlice {
  readonly stream: string
  readonly slice: Slice
  readonly parent: string | undefined
  readonly walk: Walk
  /** How many different records came. */
  readonly distinct: number
  readonly keys: ReadonlySet<string>
  /** Records that came and are not what was asked for, where that is what is missing. */
  readonly unfit?: Unfit
  /** Whether a second reading gave the same, though its count may have grown. */
  readonly again: 'no' | 'stable' | 'count grows'
  readonly route: RouteMemory
  readonly nowMs: number
}

/** The slices of a stream that are short of their own count, from sync to sync. */
export interface Shortages {
  /** A count that is wrong for good must not block a stream for ever: a slice that is found unchanged at least an hour later,
   *  and whose end was seen, is taken for received. So is a list without a window that has grown since, and is short by as
   *  many as before, or has changed while its count grows whatever comes: it may never be found unchanged. Until then it
   *  stays open. What is believed of records that are unfit, in a slice that is read whole each time, is believed from then
   *  on, as long as there are no more of them; and of further slices at once, where as many as are kept have had such for an
   *  hour. */
  judge(short: ShortSlice): Verdict
  /** The slice was received, or cut into others. */
  forget(parent: string | undefined, window: Span | undefined): void
  /** The windows in which a parent's part was short: to be asked for as they were, so that they can be compared. */
  windowsOf(parent: string | undefined): readonly Span[]
  /** All of them, to be saved. */
  list(): readonly Shortage[]
}

/** More than these are not kept: the others count as found for the first time each time. */
const MOST_KEPT = 1000

/** The shortages that a state tells of. */
export function createShortages(
  known: readonly Shortage[] = [],
  warn: (text: string) => void = () => undefined,
): Shortages {
  const kept = new Map(known.map(one => [nameOf(one.parent, one.window), one]))
  return {
    judge: short => judge(kept, short, warn),
    forget: (parent, window) => void kept.delete(nameOf(parent, window)),
    windowsOf: parent =>
      [...kept.values()].flatMap(one =>
        one.parent === parent && one.window !== undefined ? [one.window] : [],
      ),
    list: () => [...kept.values()],
  }
}

function judge(kept: Map<string, Shortage>, short: ShortSlice, warn: (text: string) => void): Verdict {
  const { parent, slice, nowMs } = short
  const name = nameOf(parent, slice.window)
  const now = shortageOf(short)
  const before = kept.get(name)
  if (before === undefined && isRule(kept, short)) {
    warn(unfitAgain(short.stream, short.unfit))
    return received('found so again')
  }
  const isSame = before !== undefined && isFoundAgain(before, now, short)
  const sinceMs = isSame ? Math.min(before.sinceMs, nowMs) : nowMs
  const isLasting = isSame && nowMs - sinceMs >= HOUR_MS
  if (isLasting && isOver(short)) {
    if (short.unfit === undefined || slice.window !== undefined) kept.delete(name)
    warn(believe(short, before, now))
    return received('found so again')
  }
  if (kept.size < MOST_KEPT || kept.has(name)) kept.set(name, { ...now, sinceMs })
  return open('short', missing(short, now.claimed, isLasting))
}

/** Whether unfit records are the rule: as many whole slices as are kept have had something to be believed for an hour. */
function isRule(
  kept: ReadonlyMap<string, Shortage>,
  short: ShortSlice,
): short is ShortSlice & { readonly unfit: Unfit } {
  if (short.unfit === undefined || short.slice.window !== undefined || kept.size < MOST_KEPT) return false
  return [...kept.values()].every(
    ({ window, sinceMs }) => window === undefined && short.nowMs - sinceMs >= HOUR_MS,
  )
}

/** Takes a shortage for all there is; gives the sentence about it. */
function believe(
  { stream, route, distinct, unfit, again }: ShortSlice,
  before: Shortage,
  now: Shortage,
): string {
  if (unfit !== undefined) return unfitAgain(stream, unfit)
  route.sawSurplus(again === 'count grows' ? 'all' : now.claimed - distinct)
  return foundAgain(stream, { before: before.came, now, again })
}

function missing(short: ShortSlice, claimed: number, isLasting: boolean): ConnectorError {
  const { stream, distinct, unfit, walk } = short
  if (unfit !== undefined) return notAskedFor(stream, unfit)
  const counts = { came: distinct, claimed }
  if (!walk.isLastFull) return tooFew(stream, counts)
  return isLasting ? brokenOff(stream, counts) : endUnseen(stream, counts)
}

function isFoundAgain(before: Shortage, now: Shortage, short: ShortSlice): boolean {
  if (short.unfit !== undefined && now.window === undefined) return lacking(now) <= lacking(before)
  return isUnchanged(before, now) || isShortAlike(before, now, short)
}

function lacking({ came, claimed }: Shortage): number {
  return claimed - came
}

function isUnchanged(before: Shortage, now: Shortage): boolean {
  return before.print === now.print && before.came === now.came
}

/** Whether a whole list, which is not what it was, is short as it was before: it has more records and is short by as many;
 *  or its count grows by itself, and went away from it further. */
function isShortAlike(before: Shortage, now: Shortage, { again }: ShortSlice): boolean {
  if (now.window !== undefined) return false
  const more = lacking(now) - lacking(before)
  return again === 'count grows' ? more >= 0 : now.came > before.came && more === 0
}

/** Whether the end of a slice was seen. After a full last page it was not, unless the count is none that could be met. */
function isOver({ again, walk, unfit }: ShortSlice): boolean {
  return unfit !== undefined || again === 'count grows' || (again === 'stable' && !walk.isLastFull)
}

function shortageOf({ parent, slice, walk, distinct, keys, nowMs }: ShortSlice): Shortage {
  const print = hash('sha256', [...keys].sort().join('\n'), 'base64').slice(0, 16)
  const { window } = slice
  return { ...defined({ parent, window }), came: distinct, claimed: walk.claim ?? 0, print, sinceMs: nowMs }
}

function nameOf(parent: string | undefined, window: Span | undefined): string {
  return JSON.stringify([parent, window?.from, window?.to])
}
