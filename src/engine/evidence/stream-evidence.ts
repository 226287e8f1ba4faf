import type { Mistakes } from '../stream/mistakes.ts'
import { createFrontier, type Frontier } from '../time/frontier.ts'
import { type AnsweredIds, createAnsweredIds } from './answered-ids.ts'
import { collectOpenSlices, type OpenSlices } from './open-slices.ts'
import { createOutcomes, type Outcomes } from './outcomes.ts'
import { createParts, type Parts } from './parts.ts'
import { createShortages, type Shortage, type Shortages } from './shortages.ts'
import { createSuspicions, type Suspicions } from './suspicions.ts'
import { type CountTrial, createCountTrial } from './trials/count-trial.ts'
import { createPlanTrial, type PlanTrial } from './trials/plan-trial.ts'

/** All that the slices of one stream are judged by in a run. */
export interface StreamEvidence extends Outcomes {
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
  /** The parts of the description that were right before; undefined where a state does not say. */
  readonly proven?: readonly string[] | undefined
  readonly warn: (text: string) => void
}

/** The evidence of a stream that begins to be read. */
export function createStreamEvidence(known: Known): StreamEvidence {
  const waiting: (() => void)[] = []
  const ids = createAnsweredIds()
  const parts = createParts(known.stream, known.isGiven, known.isProven ? undefined : known.mistakes)
  const suspicions = createSuspicions(known.proven ?? (known.isProven ? ['data_path'] : []))
  return {
    ...createOutcomes(),
    open: collectOpenSlices(),
    shortages: createShortages(known.shortages, known.warn),
    counts: createCountTrial(),
    plans: createPlanTrial(),
    parts,
    ids,
    frontier: createFrontier(known.lookbackMs, known.closedMs),
    suspicions,
    later: judge => void waiting.push(judge),
    end() {
      for (const judge of waiting.splice(0)) judge()
      ids.end()
      suspicions.end()
      parts.end()
    },
  }
}
