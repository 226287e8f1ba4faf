import fontoxpath from 'fontoxpath'
import { parseXmlDocument } from 'slimdom'
import { configError } from '../errors.ts'
import type { Json } from '../json.ts'
import type { Found } from './answer.ts'
import { withinTime } from './bounded.ts'
import { isElement, rootOf, toJson, type XmlDocument } from './xml.ts'

/** A path to records in XML answers. */
export interface XPath {
  readonly text: string
  /** Throws a config_error when the path takes too long in this document, finds too much, or cannot be followed. */
  find(document: XmlDocument): Found
}

// The library has its functions under its default export, whichever way it is loaded.
const { evaluateXPath, Language, ReturnType } = fontoxpath
const MAX_MS = 5000
const MAX_NODES = 1_000_000
/** What a path is tried on before there is an answer. */
const NOTHING = parseXmlDocument('<nothing/>')

/** The path that a text stands for: XPath 3.1, of which nothing reaches beyond the document. Names mean what they mean at the
 *  document's root, those without a prefix the elements of its own namespace. For other texts throws an Error whose message
 *  is the rest of a sentence. */
export function compileXPath(text: string, maxMs = MAX_MS): XPath {
  const path = text.trim()
  refuseWrong(path)
  const { list, parent } = partsOf(path)
  const findIn = (document: XmlDocument): Found => {
    const values = evaluate(path, document).map(jsonOf)
    const isMissing = values.length === 0 && (parent === '' || evaluate(parent, document).length === 0)
    return { values, isMissing, listed: list === path ? values.length : evaluate(list, document).length }
  }
  return {
    text: path,
    find: document => withinTime(maxMs, `The path ${path}`, () => explained(path, () => findIn(document))),
  }
}

/** The path without the filter at its end, and the path to what holds its last step; empty for a path of one step. */
function partsOf(path: string): { readonly list: string; readonly parent: string } {
  const outer = withoutInner(path)
  const parent = path.slice(0, Math.max(0, outer.lastIndexOf('/')))
  const filter = outer.search(/\[ *\]$/)
  return { list: filter === -1 ? path : path.slice(0, filter), parent: parent === '/' ? '' : parent }
}

/** The path with blanks for what stands in quotes and in brackets, so that what is left is its steps. */
function withoutInner(path: string): string {
  const bare = path.replace(/"[^"]*"|'[^']*'/g, quoted => ' '.repeat(quoted.length))
  for (let before = bare, after = ''; ; before = after) {
    after = before.replace(/\[([^[\]]*[^[\] ][^[\]]*)\]|\(([^()]*[^() ][^()]*)\)/g, inner =>
      inner[0] === '[' ? `[${' '.repeat(inner.length - 2)}]` : `(${' '.repeat(inner.length - 2)})`,
    )
    if (after === before) return after
  }
}

function refuseWrong(path: string): void {
  if (path.startsWith('$'))
    throw new Error(
      'is no XPath, which looks like /response/data/item; a path with $ is a JSONPath, for response_format json',
    )
  try {
    evaluate(path, NOTHING)
  } catch (error) {
    const [, code = '', said = ''] = /(XP\w+): ([^\n]*)/.exec((error as Error).message) ?? []
    if (code === 'XPST0003') throw new Error(`is no XPath (${cut(said)}); such as /response/data/item`)
    if (code === 'XPST0017') throw new Error(`has a function that there is not (${cut(said)})`)
  }
}

function cut(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

function evaluate(path: string, document: XmlDocument): readonly unknown[] {
  const root = rootOf(document)
  const found = evaluateXPath(path, document, null, null, ReturnType.ALL_RESULTS, {
    language: Language.XPATH_3_1_LANGUAGE,
    namespaceResolver: prefix => root.lookupNamespaceURI(prefix === '' ? null : prefix),
  })
  if (found.length <= MAX_NODES) return found
  throw configError(`The path ${path} finds more than ${MAX_NODES} values. Write a narrower one.`)
}

/** Elements as JSON, attributes and texts as their text; other results are values already. */
function jsonOf(found: unknown): Json {
  if (isElement(found)) return toJson(found)
  if (typeof found === 'object' && found !== null && 'nodeValue' in found) return String(found.nodeValue)
  return typeof found === 'number' || typeof found === 'boolean' ? found : String(found)
}

function explained<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const [, said] = /([A-Z]{4}\d{4}[^\n]*)/.exec((error as Error).message) ?? []
    if (said === undefined) throw error
    throw configError(`The path ${path} cannot be followed in the answer (${cut(said)}). Mend it.`)
  }
}
