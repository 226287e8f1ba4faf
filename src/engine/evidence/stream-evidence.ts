import { ConnectorError } from '../../errors.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { createFrontier, type Frontier } from '../time/frontier.ts'
import { type AnsweredIds, createAnsweredIds } from './answered-ids.ts'
import { collectOpenSlices, type OpenSlices } from './open-slices.ts'
import { createParts, type Parts } from './parts.ts'
import { createShortages, type Shortage, type Shortages } from './shortages.ts'
import { createSuspicions, type Suspicions } from './suspicions.ts'
import { type CountTrial, createCountTrial } from './trials/count-trial.ts'
import { createPlanTrial, type PlanTrial } from './trials/plan-trial.ts'
import { open, type Verdict } from './verdict.ts'

/** All that the slices of one stream are judged by in a run. */
export interface StreamEvidence {
  readonly open: OpenSlices
  readonly shortages: Shortages
  readonly counts: CountTrial
  readonly plans: PlanTrial
  readonly parts: Parts
  readonly ids: AnsweredIds
  readonly frontier: Frontier
  readonly suspicions: Suspicions
  /** Has something judged at the stream's end, when all that can be known is. */
  later(judge: () => void): void
  /** Comes to all verdicts that waited for the end. */
  end(): void
  /** The verdict on a part that failed. Throws an error that concerns the whole run. */
  failed(error: unknown): Verdict
  /** A part did not fail. */
  worked(): void
  /** Whether so many parts in a row failed alike that the rest would fail too. */
  isHopeless(): boolean
  /** Whether nothing has worked so far, and something failed that was tried several times. */
  isUnanswered(): boolean
}

interface Known {
  readonly stream: string
  readonly lookbackMs: number
  /** Up to where time was closed before, where that moment is not read again. */
  readonly closedMs: number | undefined
  readonly shortages: readonly Shortage[]
  /** The config names the parents. */
  readonly isGiven: boolean
  /** What to say of mistakes, where a person described the stream. */
  readonly mistakes?: Mistakes | undefined
  /** Records were found before, by the same description. */
  readonly isProven?: boolean
  readonly warn: (text: string) => void
}

/** How many parts may fail alike in a row. Source: evidence rule E9. */
const MOST_ALIKE = 5

/** The evidence of a stream that begins to be read. */
export function createStreamEvidence(known: Known): StreamEvidence {
  let kind: string | undefined
  let alike = 0
  let hasWorked = false
  const waiting: (() => void)[] = []
  const ids = createAnsweredIds()
  const parts = createParts(known.stream, known.isGiven, known.isProven ? undefined : known.mistakes)
  const suspicions = createSuspicions(known.isProven ? ['data_path'] : [])
  return {
    open: collectOpenSlices(),
    shortages: createShortages(known.shortages, known.warn),
    counts: createCountTrial(),
    plans: createPlanTrial(),
    parts,
    ids,
    suspicions,
    later: judge => void waiting.push(judge),
    end() {
      for (const judge of waiting.splice(0)) judge()
      ids.end()
      suspicions.end()
      parts.end()
    },
    frontier: createFrontier(known.lookbackMs, known.closedMs),
    failed(error) {
      if (!(error instanceof ConnectorError) || error.scope === 'run') throw error
      const before = kind
      kind = `${error.failure} ${error.status} ${error.internal}`
      alike = kind === before ? alike + 1 : 1
      return open(error.status === 403 ? 'refused' : 'failed', error)
    },
    worked() {
      hasWorked = true
      kind = undefined
      alike = 0
    },
    isUnanswered: () => !hasWorked && kind?.startsWith('transient_error') === true,
    isHopeless: () => alike >= MOST_ALIKE,
  }
}
