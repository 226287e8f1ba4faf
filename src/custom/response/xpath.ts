import fontoxpath from 'fontoxpath'
import { Document, Node, parseXmlDocument } from 'slimdom'
import { configError } from '../../errors.ts'
import { excerpt, type Json } from '../../json.ts'
import type { Found } from './find-records.ts'
import { MAX_PATH_MS, MAX_VALUES, tooManyValues } from './path-limits.ts'
import { withinTime } from './time-limit.ts'
import { isElement, rootOf, toJson, type XmlDocument } from './xml.ts'

/** A path to records in XML answers. */
export interface XPath {
  readonly text: string
  /** Throws a config_error when the path takes too long in this document, finds too much, or cannot be followed. */
  find(document: XmlDocument): Found
}

// The library has its functions under its default export, whichever way it is loaded.
const { evaluateXPath, Language, parseScript, ReturnType } = fontoxpath
/** What a path is tried on before there is an answer. */
const NOTHING = parseXmlDocument('<nothing/>')

/** The path that a text stands for: XPath 3.1, of which nothing reaches beyond the document. Names go by themselves, whatever
 *  their namespace. For other texts throws an Error whose message is the rest of a sentence. */
export function compileXPath(text: string, maxMs = MAX_PATH_MS): XPath {
  const path = text.trim()
  refuseInvalid(path)
  const { list, parent } = partsOf(path)
  const findIn = (document: XmlDocument): Found => {
    const values = evaluate(path, document).map(jsonOf)
    const isNowhere = () => parent === '' || (parent !== undefined && evaluate(parent, document).length === 0)
    const isMissing = values.length === 0 && isNowhere()
    return { values, isMissing, listed: list === path ? values.length : evaluate(list, document).length }
  }
  return {
    text: path,
    find: document => withinTime(maxMs, `The path ${path}`, () => explained(path, () => findIn(document))),
  }
}

/** The path without the filter at its end, and of a path that names its way from the root the one to what holds its records;
 *  undefined for one that may find them anywhere. */
function partsOf(path: string): { readonly list: string; readonly parent: string | undefined } {
  const outer = withoutInner(path)
  const records = outer.replace(/\/(@[\w:.*-]+|text\(\))$/, '')
  const filter = outer.search(/\[ *\]$/)
  return {
    list: filter === -1 ? path : path.slice(0, filter),
    parent: /^\/(?!\/)[^|,(]*$/.test(records) ? path.slice(0, records.lastIndexOf('/')) : undefined,
  }
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

function refuseInvalid(path: string): void {
  if (path.startsWith('$'))
    throw new Error(
      'is no XPath, which looks like /response/data/item; a path with $ is a JSONPath, for response_format json',
    )
  try {
    refuseConstruction(path)
    evaluate(path, NOTHING)
  } catch (error) {
    const { message } = error as Error
    const [, at = '1'] = /at <>:1:(\d+)/.exec(message) ?? []
    const [, code, said = ''] = /(XP\w+)[:,] ([^\n]*)/.exec(message) ?? []
    if (code === 'XPST0003') throw new Error(`is no XPath from letter ${at} on; such as /response/data/item`)
    if (code === 'XPST0008' || code === 'XPST0017')
      throw new Error(`names what there is not (${excerpt(said, 100)})`)
    if (code === undefined) throw error
  }
}

function refuseConstruction(path: string): void {
  const parsed = parseScript(path, { language: Language.XPATH_3_1_LANGUAGE }, NOTHING)
  if (evaluateXPath(CONSTRUCTS, parsed) === true)
    throw new Error('makes values rather than finding them; write a path such as /response/data/item')
}

/** Whether a path, as its parser sees it, makes a range or a loop: these can fill the memory before their time is over. */
const CONSTRUCTS = 'exists(descendant::*:rangeSequenceExpr | descendant::*:flworExpr)'

function evaluate(path: string, document: XmlDocument): readonly unknown[] {
  const found = evaluateXPath(path, document, null, null, ReturnType.ALL_RESULTS, {
    language: Language.XPATH_3_1_LANGUAGE,
    // Documents are read without namespaces: a prefix may stand in a path, and says nothing.
    namespaceResolver: () => '',
  })
  if (found.length > MAX_VALUES) throw tooManyValues(path)
  return found
}

/** Elements as JSON, attributes and texts as their text; other results are values already. */
function jsonOf(found: unknown): Json {
  if (found instanceof Document) return toJson(rootOf(found))
  if (isElement(found)) return toJson(found)
  if (found instanceof Node) return found.nodeValue
  if (typeof found === 'number') return Number.isFinite(found) ? found : null
  return typeof found === 'boolean' ? found : String(found)
}

function explained<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const [, said] = /([A-Z]{4}\d{4}[^\n]*)/.exec((error as Error).message) ?? []
    if (said === undefined) throw error
    throw configError(`The path ${path} cannot be followed in the answer (${excerpt(said, 100)}). Mend it.`)
  }
}
