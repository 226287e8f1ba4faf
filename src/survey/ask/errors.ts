import { isObject } from '../../json.ts'
import type { Answer } from './ask.ts'
import { isIdentifier } from './fields.ts'

/** An error as it is reported: its status, the keys of its body, and its code where that is made of known words. */
export interface ErrorShape {
  readonly status: number
  readonly keys: readonly string[]
  readonly code?: string
}

/** The shape of an error's body; undefined where it is not a JSON object. */
export function errorShape({ status, body }: Answer): ErrorShape | undefined {
  if (!isObject(body)) return undefined
  const code = [body['code'], body['error'], body['error_message']].find(isCode)
  const keys = Object.keys(body).filter(isIdentifier).sort()
  return { status, keys, ...(code === undefined ? {} : { code: String(code) }) }
}

/** The words that codes of errors are made of: anything else might be a name. */
const WORDS = new Set(
  (
    'access account bad client conflict credentials denied error expired failed forbidden found gateway grant id internal ' +
    'invalid limit long many method missing not of org out page param parameter partner path permission permitted range ' +
    'rate request required resource scope server service size target taken time timeout token too type unauthorized ' +
    'unavailable unknown unprocessable unsupported entity user validation value window allowed a exception authorized ' +
    'authentication insufficient key name requests'
  ).split(' '),
)

function isCode(value: unknown): boolean {
  if (typeof value === 'number') return value >= 100 && value < 600
  return (
    typeof value === 'string' &&
    value !== '' &&
    value
      .toLowerCase()
      .split(/[_. -]/)
      .every(word => WORDS.has(word))
  )
}
