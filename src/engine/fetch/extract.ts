import { systemError } from '../../errors.ts'
import { BadBody, pathOf, type Reply, type Request } from '../../http/types.ts'
import { isList, isObject, type Json, type JsonObject, kindOf } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { parseBody } from '../bytes/body.ts'
import type { RawRecord } from '../bytes/raw-record.ts'
import type { Scan } from '../bytes/scan.ts'
import type { Find, RecordsAt } from '../stream/definition.ts'
import type { Sign } from '../stream/mistakes.ts'
import { type PageFacts, pageFacts } from '../stream/paginators.ts'
import { holdsList, holdsMore, refuseError, refusePartial } from './error-envelope.ts'

/** The records of one answer, and what it tells of its list. */
export interface Page {
  /** The answer had no content. */
  readonly isBlank?: boolean
  /** The answer had no list: its envelope says that there is nothing. */
  readonly isImplied?: boolean
  /** When the API dated the answer, in milliseconds since 1970. */
  readonly dateMs?: number
  readonly rows: readonly RawRecord[]
  /** To be called when no line among the rows is looked at any more: their memory is used for another answer. */
  readonly release?: () => void
  readonly facts: PageFacts
  /** What it shows of how the stream is described. */
  readonly signs?: readonly Sign[]
  /** What tells it from other pages: the keys of its records, where a person described them. */
  readonly print?: string | undefined
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
 *  is released at once where all was parsed. Throws BadBody for what is not JSON or speaks of an error, and a system_error
 *  where the container holds something that is no list of records. */
export function extractPage(reply: Reply, extraction: Extraction): Page | NoContainer {
  const answer = notYet(extract(reply, extraction), reply)
  const dateMs = Date.parse(reply.headers['date'] ?? '')
  return isNoContainer(answer) || Number.isNaN(dateMs) ? answer : { ...answer, dateMs }
}

/** An empty list that was accepted and not found (202) may be one that is still being made: it is as an answer without
 *  content. */
function notYet(answer: Page | NoContainer, { status }: Reply): Page | NoContainer {
  return status === 202 && !isNoContainer(answer) && answer.rows.length === 0
    ? { ...answer, isBlank: true }
    : answer
}

function extract(reply: Reply, { request, at, scan, service }: Extraction): Page | NoContainer {
  if (reply.status === 206 && at.kind !== 'found') throw new BadBody('it is a part of an answer (206)')
  const isEmpty = at.kind === 'found' && reply.bytes.length === 0
  if (reply.status === 204 || isEmpty) return { ...lone([]), isBlank: true }
  if (at.kind === 'found') return foundIn(at.find(reply, request.path))
  const scanned = at.kind === 'list' ? scan?.(reply.bytes, at.key) : undefined
  if (scanned !== undefined && String(scanned.envelope['success']) !== 'false') {
    refusePartial(scanned.envelope)
    const rows = scanned.rows.map(row => ('text' in row ? { json: parseJson(row.text) } : row))
    const facts = pageFacts(scanned.envelope, rows.length)
    return { rows, facts, ...(reply.release === undefined ? {} : { release: reply.release }) }
  }
  const body = parseBody(reply)
  reply.release?.()
  if (at.kind === 'list')
    return readList(body, at.key, () => `${service} answered ${request.method} ${pathOf(request)}`)
  return readObject(body, at)
}

/** Whether an answer lacked its container. */
export function isNoContainer(answer: Page | NoContainer): answer is NoContainer {
  return 'keys' in answer
}

function readList(body: Json, key: string, what: () => string): Page | NoContainer {
  if (isList(body)) return listed(body, {})
  if (!isObject(body)) throw notRecords(what(), 'the answer', body)
  const found = body[key]
  refuseError(body, holdsList(body))
  refusePartial(body)
  if (isList(found)) return listed(found, body)
  const isNone = found === undefined && !holdsList(body)
  if (found === null || (isNone && (isEnveloped(body) || claimOf(body) !== undefined)))
    return impliedEmpty(body)
  if (found === undefined) return { keys: Object.keys(body) }
  throw notRecords(what(), `"${key}"`, found)
}

/** The list that an envelope without one stands for. Throws BadBody where its own count says that there is something. */
function impliedEmpty(body: JsonObject): Page {
  const page = listed([], body)
  const { total = 0 } = page.facts
  if (total > 0) throw new BadBody(`it counts ${total} records and holds no list of them`)
  return { ...page, isImplied: true }
}

/** The one object of an answer. Source: evidence rule E1. Throws BadBody for any other value: it is no record, and no word
 *  that there is none. */
function readObject(body: Json, at: Extract<RecordsAt, { kind: 'one' | 'body' }>): Page {
  const isWrapped = at.kind === 'one' && isObject(body) && body[at.key] !== undefined
  const found = isWrapped ? body[at.key] : body
  if (isObject(body)) refuseError(body, isWrapped ? found !== null : holdsMore(body))
  if (isList(found) && found.length > 0 && found.every(isObject)) return lone(found)
  if (!isObject(found)) throw new BadBody(`it holds ${kindOf(found)} where one record was expected`)
  if (at.kind === 'one' && !holdsMore(found)) throw new BadBody('it holds no record')
  return lone([found])
}

function foundIn({ records, facts, signs = [], print }: ReturnType<Find>): Page {
  return { rows: records.map(json => ({ json })), facts, signs, print }
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
  return isEnveloped(body) && !holdsList(body) && (claimOf(body) ?? 0) === 0
}

function isEnveloped(body: JsonObject): boolean {
  return 'pagination' in body || 'success' in body
}

function claimOf(body: JsonObject): number | undefined {
  return listed([], body).facts.total
}

function notRecords(what: string, where: string, found: Json): Error {
  return systemError(
    `${what} with ${kindOf(found)} in ${where}, where a list of records was expected. The API may have changed; please ` +
      'report this.',
  )
}
