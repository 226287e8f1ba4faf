import { excerpt, isObject, type JsonObject } from '../../json.ts'

/** A page after the one that was received, as the answer speaks of it. */
export interface PageAfter {
  /** The words, such as has_more: true. */
  readonly said: string
  /** They are no token, of which the last page may hold one too. */
  readonly isSure: boolean
}

const MORE = /^((has|is)?more|hasnext)(items|records|results|data|pages?)?$/
const LAST = /^(is)?last(page)?$/
const NEXT = /^(odata)?next(page|link|url|href|uri|records|results|cursor|token|key|marker)*$/
/** How many objects within objects are looked into, around a list. */
const MOST_DEEP = 3

/** The page that follows by the names that APIs use, in an answer's body or in the objects around its list. */
export function pageAfter(body: JsonObject, depth = 0): PageAfter | undefined {
  for (const [name, value] of Object.entries(body)) {
    const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '')
    const says = (pattern: RegExp, what: string) => pattern.test(plain) && String(value) === what
    const said = () => `${name}: ${excerpt(JSON.stringify(value), 60)}`
    if (says(MORE, 'true') || says(LAST, 'false')) return { said: said(), isSure: true }
    const [next] = (isObject(value) ? Object.values(value) : [value]).filter(isName)
    if (NEXT.test(plain) && next !== undefined)
      return { said: said(), isSure: /^(https?:|[/?])/.test(String(next)) }
    const inner = isObject(value) && depth < MOST_DEEP ? pageAfter(value, depth + 1) : undefined
    if (inner !== undefined) return inner
  }
  return undefined
}

/** Whether a value may name a page. */
function isName(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || (typeof value === 'number' && value > 0)
}
