import { FUTURE_IDS } from '../../../simulator/faults/time/dates.ts'
import { changesLate } from '../../../simulator/faults/time/reporting.ts'
import { sourceOf } from '../account/custom.ts'
import type { Deliveries } from '../account/deliveries.ts'
import { isReadWhole, kindOf } from '../account/kinds.ts'
import type { Held } from '../account/truth.ts'
import type { Witness } from '../account/witness.ts'
import type { Case } from '../cases/case.ts'
import { evidenceIn, turnedIn } from '../knobs/index.ts'

/** A stream at the end of a sync that ended well. */
export interface Ended {
  readonly one: Case
  readonly stream: string
  /** What the config asked for when the run began. */
  readonly owed: readonly Held[]
  /** All that the account ever held. */
  readonly known: ReadonlySet<string>
  readonly bounds: { readonly from: number; readonly to: number }
  readonly deliveries: Deliveries
  readonly witness: Witness
  /** Whether everything has passed and settled. */
  readonly isLast: boolean
}

/** What of a stream is missing though it left evidence, and what was never there. */
export function lossesOf(ended: Ended): readonly string[] {
  const { one, stream, owed, deliveries, bounds } = ended
  const isThere = (key: string) =>
    isReadWhole(stream, one.mode)
      ? deliveries.isFresh(stream, key)
      : deliveries.latest(stream, key) !== undefined
  const { headMs, tailMs } = edgesOf(ended)
  const isClaimed = ({ moment }: Held) =>
    moment === undefined || (moment >= bounds.from + headMs && moment <= bounds.to - tailMs)
  const claimed = owed.filter(held => isClaimed(held) && !hasMoved(held, ended))
  const lost = isPromised(ended) ? claimed.filter(({ key }) => !isThere(key)) : []
  const strange =
    kindOf(stream) === 'intervals'
      ? []
      : deliveries.keys(stream).filter(key => !ended.known.has(key) && !isOfTheFuture(key, one))
  return [...some(`${stream}: lost`, keysOf(lost), claimed.length), ...some(`${stream}: made up`, strange, 0)]
}

function isPromised({ one, stream, witness, isLast }: Ended): boolean {
  const evidence = evidenceIn(one, stream)
  if (evidence === 'never' || (evidence === 'later' && !isLast)) return false
  const isShifted = turnedIn(one).some(({ knob }) => knob.name === 'filter-shift')
  return !isShifted || kindOf(stream) !== 'windowed' || siblings(stream).some(witness.sawStray)
}

/** How much of either end of what is read need not be there: it is not shown yet, or not without luck where the filter by time
 *  is odd, or not over by the API's clock. */
export function edgesOf({ one, stream }: Ended): { readonly headMs: number; readonly tailMs: number } {
  const turned = turnedIn(one)
  const tail = (which: (name: string) => boolean) =>
    Math.max(
      0,
      ...turned
        .filter(({ knob }) => which(knob.name))
        .map(({ knob, argument }) => knob.tailMs?.(argument, kindOf(stream)) ?? 0),
    )
  return { headMs: tail(name => name.startsWith('filter-')), tailMs: tail(() => true) }
}

// A record whose time is that of its last change is at another time once it has changed.
function hasMoved({ row }: Held, { one, stream }: Ended): boolean {
  const isLate = turnedIn(one).some(({ knob }) => knob.name === 'late-changes')
  return isLate && stream === 'all_leads' && changesLate(row)
}

function siblings(stream: string): readonly string[] {
  return ['calls', 'call_records'].includes(stream) ? ['calls', 'call_records'] : [sourceOf(stream)]
}

function isOfTheFuture(key: string, { faults, passing }: Case): boolean {
  const isFuture = [...faults, ...passing.faults].some(name => /future-record|impossible-dates/.test(name))
  return isFuture && (FUTURE_IDS.some(id => key.includes(id)) || /\d{8}t\d{6}|\d{8}t/.test(key))
}

function keysOf(held: readonly Held[]): readonly string[] {
  return held.map(
    ({ key, moment }) => `${key}${moment === undefined ? '' : ` (${new Date(moment).toISOString()})`}`,
  )
}

function some(what: string, keys: readonly string[], of: number): readonly string[] {
  return keys.length === 0 ? [] : [`${what} ${keys.length}${of > 0 ? ` of ${of}` : ''}, e.g. ${keys[0]}`]
}
