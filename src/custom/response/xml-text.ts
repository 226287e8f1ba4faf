import { isUtf8 } from 'node:buffer'
import { type ConnectorError, configError, systemError } from '../../errors.ts'
import { BadBody } from '../../http/types.ts'
import { excerpt } from '../../json.ts'

const MAX_BYTES = 16 * 2 ** 20
/** Each takes about 300 bytes of memory, however short it is. */
const MAX_TAGS = 1_000_000

/** A response's XML as text; the bytes are UTF-8, whatever the declaration says. Throws BadBody for what is obviously not XML,
 *  and a ConnectorError for XML that the connector does not read: too large, or with a document type. */
export function xmlText(bytes: Buffer): string {
  if (bytes.length > MAX_BYTES)
    throw tooMuch(`${Math.ceil(bytes.length / 2 ** 20)} MiB, but may have at most ${MAX_BYTES / 2 ** 20}`)
  if (!isUtf8(bytes)) throw new BadBody('it is not text in UTF-8')
  const text = bytes
    .toString()
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
  const start = beforeRoot(text)
  const why = whyNotXml(text, start)
  if (why !== undefined) throw new BadBody(why)
  if (text.startsWith('<!DOCTYPE', start)) throw hasDocumentType()
  if (tagsIn(text) > MAX_TAGS)
    throw tooMuch(`more than ${MAX_TAGS} tags, which is more than the connector reads`)
  return text
}

function tagsIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) count++
  return count
}

const BEFORE_ROOT = /\s+|<\?.*?\?>|<!--.*?-->/sy

/** Where the root element or the document type begins: after spaces, comments and processing instructions. */
function beforeRoot(text: string): number {
  let at = 0
  for (BEFORE_ROOT.lastIndex = 0; BEFORE_ROOT.test(text); ) at = BEFORE_ROOT.lastIndex
  return at
}

function whyNotXml(text: string, start: number): string | undefined {
  if (text.trim() === '') return 'it is empty'
  const begins = `(it begins "${excerpt(text, 60)}")`
  if (/^<(!doctype\s+)?html[\s>[]/i.test(text.slice(start, start + 100)))
    return `it is an HTML page, not XML ${begins}`
  return text.startsWith('<', start) ? undefined : `it is not XML ${begins}`
}

function hasDocumentType(): ConnectorError {
  return systemError(
    'The response is XML with a document type (<!DOCTYPE), which the connector does not read: entities can make a small ' +
      'response fill the memory, or read files. Ask the API for XML without one, or for JSON.',
  )
}

function tooMuch(most: string): ConnectorError {
  return configError(`The response is XML of ${most}. Ask for smaller pages, or for JSON.`)
}
