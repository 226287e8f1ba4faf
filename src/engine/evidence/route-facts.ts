import { type BlankTrial, createBlankTrial } from './trials/blank-trial.ts'
import { createSizeTrial, type SizeTrial } from './trials/size-trial.ts'

/** What is known of a route from all that it has ever answered; kept in state. */
export interface RouteFacts {
  /** Records on its fullest page so far. */
  readonly fullest: number
  /** How often a page that came short of what was asked turned out to be the end, as an empty page after it showed. */
  readonly probes: number
  /** How many more records its counts claim than there are: found to be so for good. `all`: its counts count something else. */
  readonly surplus: number | 'all'
  /** How much wider than the time that is wanted it must be asked, at either end, in milliseconds. */
  readonly marginMs: number
}

/** Nothing is known. */
export const UNKNOWN_ROUTE: RouteFacts = { fullest: 0, probes: 0, surplus: 0, marginMs: 0 }

/** The facts of a route while it is read. */
export interface RouteMemory {
  facts(): RouteFacts
  /** Which page size it takes, as this run finds out. */
  readonly sizes: SizeTrial
  /** Whether its answers without content are to be believed, as this run finds out. */
  readonly blanks: BlankTrial
  /** A page came, with so many records. */
  sawPage(rows: number): void
  /** Whether a page of `rows` records, where more were asked for, may have been cut to a size that the server did not tell:
   *  it is as full as any page was. After ten pages that were not cut, those are believed that hold all that is claimed. */
  mayBeCut(rows: number, holdsClaim: boolean): boolean
  /** A page of `rows` records that might have been cut was followed by one with so many, asked for where a cut list goes on. */
  sawProbe(rows: number, following: number): void
  /** The page size to ask for instead of this one: the one to which the server cuts. */
  sizeFor(size: number): number
  /** The count that must be met, of one that an answer gave; undefined where counts mean nothing here. */
  claimOf(total: number | undefined): number | undefined
  /** The counts turned out to claim so many more than there are. True when that is news. */
  sawSurplus(surplus: number | 'all'): boolean
  /** The filter by time turned out to be off by so much. True when that is more than was known. */
  sawMargin(marginMs: number): boolean
  /** There is no filter by time: by how much it seemed to be off means nothing. */
  sawNoFilter(): void
}

/** How many pages are looked behind before a page's own claim is believed. Source: evidence rule E2. */
const MOST_PROBES = 10

/** The memory of a route, of which this was known before. */
export function rememberRoute(known: RouteFacts = UNKNOWN_ROUTE): RouteMemory {
  let facts = known
  let cutTo: number | undefined
  const sizes = createSizeTrial()
  /** Notes what is known now. Returns whether that is news. */
  const learn = (now: RouteFacts) => {
    const isNews = now !== facts
    facts = now
    return isNews
  }
  return {
    facts: () => facts,
    sizes,
    blanks: createBlankTrial(),
    sawPage(rows) {
      learn({ ...facts, fullest: Math.max(facts.fullest, rows) })
      sizes.sawPage(rows)
    },
    mayBeCut: (rows, holdsClaim) => mayBeCut(facts, rows, holdsClaim),
    sawProbe(rows, following) {
      if (following === 0) learn({ ...facts, probes: facts.probes + 1 })
      else cutTo = rows
    },
    sizeFor: size => Math.min(size, cutTo ?? size),
    claimOf: total => claimIn(facts, total),
    sawSurplus: found => learn(withSurplus(facts, found)),
    sawMargin: found => learn(withMargin(facts, found)),
    sawNoFilter: () => void learn({ ...facts, marginMs: 0 }),
  }
}

function mayBeCut({ fullest, probes }: RouteFacts, rows: number, holdsClaim: boolean): boolean {
  return rows >= fullest && !(probes >= MOST_PROBES && holdsClaim)
}

function claimIn({ surplus }: RouteFacts, total: number | undefined): number | undefined {
  return total === undefined || surplus === 'all' ? undefined : Math.max(0, total - surplus)
}

/** A second surplus, unlike the first, shows that the counts count something else. */
function withSurplus(facts: RouteFacts, found: number | 'all'): RouteFacts {
  const { surplus } = facts
  if (surplus === 'all' || surplus === found) return facts
  return { ...facts, surplus: surplus === 0 ? found : 'all' }
}

function withMargin(facts: RouteFacts, found: number): RouteFacts {
  return found > facts.marginMs ? { ...facts, marginMs: found } : facts
}
