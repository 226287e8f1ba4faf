import { DAY_MS, HOUR_MS, SECOND_MS } from '../../durations.ts'
import { requestFor } from '../../engine/fetch/request.ts'
import type { Span } from '../../engine/time/spans.ts'
import { countIn, fits, rowsOf } from '../ask/answers.ts'
import type { Answer, Ask } from '../ask/ask.ts'
import type { FirstAnswer } from './streams.ts'

/** How far back, and over how long a time, a list can be asked. */
export interface Reach {
  /** The oldest beginning of a window that was accepted, in days before now. */
  readonly days: number | undefined
  /** The longest window that was accepted, in days. */
  readonly longestDays: number | undefined
  /** Whether a window that begins a year ago was refused, and one over all of the time. */
  readonly isShort: boolean | undefined
  readonly isNarrow: boolean | undefined
}

const STEPS = [364, 180, 90, 31, 7, 1]

/** Asks for windows of a day ever nearer, and then ever shorter ones, until one is accepted. */
export async function surveyReach(first: FirstAnswer, ask: Ask, nowMs: number): Promise<Reach> {
  const ageOf = (days: number) => nowMs - days * DAY_MS + HOUR_MS
  const days = await firstAccepted(STEPS, back =>
    askWindow(first, { from: ageOf(back), to: ageOf(back) + DAY_MS / 2 }, ask),
  )
  const lengths = days === undefined ? [] : STEPS.filter(length => length <= days)
  const longestDays = await firstAccepted(lengths, length =>
    askWindow(first, { from: ageOf(length), to: nowMs }, ask),
  )
  return {
    days,
    longestDays,
    isShort: days === undefined ? undefined : days !== STEPS[0],
    isNarrow: longestDays === undefined ? undefined : longestDays !== lengths[0],
  }
}

async function firstAccepted(
  steps: readonly number[],
  asking: (step: number) => Promise<Answer | undefined>,
) {
  for (const step of steps) {
    const answer = await asking(step)
    if (answer === undefined) return undefined
    if (answer.status < 300) return step
  }
  return undefined
}

/** How many records a window has: the count that it names, or those that came. */
export async function countWindow(first: FirstAnswer, window: Span, ask: Ask): Promise<number | undefined> {
  const answer = await askWindow(first, window, ask)
  if (answer === undefined || !fits(first.route, answer)) return undefined
  return countIn(answer, 'total') ?? rowsOf(first.route, answer).length
}

/** Asks a list for its records in a window, ends included. */
async function askWindow(
  { def, route }: FirstAnswer,
  { from, to }: Span,
  ask: Ask,
): Promise<Answer | undefined> {
  const slice = { window: { from: from + SECOND_MS, to: to - SECOND_MS } }
  return ask(requestFor({ def, route, slice, pageSize: 100, filters: {} }, route.paginate.first))
}
