import { type ConnectorError, systemError } from '../../errors.ts'
import { BadBody, type Reply } from '../../http/types.ts'
import { excerpt, type Json } from '../../json.ts'
import { type Parsing, parseJson, TooDeep } from '../../json-text.ts'

/** An answer's body as JSON; throws BadBody, which says what it is instead, and a system_error where
 *  it is nested too deep to be walked over: asking again would not change that. */
export function parseBody({ bytes }: Pick<Reply, 'bytes'>, parsing: Parsing = {}): Json {
  const text = bytes.toString('utf8')
  try {
    return parseJson(text, parsing)
  } catch (error) {
    if (error instanceof TooDeep) throw tooDeep()
    throw new BadBody(whyNotJson(text))
  }
}

function tooDeep(): ConnectorError {
  return systemError(
    'An answer of the API is nested thousands of levels deep (more than 2,000), which the connector does not read. Deselect the ' +
      'stream, and please report this.',
  )
}

/** Words that programs write where JSON knows no such value. Elsewhere than in a text, they stand behind one of these. */
const FOREIGN_WORD = /[:[,]\s*([+-]?(?:NaN|Infinity|inf|nan)|undefined|None|True|False)\s*[,\]}]/

function whyNotJson(text: string): string {
  if (text.trim() === '') return 'it is empty'
  const start = excerpt(text, 60)
  if (/^\s*<(!doctype|html|head|body)/i.test(text))
    return `it is an HTML page, not JSON (it begins "${start}")`
  if (!/^\s*[[{]/.test(text)) return `it is not JSON (it begins "${start}")`
  if (isLines(text))
    return 'it is JSON Lines (one document a line), not one JSON document. That is not read: ask the API for one list'
  const word = FOREIGN_WORD.exec(text)?.[1]
  return word === undefined
    ? 'its JSON is cut off or broken'
    : `it is not JSON: it holds ${word}, which JSON does not know`
}

function isLines(text: string): boolean {
  const [first = '', second = ''] = text.trim().split(/\s*\n\s*/, 2)
  if (!/^[[{]/.test(second)) return false
  try {
    JSON.parse(first)
    return true
  } catch {
    return false
  }
}
