import fontoxpath from 'fontoxpath'
import { Document, Node, parseXmlDocument } from 'slimdom'
import { configError } from '../../errors.ts'
import { excerpt, type Json } from '../../json.ts'
import { withinTime } from '../../time-limit.ts'
import type { Found, Path } from './find-records.ts'
import { MAX_PATH_MS, MAX_VALUES, tooManyValues } from './path-limits.ts'
import { isElement, rootOf, toJson, type XmlDocument } from './xml.ts'

// The library has its functions under its default export, however it is loaded.
const { evaluateXPath, Language, parseScript, ReturnType } = fontoxpath
/** What a path is tried on before there is a response. */
const NOTHING = parseXmlDocument('<nothing/>')

/** Compiles an XPath 3.1, without the functions that reach beyond the document. Names match in any namespace. Throws an Error for
 *  any other text; its message is the rest of a sentence. */
export function compileXPath(text: string, maxMs = MAX_PATH_MS): Path<XmlDocument> {
  const path = text.trim()
  refuseInvalid(path)
  const { list, parent } = partsOf(path)
  const findIn = (document: XmlDocument): Found => {
    const values = evaluate(path, document).map(jsonOf)
    const listed = list === path ? values.length : evaluate(list, document).length
    const around = () => (parent === undefined || parent === '' ? [document] : evaluate(parent, document))
    const isMissing = listed === 0 && (around().length === 0 || around().some(holdsElements))
    return { values, nodes: values, isMissing, listed }
  }
  return document => withinTime(maxMs, `The path ${path}`, () => explained(path, () => findIn(document)))
}

/** The path to the list, without a filter at its end, and the path to what contains the records; undefined for a path that
 *  may find them anywhere. */
function partsOf(path: string): { readonly list: string; readonly parent: string | undefined } {
  const outer = withoutInner(path)
  const records = outer.replace(/\/(@[\w:.*-]+|text\(\))$/, '')
  const filter = outer.search(/\[ *\]$/)
  return {
    list: filter === -1 ? path : path.slice(0, filter),
    parent: /^\/(?!\/)[^|,(]*$/.test(records) ? path.slice(0, records.lastIndexOf('/')) : undefined,
  }
}

/** The path with spaces in place of what is in quotes and brackets, so that only its steps are left. */
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
      'is not an XPath, which looks like /response/data/item; a path with $ is a JSONPath, for response_format json',
    )
  try {
    refuseConstruction(path)
    evaluate(path, NOTHING)
  } catch (error) {
    const { message } = error as Error
    const [, at = '1'] = /at <>:1:(\d+)/.exec(message) ?? []
    const [, code, said = ''] = /(XP\w+)[:,] ([^\n]*)/.exec(message) ?? []
    if (code === 'XPST0003')
      throw new Error(`is not an XPath from character ${at} on; write one such as /response/data/item`)
    if (code === 'XPST0008' || code === 'XPST0017')
      throw new Error(`names something that does not exist (${excerpt(said, 100)})`)
    if (code === undefined) throw error
  }
}

function refuseConstruction(path: string): void {
  const parsed = parseScript(path, { language: Language.XPATH_3_1_LANGUAGE }, NOTHING)
  if (evaluateXPath(CONSTRUCTS, parsed) === true)
    throw new Error('creates values instead of finding them; write a path such as /response/data/item')
}

/** Whether a parsed path contains a range or a loop, which can fill the memory before the time is over. */
const CONSTRUCTS = 'exists(descendant::*:rangeSequenceExpr | descendant::*:flworExpr)'

function evaluate(path: string, document: XmlDocument): readonly unknown[] {
  const found = evaluateXPath(path, document, null, null, ReturnType.ALL_RESULTS, {
    language: Language.XPATH_3_1_LANGUAGE,
    // Documents have no namespaces: a path may contain a prefix, which means nothing.
    namespaceResolver: () => '',
  })
  if (found.length > MAX_VALUES) throw tooManyValues(path)
  return found
}

/** Whether there is anything in what should contain the records. */
function holdsElements(found: unknown): boolean {
  return found instanceof Document || (isElement(found) && found.children.length > 0)
}

/** Elements as JSON, attributes and texts as their text; other results already are values. */
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
    throw configError(`The path ${path} cannot be followed in the response (${excerpt(said, 100)}). Fix it.`)
  }
}
