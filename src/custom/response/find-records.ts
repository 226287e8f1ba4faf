import { parseBody } from '../../engine/bytes/body.ts'
import { holdsList, holdsMore, refuseError } from '../../engine/fetch/error-envelope.ts'
import { isEmptyEnvelope } from '../../engine/fetch/extract.ts'
import type { Find } from '../../engine/stream/definition.ts'
import { type PageFacts, pageFacts } from '../../engine/stream/paginators.ts'
import { BadBody, type Reply } from '../../http/types.ts'
import { excerpt, isList, isObject, type Json, type JsonObject, wholeNumber } from '../../json.ts'
import { defined } from '../../optional.ts'
import { isNothing } from './nothing.ts'
import { type Description, isEnd, judgeSigns, nextSigns, pathSigns, type Shown } from './signs.ts'

/** What a path finds in a response. */
export interface Found {
  readonly values: readonly Json[]
  /** What is at the end of the path, lists not opened. */
  readonly nodes: readonly Json[]
  /** Nothing was found, though there is something where it should be. */
  readonly isMissing: boolean
  /** How many values there were before the path's filter was applied. */
  readonly listed: number
}

/** A response, parsed so that paths can search it. */
export interface ParsedResponse {
  /** The object around the records, where it may hold page counts. */
  readonly envelope: JsonObject
  /** What is at the top level, for messages. */
  readonly outline: string
  /** The whole response, as records. */
  readonly whole: readonly Json[]
  /** Throws BadBody where the response is an error instead of records. Where the list `isMissing`, words in its place are one,
   *  unless a code says that all is well. Source: evidence rule E1. */
  readonly refuseError: (isMissing: boolean) => void
}

/** A path, ready to search a response. */
type Path<R extends ParsedResponse> = (response: R) => Found

/** What to search a response for. */
export interface RecordSearch<R extends ParsedResponse> extends Description {
  readonly read: (reply: Reply) => R
  readonly data: { readonly find: Path<R>; readonly isPlain: boolean } | undefined
  readonly metadata: Path<R> | undefined
  /** Where the number of all records stands. */
  readonly total: Path<R> | undefined
  /** The response comes from Babelforce, whose envelopes count pages in a way that is known. */
  readonly isOwn: boolean
  /** The token or address of the next page; undefined where its place is not there. */
  readonly nextPage: ((response: R, reply: Reply) => Json | undefined) | undefined
}

/** A JSON response. */
export interface JsonResponse extends ParsedResponse {
  readonly body: Json
}

/** Parses a response as JSON. Throws BadBody for what is not JSON. */
export function readJson(reply: Reply): JsonResponse {
  const body = parseBody(reply, { keepsFractions: true })
  const envelope = isObject(body) ? body : {}
  const { message, detail, error, errors, status } = envelope
  const keys = Object.keys(envelope).slice(0, 20).join(', ')
  const said = [message, detail, errors].find(one => typeof one === 'string')
  const isError = !isNothing(error) || !isNothing(errors) || /^(error|fail(ed|ure)?)$/i.test(`${status}`)
  return {
    body,
    envelope,
    outline: `${keys === '' ? 'no keys at its top level' : `the keys ${keys}`}${said === undefined ? '' : `; it says "${excerpt(`${said}`)}"`}`,
    whole: isList(body) ? body : [body],
    refuseError: isMissing => refuseError(envelope, !isError && !(isMissing && hasOnlyWords(envelope))),
  }
}

/** Whether all that an envelope holds is words, beside no code that means success. */
function hasOnlyWords(envelope: JsonObject): boolean {
  return !/^(0|2\d\d|ok|success)$/i.test(`${envelope['code']}`) && !holdsMore(envelope)
}

/** Finds records as a custom stream describes them. Records that are not objects become {value}, and metadata is added to each.
 *  Throws BadBody for a response that is an error by its own words, or counts records that it does not hold. */
