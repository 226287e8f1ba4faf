import { isObject, type Json, type JsonObject } from '../../json.ts'
import { isIdentifier } from './fields.ts'

/** An error as it is reported: its status, the keys of its body, and its code. Only what is made of known words is named. */
export interface ErrorShape {
  readonly status: number
  readonly keys: readonly string[]
  /** How many more keys there are. */
  readonly unnamed: number
  readonly code?: string
}

/** The shape of an error's body; undefined where it is not a JSON object. */
export function errorShape(status: number, body: Json | undefined): ErrorShape | undefined {
  if (!isObject(body)) return undefined
  const code = [body['code'], body['error'], body['error_message']].find(isCode)
  const all = Object.keys(body)
  const keys = all.filter(key => isIdentifier(key) && areKnown(wordsIn(key))).sort()
  const unnamed = all.length - keys.length
  return { status, keys, unnamed, ...(code === undefined ? {} : { code: String(code) }) }
}

/** The members of an error's body that are codes. */
export function codesIn(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => isCode(value)))
}

/** The words that keys and codes of errors are made of: anything else might be a name. */
const WORDS = new Set(
  (
    'access account bad client conflict credentials denied error expired failed forbidden found gateway grant id internal ' +
    'invalid limit long many method missing not of org out page param parameter partner path permission permitted range ' +
    'rate request required resource scope server service size target taken time timeout token too type unauthorized ' +
    'unavailable unknown unprocessable unsupported entity user validation value window allowed a exception authorized ' +
    'authentication insufficient key name requests message description detail details errors status success timestamp ' +
    'title trace instance reason info data uri url cause help http body headers extra exceeded version api code'
  ).split(' '),
)

function isCode(value: unknown): boolean {
  if (typeof value === 'number') return value >= 100 && value < 600
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_CODE && areKnown(wordsIn(value))
}

const LONGEST_CODE = 60

function areKnown(words: readonly string[]): boolean {
  return words.every(word => WORDS.has(word))
}

/** The words of a name in any spelling: error_code, errorCode, ERROR-CODE. */
function wordsIn(name: string): readonly string[] {
  return name
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[_. -]/)
}
