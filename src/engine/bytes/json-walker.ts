/** Walks over JSON in bytes without building values. Every function takes the place where something begins and gives
 *  the place after it, or NOT_JSON; begun at NOT_JSON, it gives NOT_JSON. The grammar is checked whole, so what passes
 *  is JSON, also to strict readers: half a letter (a lone surrogate) or a number that may be beyond any double is called
 *  NOT_JSON too, and left to the real parser. Source: RFC 8259, RFC 7493. */
export const NOT_JSON = -1

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const MINUS = 0x2d
const DOT = 0x2e
const ZERO = 0x30
const LETTER_U = 0x75
const LETTER_D = 0x64
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
/** Containers within containers that a value may have: strict readers give up at 200 in all. Deeper ones are left to
 *  fit-schema, which writes them as text. */
export const DEEPEST = 100

/** After spaces and tabs. Line breaks are no blanks here: a record that holds one cannot be passed on as a line. */
export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++
  return at
}

/** After the value that begins here, of any kind. */
export function skipValue(bytes: Uint8Array, at: number, depth = 0): number {
  const first = bytes[at]
  if (first === QUOTE) return skipString(bytes, at)
  if (first === OPEN_OBJECT) return depth >= DEEPEST ? NOT_JSON : skipObject(bytes, at, depth)
  if (first === OPEN_LIST) return depth >= DEEPEST ? NOT_JSON : skipList(bytes, at, depth)
  if (first === 0x74) return skipWord(bytes, at, TRUE)
  if (first === 0x66) return skipWord(bytes, at, FALSE)
  if (first === 0x6e) return skipWord(bytes, at, NULL)
  return skipNumber(bytes, at)
}

/** After the text that begins here with a quote. */
export function skipString(bytes: Uint8Array, from: number): number {
  for (let at = from + 1; ; at++) {
    const byte = bytes[at]
    if (byte === undefined || byte < 0x20) return NOT_JSON
    if (byte === QUOTE) return at + 1
    if (byte !== BACKSLASH) continue
    at = lastOfEscape(bytes, at + 1)
    if (at === NOT_JSON) return NOT_JSON
  }
}

/** After the colon that follows a key, and the blanks around it. */
export function skipColon(bytes: Uint8Array, from: number): number {
  const at = skipBlanks(bytes, from)
  return bytes[at] === COLON ? skipBlanks(bytes, at + 1) : NOT_JSON
}

/** After the comma that follows a value; DONE at the closing bracket; otherwise NOT_JSON. */
export function skipComma(bytes: Uint8Array, from: number, close: number): number {
  const at = skipBlanks(bytes, from)
  if (bytes[at] === COMMA) return skipBlanks(bytes, at + 1)
  return bytes[at] === close ? DONE : NOT_JSON
}

/** What skipComma gives at the end of a list or an object. */
export const DONE = -2

function skipObject(bytes: Uint8Array, from: number, depth: number): number {
  let at = skipBlanks(bytes, from + 1)
  if (bytes[at] === CLOSE_OBJECT) return at + 1
  while (bytes[at] === QUOTE) {
    const end = skipValue(bytes, skipColon(bytes, skipString(bytes, at)), depth + 1)
    at = skipComma(bytes, end, CLOSE_OBJECT)
    if (at === DONE) return skipBlanks(bytes, end) + 1
  }
  return NOT_JSON
}

function skipList(bytes: Uint8Array, from: number, depth: number): number {
  let at = skipBlanks(bytes, from + 1)
  if (bytes[at] === CLOSE_LIST) return at + 1
  while (at >= 0) {
    const end = skipValue(bytes, at, depth + 1)
    at = skipComma(bytes, end, CLOSE_LIST)
    if (at === DONE) return skipBlanks(bytes, end) + 1
  }
  return NOT_JSON
}

function skipNumber(bytes: Uint8Array, from: number): number {
  const digits = bytes[from] === MINUS ? from + 1 : from
  const whole = bytes[digits] === ZERO ? digits + 1 : skipDigits(bytes, digits)
  if (whole === digits || whole - digits > MOST_DIGITS) return NOT_JSON
  const fraction = bytes[whole] === DOT ? skipDigits(bytes, whole + 1) : whole
  if (bytes[whole] === DOT && fraction === whole + 1) return NOT_JSON
  return skipExponent(bytes, fraction)
}

/** With an exponent of two digits, a number of more digits may be beyond any double. */
const MOST_DIGITS = 200
const MOST_EXPONENT_DIGITS = 2

function skipExponent(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== 0x65 && bytes[from] !== 0x45) return from
  const digits = bytes[from + 1] === 0x2b || bytes[from + 1] === MINUS ? from + 2 : from + 1
  const end = skipDigits(bytes, digits)
  return end === digits || end - digits > MOST_EXPONENT_DIGITS ? NOT_JSON : end
}

function skipDigits(bytes: Uint8Array, from: number): number {
  let at = from
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= 0x39; byte = bytes[at] ?? 0) at++
  return at
}

function skipWord(bytes: Uint8Array, from: number, word: Uint8Array): number {
  for (let index = 0; index < word.length; index++) if (bytes[from + index] !== word[index]) return NOT_JSON
  return from + word.length
}

/** The last place of an escape whose letter, behind its backslash, stands here: one of "\\/bfnrt, or u and four hex digits;
 *  of a letter of two halves, the last place of the second. */
function lastOfEscape(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== LETTER_U) return ESCAPES.includes(bytes[at] ?? 0) ? at : NOT_JSON
  if (!isHex(bytes, at + 1) || isHalf(bytes, at, SECOND_HALF)) return NOT_JSON
  if (!isHalf(bytes, at, FIRST_HALF)) return at + 4
  const second = at + 6
  const isWhole = bytes[at + 5] === BACKSLASH && bytes[second] === LETTER_U && isHex(bytes, second + 1)
  return isWhole && isHalf(bytes, second, SECOND_HALF) ? second + 4 : NOT_JSON
}

/** Whether half a letter is written here: a first half is D8 to DB, a second one DC to DF. */
function isHalf(bytes: Uint8Array, at: number, half: Uint8Array): boolean {
  // In lower case, which letters differ from capitals by one bit.
  return ((bytes[at + 1] ?? 0) | 0x20) === LETTER_D && half.includes(bytes[at + 2] ?? 0)
}

function isHex(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < 4; index++) if (!HEX.includes(bytes[at + index] ?? 0)) return false
  return true
}

const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')
const NULL = Buffer.from('null')
const ESCAPES = Buffer.from('"\\/bfnrt')
const FIRST_HALF = Buffer.from('89abAB')
const SECOND_HALF = Buffer.from('cdefCDEF')
const HEX = Buffer.from('0123456789abcdefABCDEF')
