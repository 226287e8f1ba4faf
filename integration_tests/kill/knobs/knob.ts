import type fc from 'fast-check'
import type { Case } from '../cases/case.ts'

/** How a stream is read, which decides what may be lost and how that shows. */
export type Kind = 'windowed' | 'logs' | 'plain' | 'children' | 'filtered' | 'intervals' | 'details'

/** What is known of a stream that is read. */
export interface StreamFacts {
  readonly name: string
  readonly kind: Kind
  /** Whether it, or the list of its parents, comes without any count, even where all lists have one that can. */
  readonly isUncounted: boolean
  /** How it is paged where a person described it: by numbers that the connector counts, or by what the API names as next. A
   *  built-in stream's pages are its own. */
  readonly paging: 'own' | 'counted' | 'named'
}

/** What a knob leaves in the API's responses. `now`: enough to lose nothing in the very sync. `later`: enough for a later
 *  sync to bring what is missing. `never`: nothing, so that no claim can be made. */
export type Evidence = 'now' | 'later' | 'never'

/** What a kind of knob is: the truth told oddly, failures that pass, or something untrue. */
type Family = 'honest' | 'outage' | 'lie'

/** Something that may be wrong with an account, or odd about it. */
export interface Knob {
  /** The fault's name, as in the simulator's table. */
  readonly name: string
  readonly family: Family
  /** The evidence in a sentence, for people. */
  readonly leaves: string
  readonly evidence: (stream: StreamFacts, argument: string, one: Case) => Evidence
  /** The argument of the fault; without one where it is empty. */
  readonly argument?: fc.Arbitrary<string>
  /** A path to which it is limited, where it is. */
  readonly at?: fc.Arbitrary<string>
  /** It does away with the true count, or needs it as evidence. */
  readonly count?: 'hides' | 'needs'
  /** It can only be borne for a while. */
  readonly passesOnly?: boolean
  /** What it does not go together with, for otherwise it is another one: names of knobs. */
  readonly notWith?: readonly string[]
  /** Whether a stream may rightly stay incomplete for as long as this lasts. */
  readonly mayBlock?: (argument: string, one: Case) => boolean
  /** Its count claims records that there are none of for as long as it lasts: a list that cannot be asked for in parts then
   *  stays open after a full last page. Source: evidence rule E3. */
  readonly blocksFull?: boolean
  /** How much of the newest time is not shown yet, in ms. */
  readonly tailMs?: (argument: string, kind: Kind) => number
  /** How many hours after the start of the world it is over, or has settled. */
  readonly overAfterHours?: (argument: string) => number
}

/** A knob as it is turned in a case. */
export interface Turned {
  readonly knob: Knob
  readonly argument: string
}

/** The evidence that is always the same. */
export function always(evidence: Evidence): Knob['evidence'] {
  return () => evidence
}

/** A fault as the simulator takes it. */
export function written(name: string, argument = '', at = ''): string {
  return `${name}${argument === '' ? '' : `:${argument}`}${at === '' ? '' : `@${at}`}`
}

/** Streams whose parents are listed by another stream. */
export function hasParents(kind: Kind): boolean {
  return kind === 'logs' || kind === 'children' || kind === 'details' || kind === 'intervals'
}
