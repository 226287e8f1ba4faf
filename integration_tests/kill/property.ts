import fc from 'fast-check'
import { anyCase } from './cases/arbitrary.ts'
import type { Case } from './cases/case.ts'
import { simplest } from './cases/simplest.ts'
import { type Played, play } from './platform.ts'
import { type Tally, tallyOf } from './tally.ts'

/** How the property is tried. */
export interface Trial {
  readonly runs: number
  readonly seed: number
  /** The number of the first case; 0 where it is left out. */
  readonly from?: number
  /** The program to run, where it is not the built one. */
  readonly main?: string
  /** What of a case is not left to chance. */
  readonly fixed?: Partial<Case>
  /** Stops at the first case that goes wrong. */
  readonly isImpatient?: boolean
  /** Told of each case that went wrong. */
  readonly onWrong?: (wrong: Wrong) => void
}

/** A case in which the promise was broken, and how to try it again. */
export interface Wrong {
  readonly seed: number
  readonly number: number
  readonly one: Case
  readonly played: Played
}

/** How many cases were tried, and what became of them. */
export interface Tried {
  readonly tally: Tally
  readonly wrong: readonly Wrong[]
}

/** Tries the promise of docs/reliability.md in many cases: whatever goes wrong and whenever the connector is stopped, what left
 *  evidence is not lost. */
export async function tryCases({
  runs,
  seed,
  from = 0,
  main,
  fixed,
  isImpatient,
  onWrong,
}: Trial): Promise<Tried> {
  const all: { readonly one: Case; readonly played: Played }[] = []
  const wrong: Wrong[] = []
  for (let number = from; number < from + runs; number++) {
    const one = caseAt(seed, number, fixed)
    const played = await play(one, main)
    all.push({ one, played })
    if (played.violations.length === 0) continue
    wrong.push({ seed, number, one, played })
    onWrong?.({ seed, number, one, played })
    if (isImpatient) break
  }
  return { tally: tallyOf(all), wrong }
}

/** The case with a number, of those that a seed makes. */
function caseAt(seed: number, number: number, fixed?: Partial<Case>): Case {
  const [one] = fc.sample(anyCase(fixed), { seed: (seed * 1_000_003 + number) | 0, numRuns: 1 })
  if (one === undefined) throw new Error('fast-check gave no case.')
  return one
}

/** A case in words, and how to try it again. */
export function report({ seed, number, one, played }: Wrong): string {
  return [
    `case ${number} of seed ${seed}: npm run kill -- --seed ${seed} --from ${number} --runs 1`,
    ...played.violations.map(what => `  ${what}`),
    `  after ${played.runs} runs${played.refusals.length === 0 ? '' : `, refused: ${[...new Set(played.refusals)].map(text => text.slice(0, 300)).join(' | ')}`}`,
    `  ${JSON.stringify(one)}`,
  ].join('\n')
}

/** The same case without all that it takes not to go wrong in the same way. */
export function simplified({ one, played }: Wrong, main?: string): Promise<Case> {
  const kind = played.violations[0]?.split(':')[0]
  const isWrong = async (other: Case) => (await play(other, main)).violations[0]?.split(':')[0] === kind
  return simplest(one, isWrong)
}
