import { isEmptyEnvelope, parseBody } from '../../engine/fetch/extract.ts'
import type { Find } from '../../engine/stream/definition.ts'
import { pageFacts } from '../../engine/stream/paginators.ts'
import { configError } from '../../errors.ts'
import type { Reply } from '../../http/types.ts'
import { isList, isObject, type Json, type JsonObject } from '../../json.ts'
import { defined } from '../../optional.ts'

/** What a path finds in an answer. */
export interface Found {
  readonly values: readonly Json[]
  /** Nothing was found, and the place where it should stand is not there either. */
  readonly isMissing: boolean
  /** How many there were before a filter of the path was applied. */
  readonly listed: number
}

/** An answer that was read, to be searched by paths. */
export interface ParsedResponse {
  /** What stands around the records, where it can tell of pages. */
  readonly envelope: JsonObject
  /** What there is at the top, for messages. */
  readonly outline: string
  /** All of it, as records. */
  readonly whole: readonly Json[]
}

/** A path in the form that answers are read in. */
type Path<R extends ParsedResponse> = (response: R) => Found

/** What is sought in an answer. */
export interface RecordSearch<R extends ParsedResponse> {
  readonly stream: string
  readonly read: (reply: Reply) => R
  readonly data: { readonly find: Path<R>; readonly text: string; readonly isPlain: boolean } | undefined
  readonly metadata: Path<R> | undefined
  /** The token or address of the next page. */
  readonly nextPage: ((response: R, reply: Reply) => Json | undefined) | undefined
}

/** An answer of JSON. */
export interface JsonResponse extends ParsedResponse {
  readonly body: Json
}

/** Reads an answer as JSON. */
export function readJson(reply: Reply): JsonResponse {
  const body = parseBody(reply)
  const keys = isObject(body) ? Object.keys(body).slice(0, 20).join(', ') : ''
  return {
    body,
    envelope: isObject(body) ? body : {},
    outline: keys === '' ? 'no keys at its top' : `the keys ${keys}`,
    whole: isList(body) ? body : [body],
  }
}

/** Finds records the way a custom stream says. Records that are no objects come as {value}; metadata is put beside. */
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

/** An envelope without any list, or nothing at all: how an API says that there is nothing. */
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
    `The data_path of custom stream ${stream}, ${data?.text}, finds nothing: the answer has ${outline}. ` +
      'Mend it; the command "sample" with --suggest lists what could be meant.',
  )
}

function asRecord(value: Json): JsonObject {
  return isObject(value) ? value : { value }
}

/** A field of the record under that name gives way, and is kept beside. */
function withMetadata(record: JsonObject, metadata: Json): JsonObject {
  const own = record['metadata']
  return own === undefined ? { ...record, metadata } : { ...record, metadata, record_metadata: own }
}

function single(values: readonly Json[]): Json {
  return values.length === 1 ? (values[0] ?? null) : values.length === 0 ? null : values
}
