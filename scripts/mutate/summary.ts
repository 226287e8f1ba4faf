import type { Outcome } from './trial.ts'

/** How many mutants tests noticed, and by what. */
export interface Summary {
  readonly killedPercent: number
  /** So many tests did not end that a busy machine, not the mutants, may have been the cause. */
  readonly isDoubtful: boolean
  readonly text: string
}

const MOST_TIMED_OUT = 0.03

/** Sums up how tests ended under each mutant; one under which they did not end counts as noticed. */
export function summaryOf(outcomes: readonly Outcome[]): Summary {
  const count = (wanted: Outcome) => outcomes.filter(outcome => outcome === wanted).length
  const [failed, timedOut, survived] = [count('failed'), count('timed out'), count('passed')]
  const killedPercent = ((failed + timedOut) / Math.max(1, outcomes.length)) * 100
  const isDoubtful = timedOut > MOST_TIMED_OUT * outcomes.length
  const counted = `${failed} failed, ${timedOut} timed out; ${survived} of ${outcomes.length} survived`
  return {
    killedPercent,
    isDoubtful,
    text: `${killedPercent.toFixed(1)} % killed: ${counted}${isDoubtful ? `\n${DOUBT}` : ''}`,
  }
}

const DOUBT =
  'Not to be believed: so many tests that did not end point to a machine that was too busy. Run it again.'
