import { exactNumber, isExactNumber, type Json, type JsonObject } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { timestampOf } from '../time/timestamps.ts'

/** A value as its column spells it, where it has the right meaning in another spelling: a number as text, digits as a number,
 *  a unix time as RFC 3339. Undefined where it has not. */
export type Respell = (value: Json) => Json | undefined

const NEVER: Respell = () => undefined

/** How values are spelled in a column with this schema, of one type besides null. */
export function respellFor(column: JsonObject): Respell {
  if (column['format'] === 'date-time') return timestampOf
  const types = [column['type'] ?? []].flat().filter(type => type !== 'null')
  const [type] = types
  if (types.length !== 1 || column['format'] !== undefined) return NEVER
  return BY_TYPE[String(type)] ?? NEVER
}

const BY_TYPE: Readonly<Record<string, Respell>> = {
  string: value => (typeof value === 'number' || isExactNumber(value) ? String(value) : undefined),
  integer: value =>
    isExactNumber(value) && isWithinDouble(value)
      ? numberIn(String(value).replace(/\.0+$/, ''), /^-?\d+$/)
      : numberIn(value, /^-?(?:0|[1-9]\d*)$/),
  number: value => numberIn(value, /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/),
  boolean: value => (value === 'true' || value === 'false' ? value === 'true' : undefined),
}

/** The number that a text is; digits behind a zero or a plus are rather a name. */
function numberIn(value: Json, pattern: RegExp): Json | undefined {
  if (typeof value !== 'string' || !pattern.test(value) || !isWithinDouble(value)) return undefined
  const number = parseJson(value)
  return typeof number === 'number' ? number : exactNumber(value)
}

/** Beyond it, no reader of JSON knows what to do with it. */
export function isWithinDouble(number: Json): boolean {
  return Number.isFinite(Number(number))
}
