import type { Json } from '../../json.ts'
import type { Slice } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { Span } from '../time/spans.ts'
import { createDuplicateCheck, type SharedKeys } from './duplicates.ts'
import type { Tally } from './tally.ts'

/** What a record is judged by. */
export interface Judged {
  /** The exact JSON of its key's parts; undefined where one is missing. */
  readonly key: string | undefined
  /** Its moment, in milliseconds; undefined where it has none, or the stream has no time. */
  readonly moment: number | undefined
  /** The parent that it names. */
  readonly parent: Json | undefined
  /** False where it does not pass the filters that only the connector can apply. */
  readonly passes?: boolean
}

/** What the records of a slice came to. */
export interface Seen {
  /** Different records, those left out included: what the API's own total counts. */
  readonly distinct: number
  /** Those that belong to the slice. */
  readonly own: number
  /** Records from outside the slice's window, such as those of the overlap. */
  readonly beside: number
  /** The moment of the newest record of the slice that is not dated in the future. */
  readonly newestMs: number | undefined
  /** Where its list was cut off, nothing is missing from this moment on: that of its oldest record, later by as much as any
   *  record was newer than one before it. Infinite where it did not come newest first. */
  readonly reachedMs: number
}

/** Judges the records of one slice. It holds the keys of this slice only, and those near its edges. What is left out is not
 *  remembered as seen: another slice may have a right to it. */
export interface Judge {
  /** Why a record is left out; undefined when it is not. `nowMs` is the API's clock. */
  reasonFor(record: Judged, nowMs: number): keyof Tally | undefined
  seen(): Seen
  /** A record came whose key does not fit its column. */
  refuse(): void
  /** The slice is read again from here on: records without a key are not counted once more. */
  again(): void
  /** How many records had come before in this slice. */
  cameAgain(): number
  /** The keys that the slice gave. */
  readonly keys: ReadonlySet<string>
}

/** What judging takes. */
export interface Judging {
  readonly def: StreamDef
  readonly slice: Slice
  /** What the stream reads in all, both ends inclusive; undefined where records have no time that matters. */
  readonly bounds: Span | undefined
  readonly keys: SharedKeys
}

/** The judge of one slice. */
export function createJudge(judging: Judging): Judge {
  const { slice } = judging
  const check = createDuplicateCheck(slice, judging.keys)
  const notes = createNotes(slice.window)
  const leftOut = createLeftOut()
  const whyNot = compileWhyNot(judging)
  let cameAgain = 0
  return {
    cameAgain: () => cameAgain,
    keys: check.keys,
    seen: notes.seen,
    refuse() {
      if (!leftOut.isAgain()) notes.add(false, undefined, 0)
    },
    again: leftOut.again,
    reasonFor(record, nowMs) {
      const { key, moment } = record
      const reason = whyNot(record)
      const seen = reason === undefined && key !== undefined ? check.take(key, moment) : leftOut.take(key)
      if (seen === 'again') cameAgain++
      else notes.add(reason !== 'foreign' && reason !== 'unusable', moment, nowMs)
      return reason ?? (seen === 'new' ? undefined : 'duplicate')
    },
  }
}

/** Why the slice has no right to a record, whatever came before it. */
function compileWhyNot({ def, slice, bounds }: Judging) {
  const isForeign = foreignCheck(parentOf(def, slice))
  const isKeyed = def.primaryKey.length > 0
  return ({ key, moment, parent, passes = true }: Judged) => {
    if (isForeign(parent)) return 'foreign'
    if (bounds !== undefined && moment !== undefined && isBeyond(moment, bounds)) return 'outside'
    if (key === undefined && isKeyed) return 'unusable'
    return passes ? undefined : 'filtered'
  }
}

/** The records that were left out or have no key, so that none is counted twice. */
function createLeftOut() {
  const keys = new Set<string>()
  let isAgain = false
  return {
    isAgain: () => isAgain,
    again() {
      isAgain = true
    },
    take(key: string | undefined) {
      if (key === undefined) return isAgain ? 'again' : 'new'
      if (keys.has(key)) return 'again'
      keys.add(key)
      return 'new'
    },
  }
}

/** Notes each different record of a slice. */
function createNotes(window: Span | undefined) {
  // A field is changed in place; a variable that functions share is a new number in memory each time.
  const noted = { distinct: 0, own: 0, beside: 0, newestMs: Number.NEGATIVE_INFINITY }
  const reach = createReach()
  return {
    seen(): Seen {
      const newestMs = noted.newestMs === Number.NEGATIVE_INFINITY ? undefined : noted.newestMs
      return { ...noted, newestMs, reachedMs: reach.ms() }
    },
    add(isOwn: boolean, moment: number | undefined, nowMs: number) {
      noted.distinct++
      if (isOwn) noted.own++
      if (moment === undefined) return
      if (window !== undefined && !isWithin(moment, window)) noted.beside++
      if (isOwn && moment <= nowMs) noted.newestMs = Math.max(moment, noted.newestMs)
      if (moment <= nowMs) reach.add(moment)
    },
  }
}

/** The part of the time that a list spans by which records may be out of order in one that comes newest first. */
const DISORDER = 0.1

/** How far back a list goes without a gap, by the order in which its records came. */
function createReach() {
  const reach = {
    oldestMs: Number.POSITIVE_INFINITY,
    newestMs: Number.NEGATIVE_INFINITY,
    disorderMs: 0,
  }
  return {
    ms() {
      const { oldestMs, newestMs, disorderMs } = reach
      return disorderMs <= DISORDER * (newestMs - oldestMs) ? oldestMs + disorderMs : Number.POSITIVE_INFINITY
    },
    add(moment: number) {
      reach.disorderMs = Math.max(reach.disorderMs, moment - reach.oldestMs)
      reach.oldestMs = Math.min(reach.oldestMs, moment)
      reach.newestMs = Math.max(reach.newestMs, moment)
    },
  }
}

/** What records of a slice name their parent by, where there is one. */
export function parentOf({ parent }: StreamDef, slice: Slice): string | undefined {
  return parent === undefined ? undefined : slice.parent?.[parent.as]
}

/** Whether a record names another parent than the one that was asked for: whatever its type, case and hyphens. */
export function foreignCheck(own: string | undefined): (named: Json | undefined) => boolean {
  if (own === undefined) return () => false
  const known = sameSpelling(own)
  return named =>
    named !== undefined && named !== null && named !== own && sameSpelling(String(named)) !== known
}

function sameSpelling(id: string): string {
  return id.toLowerCase().replaceAll('-', '')
}

function isBeyond(moment: number, { from, to }: Span): boolean {
  return moment < from || moment > to
}

function isWithin(moment: number, { from, to }: Span): boolean {
  return moment >= from && moment < to
}
