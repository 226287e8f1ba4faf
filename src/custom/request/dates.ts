import { UTCDate } from '@date-fns/utc'
import { add, format } from 'date-fns'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../durations.ts'
import type { Span } from '../../engine/time/spans.ts'
import type { CustomStreamConfig } from '../config.ts'

/** The unit that macros count in. */
export type Unit = NonNullable<CustomStreamConfig['time_unit']>

/** How moments are written in requests, in UTC. */
export interface DateFormat {
  write(ms: number): string
  /** The span to write so that nothing of this one is missed: up to the next step, since a coarse format cuts off the rest;
   *  in steps of a second or less, one second more at either end, since APIs differ in which ends they include. */
  widen(span: Span): Span
  /** The smallest difference in time that the format shows. */
  readonly stepMs: number
}

/** The smallest difference in time that letters of a pattern show, finest first. */
const STEPS: readonly (readonly [letters: string, ms: number])[] = [
  ['S', 1],
  ['s', SECOND_MS],
  ['m', MINUTE_MS],
  ['HhKk', HOUR_MS],
  ['dDE', DAY_MS],
  ['wI', 7 * DAY_MS],
  ['ML', 31 * DAY_MS],
  ['Qq', 92 * DAY_MS],
  ['yu', 366 * DAY_MS],
]
/** Letters that mean nothing without others, and what was probably meant. */
const ALONE: readonly (readonly [letter: RegExp, others: RegExp, meant: string])[] = [
  [/m/, /[HhKk]/, 'm is minutes; months are M'],
  [/s/, /m/, 's is seconds, which need minutes'],
  [/D/, /^[^Md]*$/, 'D is the day of the year; days of the month are d'],
  [/[hK]/, /a/, 'h and K count to 12, which needs a; hours of the day are H'],
]
const EXAMPLE = "yyyy-MM-dd'T'HH:mm:ss'Z'"

/** The format of a pattern in the letters of Java and Unicode, or of epoch_seconds or epoch_millis. Throws an Error that says
 *  what is wrong with it. Source of the letters: Unicode Technical Standard 35, part 4, section 8. */
export function compileDateFormat(pattern = EXAMPLE): DateFormat {
  if (pattern === 'epoch_millis') return formatOf(ms => String(ms), 1)
  if (pattern === 'epoch_seconds') return formatOf(ms => String(Math.floor(ms / SECOND_MS)), SECOND_MS)
  const letters = lettersOf(pattern)
  const step = STEPS.find(([some]) => [...some].some(one => letters.has(one)))?.[1]
  if (step === undefined) throw new Error(`has no letter for a date or time; a valid pattern is ${EXAMPLE}`)
  return formatOf(ms => format(new UTCDate(ms), pattern, { useAdditionalDayOfYearTokens: true }), step)
}

/** The moment that many units later, or earlier for a negative count. A day that its month lacks becomes the month's last. */
export function shift(ms: number, count: number, unit: Unit): number {
  return add(new UTCDate(ms), { [`${unit}s`]: count }).getTime()
}

/** The letters of a pattern that mean something. */
function lettersOf(pattern: string): ReadonlySet<string> {
  const bare = pattern.replaceAll("''", '').replaceAll(/'[^']*'/g, '')
  if (bare.includes("'")) throw new Error('has a quote that is never closed; quotes come in pairs')
  const known = `${STEPS.map(([letters]) => letters).join('')}aXx`
  const strange = [...bare].find(letter => /[A-Za-z]/.test(letter) && !known.includes(letter))
  if (strange !== undefined)
    throw new Error(`has the letter ${strange}, which no date has; put text in quotes, as in ${EXAMPLE}`)
  const [, , meant] = ALONE.find(([letter, others]) => letter.test(bare) && !others.test(bare)) ?? []
  if (meant !== undefined) throw new Error(`cannot be meant: ${meant}; a valid pattern is ${EXAMPLE}`)
  return new Set(bare)
}

function formatOf(write: (ms: number) => string, stepMs: number): DateFormat {
  const widen = ({ from, to }: Span) =>
    stepMs > SECOND_MS ? { from, to: to + stepMs - 1 } : { from: from - SECOND_MS, to: to + SECOND_MS }
  return { write, stepMs, widen }
}
