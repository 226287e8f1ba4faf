import { systemError } from '../../errors.ts'
import { pathOf, type Reply, type Request } from '../../http/types.ts'
import { isList, isObject, type Json, type JsonObject, kindOf } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { parseBody } from '../bytes/body.ts'
import type { RawRecord } from '../bytes/raw-record.ts'
import type { Scan } from '../bytes/scan.ts'
import type { Find, RecordsAt } from '../stream/definition.ts'
import { type PageFacts, pageFacts } from '../stream/paginators.ts'

/** The records of one answer, and what it tells of its list. */
export interface Page {
  /** The answer had no content (204). */
  readonly isBlank?: boolean
  readonly rows: readonly RawRecord[]
  /** To be called when no line among the rows is looked at any more: their memory is used for another answer. */
  readonly release?: () => void
  readonly facts: PageFacts
}

/** An answer that lacks the container its route names: another dialect, perhaps. */
export interface NoContainer {
  /** The keys that were there instead. */
  readonly keys: readonly string[]
}

/** How an answer is read. */
export interface Extraction {
  readonly request: Pick<Request, 'method' | 'path'>
  /** Where its records are. */
  readonly at: RecordsAt
  readonly scan?: Scan | undefined
  /** What the API is called, for messages. */
  readonly service: string
}

/** Reads an answer's records; with a scan, those that need no change stay bytes, and the page releases the answer, which
 *  is released at once where all was parsed. Throws BadBody for what is not JSON, and a system_error where the container
 *  holds something that is no list of records. */
export function extractPage(reply: Reply, { request, at, scan, service }: Extraction): Page | NoContainer {
  if (reply.status === 204) return { ...lone([]), isBlank: true }
  if (at.kind === 'found') return foundIn(at.find(reply))
  const scanned = at.kind === 'list' ? scan?.(reply.bytes, at.key) : undefined
  if (scanned !== undefined) {
    const rows = scanned.rows.map(row => ('text' in row ? { json: parseJson(row.text) } : row))
    const facts = pageFacts(scanned.envelope, rows.length)
    return { rows, facts, ...(reply.release === undefined ? {} : { release: reply.release }) }
  }
  const body = parseBody(reply)
  reply.release?.()
  if (at.kind === 'list')
    return readList(body, at.key, () => `${service} answered ${request.method} ${pathOf(request)}`)
  const found = at.kind === 'one' && isObject(body) && body[at.key] !== undefined ? body[at.key] : body
  return lone(found === undefined || found === null ? [] : isList(found) ? found : [found])
}

/** Whether an answer lacked its container. */
export function isNoContainer(answer: Page | NoContainer): answer is NoContainer {
  return 'keys' in answer
}

function readList(body: Json, key: string, what: () => string): Page | NoContainer {
  if (isList(body)) return listed(body, {})
  if (!isObject(body)) throw notRecords(what(), 'the answer', body)
  const found = body[key]
  if (isList(found)) return listed(found, body)
  if (found === null || (found === undefined && isEmptyEnvelope(body))) return listed([], body)
  if (found === undefined) return { keys: Object.keys(body) }
  throw notRecords(what(), `"${key}"`, found)
}

function foundIn({ records, facts }: ReturnType<Find>): Page {
  return { rows: records.map(json => ({ json })), facts }
}

function listed(records: readonly Json[], envelope: JsonObject): Page {
  return { rows: records.map(json => ({ json })), facts: pageFacts(envelope, records.length) }
}

/** Records that are no part of a list: what stands around them tells nothing of pages. */
function lone(records: readonly Json[]): Page {
  return listed(records, {})
}

/** An envelope without any array, which counts nothing either: how the API says that a list is empty. */
export function isEmptyEnvelope(body: JsonObject): boolean {
  const counted = pageFacts(body, 0).total ?? 0
  return ('pagination' in body || 'success' in body) && counted === 0 && !Object.values(body).some(isList)
}

function notRecords(what: string, where: string, found: Json): Error {
  return systemError(
    `${what} with ${kindOf(found)} in ${where}, where a list of records was expected. The API may have changed; please ` +
      'report this.',
  )
}
