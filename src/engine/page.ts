import { systemError } from '../errors.ts'
import { BadBody, pathOf, type Reply, type Request } from '../http/types.ts'
import { excerpt, isList, isObject, type Json, type JsonObject, kindOf } from '../json.ts'
import type { RecordsAt } from './define.ts'
import { type PageFacts, pageFacts } from './paginate.ts'

/** The records of one answer, and what it tells of its list. */
export interface Page {
  readonly records: readonly Json[]
  readonly facts: PageFacts
}

/** An answer that lacks the container its route names: another dialect, perhaps. */
export interface NoContainer {
  /** The keys that were there instead. */
  readonly keys: readonly string[]
}

const EMPTY: Page = { records: [], facts: { rows: 0, pages: undefined, total: undefined, max: undefined } }

/** Reads an answer's records. Throws BadBody for what is not JSON, and a system_error where the container holds
 *  something that is no list of records. */
export function readPage(reply: Reply, request: Request, at: RecordsAt): Page | NoContainer {
  if (reply.status === 204) return EMPTY
  const body = parseBody(reply)
  if (at.kind === 'list') return readList(body, request, at.key)
  const found = at.kind === 'one' && isObject(body) && body[at.key] !== undefined ? body[at.key] : body
  if (found === undefined || found === null) return EMPTY
  return page(isList(found) ? found : [found], isObject(body) ? body : {})
}

/** Whether an answer lacked its container. */
export function isNoContainer(answer: Page | NoContainer): answer is NoContainer {
  return 'keys' in answer
}

function readList(body: Json, request: Request, key: string): Page | NoContainer {
  if (isList(body)) return page(body, {})
  if (!isObject(body)) throw notRecords(request, 'the answer', body)
  const found = body[key]
  if (isList(found)) return page(found, body)
  if (found === null || (found === undefined && isEmptyEnvelope(body))) return page([], body)
  if (found === undefined) return { keys: Object.keys(body) }
  throw notRecords(request, `"${key}"`, found)
}

function page(records: readonly Json[], envelope: JsonObject): Page {
  return { records, facts: pageFacts(envelope, records.length) }
}

/** An envelope without any array: how the API says that a list is empty. */
function isEmptyEnvelope(body: JsonObject): boolean {
  return ('pagination' in body || 'success' in body) && !Object.values(body).some(isList)
}

function parseBody(reply: Reply): Json {
  const text = reply.bytes.toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw new BadBody(whyNotJson(text))
  }
}

function whyNotJson(text: string): string {
  if (text.trim() === '') return 'it is empty'
  const start = excerpt(text, 60)
  if (/^\s*<(!doctype|html|head|body)/i.test(text))
    return `it is an HTML page, not JSON (it begins "${start}")`
  return /^\s*[[{]/.test(text) ? 'its JSON is cut off or broken' : `it is not JSON (it begins "${start}")`
}

function notRecords(request: Request, where: string, found: Json): Error {
  return systemError(
    `Babelforce answered ${request.method} ${pathOf(request)} with ${kindOf(found)} in ${where}, where a list of ` +
      'records was expected. The API may have changed; please report this.',
  )
}