export function compileFind<R extends ParsedResponse>(search: RecordSearch<R>): Find {
  const { read, data, metadata, nextPage, prepare, print } = search
  return reply => {
    const response = read(reply)
    const found = data?.find(response) ?? wholeOf(response)
    const { envelope } = response
    if (found.values.length === 0 || data === undefined || found.values[0] === envelope)
      response.refuseError(found.isMissing)
    const records = found.values.filter(value => value !== null).map(value => prepare(asRecord(value)))
    const facts = factsOf(search, response, found)
    const next = nextPage?.(response, reply)
    const beside = metadata?.(response).nodes
    return {
      records: beside === undefined ? records : records.map(record => withMetadata(record, beside)),
      facts: { ...facts, ...defined({ next: tokenText(next) }) },
      print: print?.(records),
      signs: [
        ...pathSigns(search, response.outline, shownOf(search, response, { found, beside, facts })),
        ...(records.length === 0 ? [] : judgeSigns(search, records)),
        ...(nextPage === undefined ? [] : nextSigns(search, next, records.length)),
      ],
    }
  }
}

interface Seen {
  readonly found: Found
  readonly beside: readonly Json[] | undefined
  readonly facts: PageFacts
}

/** Which paths find what they name; of those to what is beside the records, only where there are some. */
function shownOf<R extends ParsedResponse>(
  { data, total }: RecordSearch<R>,
  response: ParsedResponse,
  { found: { listed, values, isMissing }, beside, facts }: Seen,
): Shown {
  const isLacking = isMissing && !isEmpty(response)
  if (isLacking && !holdsList(response.envelope) && (facts.total ?? 0) > 0)
    throw new BadBody(`it counts ${facts.total} records and holds no list of them`)
  if (isLacking || listed + values.length === 0) return isLacking ? { data_path: false } : {}
  return {
    data_path: data && true,
    metadata_path: beside && beside.length > 0,
    total_path: total && facts.total !== undefined,
  }
}

/** A token as the text by which pages are told apart, of which `tokenOf` makes the token again; undefined at the end. */
function tokenText(token: Json | undefined): string | undefined {
  if (isEnd(token)) return undefined
  return typeof token === 'string' ? token : `\u0000${JSON.stringify(token)}`
}

function factsOf<R extends ParsedResponse>(
  { data, total, isOwn }: RecordSearch<R>,
  response: R,
  { listed }: Found,
): PageFacts {
  const counted = isOwn && data?.isPlain !== false ? countsIn(response.envelope) : {}
  const facts = pageFacts(counted, listed)
  return total === undefined ? facts : { ...facts, total: wholeNumber(total(response).nodes[0]) }
}

/** The part of Babelforce's own envelopes that counts: `pagination` or `_metadata`, and what SCIM has. */
function countsIn(envelope: JsonObject): JsonObject {
  if (isObject(envelope['pagination']) || isObject(envelope['_metadata'])) return envelope
  return envelope['schemas'] === undefined ? {} : defined({ totalResults: envelope['totalResults'] })
}

function wholeOf({ whole }: ParsedResponse): Found {
  const values = whole.filter(value => !isNothing(value))
  return { values, nodes: values, isMissing: false, listed: values.length }
}

/** An envelope without any list, a count of 0, or nothing at all: how an API says that there are no records. */
function isEmpty({ envelope, whole }: ParsedResponse): boolean {
  return whole.every(isNothing) || isEmptyEnvelope(envelope) || countsNothing(envelope)
}

const COUNT = /^@?_?(count|size|numFound|total_?(count|results|records|items|elements)?)$/i

/** Whether a count of 0 stands in an envelope, or in an object in it. */
function countsNothing(envelope: JsonObject, depth = 0): boolean {
  return Object.entries(envelope).some(
    ([name, value]) =>
      (COUNT.test(name) && wholeNumber(value) === 0) ||
      (depth < 2 && isObject(value) && countsNothing(value, depth + 1)),
  )
}

function asRecord(value: Json): JsonObject {
  return isObject(value) ? value : { value }
}

/** The record's own field of that name, if it has one, is kept as record_metadata. */
function withMetadata(record: JsonObject, [one = null, ...others]: readonly Json[]): JsonObject {
  const metadata = others.length === 0 ? one : [one, ...others]
  const own = record['metadata']
  return own === undefined ? { ...record, metadata } : { ...record, metadata, record_metadata: own }
}
