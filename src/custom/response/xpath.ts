import fontoxpath from 'fontoxpath'
import { Document, Element, Node, parseXmlDocument } from 'slimdom'
import { configError } from '../../errors.ts'
import { excerpt, isObject, type Json } from '../../json.ts'
import { withinTime } from '../../time-limit.ts'
import type { Found, Path } from './find-records.ts'
import { MAX_PATH_MS, MAX_VALUES, tooManyValues } from './path-limits.ts'
import { rootOf, toJson, type XmlDocument, type XmlElement } from './xml.ts'

// The library has its functions under its default export, however it is loaded.
const { evaluateXPath, Language, parseScript, ReturnType } = fontoxpath
const LANGUAGE = { language: Language.XPATH_3_1_LANGUAGE }
/** What a path is tried on before there is a response. */
const NOTHING = parseXmlDocument('<nothing/>')

/** Compiles an XPath 3.1, without the functions that reach beyond the document. Names match in any namespace. Throws an Error for
 *  any other text; its message is the rest of a sentence. */
export function compileXPath(text: string, maxMs = MAX_PATH_MS): Path<XmlDocument> {
  const path = text.trim()
  refuseInvalid(path)
  const whole = parsed(path)
  const list = withoutFilter(parsed(path))
  const container = containerIn(parsed(path))
  const fields = elementsAt('descendant::*:predicates//*:pathExpr', parsed(path)).map(named)
  const findIn = (document: XmlDocument): Found => {
    const values = evaluate(whole, document, path).map(jsonOf)
    const listed = list === undefined ? values.length : evaluate(list, document, path).length
    const around = listed > 0 || container === undefined ? [document] : evaluate(container, document, path)
    const isMissing = listed === 0 && (around.length === 0 || around.some(holdsElements))
    const seen = fields.flatMap(({ whole, around, ...field }) => {
      const [first] = values.length > 0 ? values : evaluate(around, document, path).map(jsonOf)
      const isSeen = values.length > 0 || evaluate(whole, document, path).length > 0
      return first === undefined ? [] : { ...field, isSeen, known: isObject(first) ? Object.keys(first) : [] }
    })
    return { values, nodes: values, isMissing, listed, fields: seen }
  }
  return document => withinTime(maxMs, `The path ${path}`, () => explained(path, () => findIn(document)))
}

/** The path as XQueryX has it, an element for each part, with names that match in any namespace. */
function parsed(path: string): XmlElement {
  const script = parseScript<XmlElement>(path, LANGUAGE, NOTHING)
  for (const name of elementsAt(NAMES, script)) {
    const { textContent: text, namespaceURI: uri } = name
    const any = parseXmlDocument(`<Wildcard xmlns="${uri}"><star/><NCName>${text}</NCName></Wildcard>`)
    name.replaceWith(NOTHING.importNode(rootOf(any), true))
  }
  return script
}

/** The names in a parsed path, but for those of attributes without a prefix, which are in no namespace. */
const NAMES = "descendant::*:nameTest[@*:prefix != '' or ../*:xpathAxis != 'attribute']"

/** The path without the filter at its end; undefined where it has none. */
function withoutFilter(script: XmlElement): XmlElement | undefined {
  const filter = stepsIn(script)
    .at(-1)
    ?.children.find(({ localName }) => localName === 'predicates')
  filter?.remove()
  return filter && script
}

/** The path to what contains the records; undefined where the path does not name it. Attributes and texts are within a record. */
function containerIn(script: XmlElement): XmlElement | undefined {
  const steps = stepsIn(script)
  const last = steps.findLastIndex(
    ({ children: [axis, what] }) => axis?.textContent !== 'attribute' && what?.localName !== 'textTest',
  )
  for (const step of steps.slice(Math.max(0, last))) step.remove()
  return last > 0 ? script : undefined
}

/** The steps of a path that is nothing but steps. */
const stepsIn = (script: XmlElement) => elementsAt('*/*:queryBody/*:pathExpr/*:stepExpr', script)

function elementsAt(xpath: string, within: XmlElement): readonly XmlElement[] {
  return evaluateXPath(xpath, within, null, null, ReturnType.NODES) as XmlElement[]
}

/** A field that a filter names: the path to it, and to what the filter is applied to, both without filters. */
function named(field: XmlElement) {
  const { children } = field
  const isAbsolute = children[0]?.localName === 'rootExpr'
  const around = isAbsolute ? [] : elementsAt('ancestor::*:predicates/../(preceding-sibling::* | .)', field)
  const text = evaluateXPath(TEXT, field, null, null, ReturnType.STRING)
  const isOptional = evaluateXPath(IS_TEST, field) === true
  return { text, isOptional, whole: pathOf([...around, ...children]), around: pathOf(around) }
}

/** The names in a path, as it writes them. */
const TEXT =
  "string-join((*:stepExpr ! ((if (*:xpathAxis = 'attribute') then '@' else '') || *[2]))[. != ''], '/')"
/** Whether a filter asks only if something is there. */
const IS_TEST = `empty(ancestor::*[ends-with(local-name(), 'Op')][not(local-name() = ('andOp', 'orOp', 'unionOp'))]
  | ancestor::*:functionCallExpr[not(*:functionName = ('not', 'exists', 'empty', 'boolean'))])`

function pathOf(steps: readonly XmlElement[]): XmlElement {
  const script = parsed('/')
  const [path] = elementsAt('*/*:queryBody/*:pathExpr', script)
  if (steps.length > 0) path?.replaceChildren(...steps.map(step => step.cloneNode(true)))
  for (const filter of elementsAt('descendant::*:predicates', script)) filter.remove()
  return script
}

function refuseInvalid(path: string): void {
  if (path.startsWith('$'))
    throw new Error('is not an XPath, such as /data/item, but a JSONPath, for response_format json')
  try {
    if (evaluateXPath(CONSTRUCTS, parsed(path)) === true)
      throw new Error('creates values instead of finding them; write a path such as /response/data/item')
    evaluate(parsed(path), NOTHING, path)
  } catch (error) {
    const { message } = error as Error
    const [, at = '1'] = /at <>:1:(\d+)/.exec(message) ?? []
    const [, code, said = ''] = /(XP\w+)[:,] ([^\n]*)/.exec(message) ?? []
    if (code === 'XPST0003')
      throw new Error(`is not an XPath from character ${at} on; write one such as /response/data/item`)
    if (code === 'XPST0008' || code === 'XPST0017')
      throw new Error(`names something that does not exist (${excerpt(said)})`)
    if (code === undefined) throw error
  }
}

/** Whether a parsed path contains a range or a loop, which can fill the memory before the time is over. */
const CONSTRUCTS = 'exists(descendant::*:rangeSequenceExpr | descendant::*:flworExpr)'

function evaluate(what: XmlElement, document: XmlDocument, path: string): readonly unknown[] {
  const found = evaluateXPath(what, document, null, null, ReturnType.ALL_RESULTS, LANGUAGE)
  if (found.length > MAX_VALUES) throw tooManyValues(path)
  return found
}

/** Whether there is anything in what should contain the records. */
const holdsElements = (found: unknown) =>
  found instanceof Document || (found instanceof Element && found.children.length > 0)

/** Elements as JSON, attributes and texts as their text; other results already are values. */
function jsonOf(found: unknown): Json {
  if (found instanceof Document) return toJson(rootOf(found))
  if (found instanceof Element) return toJson(found)
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
    throw configError(`The path ${path} cannot be followed in the response (${excerpt(said)}). Fix it.`)
  }
}
