import { parseBody } from '../../engine/bytes/body.ts'
import { isEmptyEnvelope } from '../../engine/fetch/extract.ts'
import type { Find } from '../../engine/stream/definition.ts'
import { pageFacts } from '../../engine/stream/paginators.ts'
import { configError } from '../../errors.ts'
import type { Reply } from '../../http/types.ts'
import { isList, isObject, type Json, type JsonObject } from '../../json.ts'
import { defined } from '../../optional.ts'

/** What a path finds in a response. */
export interface Found {
  readonly values: readonly Json[]
  /** Nothing was found, and the place where it should be does not exist either. */
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
}

/** A path, ready to search a response. */
type Path<R extends ParsedResponse> = (response: R) => Found

/** What to search a response for. */
export interface RecordSearch<R extends ParsedResponse> {
  readonly stream: string
  readonly read: (reply: Reply) => R
  readonly data: { readonly find: Path<R>; readonly text: string; readonly isPlain: boolean } | undefined
  readonly metadata: Path<R> | undefined
  /** The token or address of the next page. */
  readonly nextPage: ((response: R, reply: Reply) => Json | undefined) | undefined
}

/** A JSON response. */
export interface JsonResponse extends ParsedResponse {
  readonly body: Json
}

/** Parses a response as JSON. Throws BadBody for what is not JSON. */
export function readJson(reply: Reply): JsonResponse {
  const body = parseBody(reply)
  const keys = isObject(body) ? Object.keys(body).slice(0, 20).join(', ') : ''
  return {
    body,
    envelope: isObject(body) ? body : {},
    outline: keys === '' ? 'no keys at its top level' : `the keys ${keys}`,
    whole: isList(body) ? body : [body],
  }
}

/** Finds records as a custom stream describes them. Records that are not objects become {value}, and metadata is added to each.
 *  Throws a config_error when the path to the data leads nowhere. */
export function compileFind<R extends ParsedResponse>(search: RecordSearch<R>): Find {
  const { read, data, metadata, nextPage } = search
  return reply => {
    const response = read(reply)
    const found = data?.find(response) ?? wholeOf(response)
    if (found.isMissing && !isEmpty(response)) throw misses(search, response)
    const records = found.values.filter(value => value !== null).map(asRecord)
    const named = nextPage?.(response, reply)
    const beside = metadata === undefined ? undefined : single(metadata(response).values)
    return {
      records: beside === undefined ? records : records.map(record => withMetadata(record, beside)),
      facts: {
        ...pageFacts(data?.isPlain === false ? {} : response.envelope, found.listed),
        ...defined({ next: named === undefined || named === null ? undefined : String(named) }),
      },
    }
  }
}

function wholeOf({ whole }: ParsedResponse): Found {
  return { values: whole, isMissing: false, listed: whole.length }
}

/** An envelope without any list, or nothing at all: how an API says that there are no records. */
function isEmpty({ envelope, whole }: ParsedResponse): boolean {
  const keys = Object.keys(envelope)
  if (keys.length === 0) return whole.every(one => one === null || isObject(one))
  return isEmptyEnvelope(envelope)
}

function misses<R extends ParsedResponse>(
  { stream, data }: RecordSearch<R>,
  { outline }: ParsedResponse,
): Error {
  return configError(
    `The data_path of custom stream ${stream}, ${data?.text}, finds nothing: the response has ${outline}. ` +
      'Fix it; the command "sample" with --suggest lists likely paths.',
  )
}

function asRecord(value: Json): JsonObject {
  return isObject(value) ? value : { value }
}

/** The record's own field of that name, if it has one, is kept as record_metadata. */
function withMetadata(record: JsonObject, metadata: Json): JsonObject {
  const own = record['metadata']
  return own === undefined ? { ...record, metadata } : { ...record, metadata, record_metadata: own }
}

function single(values: readonly Json[]): Json {
  return values.length === 1 ? (values[0] ?? null) : values.length === 0 ? null : values
}
