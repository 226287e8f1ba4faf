import { type Document, type Element, parseXmlDocument, Text } from 'slimdom'
import { configError } from '../../errors.ts'
import { BadBody } from '../../http/types.ts'
import { excerpt, type Json } from '../../json.ts'
import { withinTime } from '../../time-limit.ts'
import { xmlText } from './xml-text.ts'

/** A parsed XML document. */
export type XmlDocument = Document
/** An element of a document. */
export type XmlElement = Element

const MAX_MS = 30_000
const MAX_DEPTH = 1000

/** The XML document in a response. Throws BadBody for what is not well-formed XML, and a ConnectorError for XML that the
 *  connector does not read: with a document type, too large, or nested too deeply. */
export function parseXml(bytes: Buffer): XmlDocument {
  const text = xmlText(bytes)
  const document = withinTime(MAX_MS, 'Parsing the XML of the response', () => parsed(text))
  refuseDeep(rootOf(document))
  return document
}

/** The element that holds all others. */
export function rootOf({ documentElement }: XmlDocument): XmlElement {
  if (documentElement === null) throw new BadBody('it has no element')
  return documentElement
}

const XMLNS = 'http://www.w3.org/2000/xmlns/'

/** An element as JSON: without attributes and children its text, or null. Otherwise an object: attributes as `@name` with
 *  their prefix, children by name without it (several of one name as a list), and its own text as `#text` unless blank. */
export function toJson(element: XmlElement): Json {
  const attributes = element.attributes.filter(({ namespaceURI }) => namespaceURI !== XMLNS)
  const children = Map.groupBy(element.children, child => child.localName)
  const text = textIn(element)
  if (attributes.length === 0 && children.size === 0) return element.firstChild === null ? null : text
  // Entries, not assignments: an element called __proto__ is an element like any other.
  return Object.fromEntries<Json>([
    ...attributes.map(({ name, value }) => [`@${name}`, value] as const),
    ...[...children].map(([name, [one, ...others]]) => {
      const first = one === undefined ? null : toJson(one)
      return [name, others.length === 0 ? first : [first, ...others.map(toJson)]] as const
    }),
    ...(text === '' ? [] : [['#text', text] as const]),
  ])
}

/** What a SOAP fault, or a root that is called an error, says; empty for no words. Undefined for any other document. */
export function errorIn(document: XmlDocument): string | undefined {
  const root = rootOf(document)
  const inner = root.children.flatMap(child => [child, ...child.children])
  const found = /^(error|errors|fault|exception)$/i.test(root.localName)
    ? root
    : inner.find(({ localName }) => localName === 'Fault')
  if (found === undefined) return undefined
  const said = found.getElementsByTagName('*').find(({ localName }) => SAYING.test(localName))
  return excerpt(said?.textContent ?? found.textContent ?? '')
}

const SAYING = /^(message|faultstring|reason|text|description|detail)$/i

/** The document in a few words, for messages. */
export function outlineOf(document: XmlDocument): string {
  const root = rootOf(document)
  const names = [...new Set(root.children.map(({ localName }) => localName))].slice(0, 20)
  return `the root ${root.localName}${names.length === 0 ? '' : ` with ${names.join(', ')} in it`}`
}

function textIn({ childNodes }: XmlElement): string {
  // A CDATA section is a text too.
  const text = childNodes.map(node => (node instanceof Text ? node.data : '')).join('')
  return text.trim() === '' ? '' : text
}

function parsed(text: string): XmlDocument {
  try {
    return parseXmlDocument(text)
  } catch (error) {
    throw new BadBody(`it is not well-formed XML (${excerpt((error as Error).message)})`)
  }
}

function refuseDeep({ children }: XmlElement, depth = 0): void {
  if (depth > MAX_DEPTH)
    throw configError(
      `The response is XML that is nested more than ${MAX_DEPTH} levels deep, which is not read.`,
    )
  for (const child of children) refuseDeep(child, depth + 1)
}
