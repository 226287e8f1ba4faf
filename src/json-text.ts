import { exactNumber, isDeeperThan, type Json } from './json.ts'

/** A text's JSON. Numbers that a double does not hold come as exact numbers, and halves of letters (lone surrogates, which
 *  strict readers refuse) as U+FFFD. Of a key that is there twice the last value counts. Throws a SyntaxError for what is
 *  not JSON; it is a TooDeep where more than two thousand containers are nested, as only broken and hostile programs write. */
export function parseJson(text: string, { keepsFractions = false }: Parsing = {}): Json {
  const sound = text.includes('\\ud') || text.includes('\\uD') ? text.replace(ESCAPES, whole) : text
  const value = parseSound(sound, keepsFractions)
  // Each container takes two letters at least.
  return text.length > 2 * DEEPEST ? refuseDeep(value) : value
}

/** The value. Throws TooDeep where it has more than two thousand containers within containers. */
export function refuseDeep(value: Json): Json {
  if (isDeeperThan(value, DEEPEST)) throw new TooDeep()
  return value
}

/** What walks over deeper values runs out of stack. */
const DEEPEST = 2000

/** JSON that is nested too deep to walk over. */
export class TooDeep extends SyntaxError {
  override readonly name = 'TooDeep'

  constructor() {
    super('it is nested more than 2,000 levels deep')
  }
}

function parseSound(text: string, keepsFractions: boolean): Json {
  try {
    if (keepsFractions && ZERO_FRACTION.test(text)) return JSON.parse(text, exactFraction)
    return hasUnusualNumber(text) ? JSON.parse(text, exact) : JSON.parse(text)
  } catch (error) {
    // To tell numbers by their digits, it is walked over while it is parsed.
    throw error instanceof RangeError ? new TooDeep() : error
  }
}

/** How a text is parsed. */
export interface Parsing {
  /** A whole number that is written with a fraction, such as 5.0, comes as an exact number: it tells of its type. */
  readonly keepsFractions?: boolean
}

const ZERO_FRACTION = /\d\.0+[\s,\]}]/

function exactFraction(key: string, value: Json, context: { readonly source?: string } = {}): Json {
  const { source = '' } = context
  return typeof value === 'number' && /\.0+$/.test(source) ? exactNumber(source) : exact(key, value, context)
}

/** An escaped letter of two halves, one half alone, any other escape. */
const ESCAPES =
  /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[dD][89a-fA-F][\da-fA-F]{2}|\\./gs

function whole(written: string): string {
  return written.length === 6 ? '\\ufffd' : written
}

/** From so many digits on a double may lack some of them. */
const MANY_DIGITS = 16
/** An exponent that may lead beyond a double: of three digits. */
const LARGE_EXPONENT = /\d[eE][+-]?\d{3,}(?:[,\]}\s]|$)/
const BEFORE_NUMBER = /[[,:\s-]/
const DOT = 0x2e
const ZERO = 0x30
const NINE = 0x39

function hasUnusualNumber(text: string): boolean {
  return hasManyDigits(text) || LARGE_EXPONENT.test(text)
}

/** Whether the text contains a number of many digits; now and then also for digits in a string. A run of so many has one
 *  at every place that is a multiple of their count, so most letters are not looked at. */
function hasManyDigits(text: string): boolean {
  for (let at = MANY_DIGITS - 1; at < text.length; at += MANY_DIGITS) {
    let start = at
    while (start >= 0 && isDigit(text.charCodeAt(start))) start--
    while (at > start && isDigit(text.charCodeAt(at + 1))) at++
    if (at - start >= MANY_DIGITS && BEFORE_NUMBER.test(text[start] ?? ' ')) return true
  }
  return false
}

/** A digit, or the dot among them. */
function isDigit(code: number): boolean {
  return (code >= ZERO && code <= NINE) || code === DOT
}

function exact(_key: string, value: Json, { source }: { readonly source?: string } = {}): Json {
  if (typeof value !== 'number' || source === undefined) return value
  return isHeld(source, value) ? value : exactNumber(source)
}

/** Whether a double is written as the number that it came from. Digits that came without an exponent stay without one. */
function isHeld(source: string, value: number): boolean {
  const written = String(value)
  if (written === source) return true
  if (written.includes('e') && Number.isInteger(value) && !/[.eE]/.test(source)) return false
  return decimalOf(written) === decimalOf(source)
}

/** One spelling for each number: its digits without zeros around them, and where the dot stands. */
function decimalOf(source: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const kept = digits.replace(/0+$/, '')
  if (kept === '') return '0'
  const places = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - kept.length)
  return `${sign}${kept}e${places}`
}
