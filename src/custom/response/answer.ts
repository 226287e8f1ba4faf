import { parseBody } from '../../engine/bytes/body.ts'
import { isEmptyEnvelope } from '../../engine/fetch/extract.ts'
import type { Find } from '../../engine/stream/definition.ts'
import { pageFacts } from '../../engine/stream/paginators.ts'
import { configError } from '../../errors.ts'
import type { Reply } from '../../http/types.ts'
import { isList, isObject, type Json, type JsonObject } from '../../json.ts'

/** What a path finds in an answer. */
export interface Found {
  readonly values: readonly Json[]
  /** Nothing was found, and the place where it should stand is not there either. */
  readonly isMissing: boolean
  /** How many there were before a filter of the path was applied. */
  readonly listed: number
}

/** An answer that was read, to be searched by paths. */
export interface Answer {
  /** What stands around the records, where it can tell of pages. */
  readonly envelope: JsonObject
  /** What there is at the top, for messages. */
  readonly outline: string
  /** All of it, as records. */
  readonly whole: readonly Json[]
}

/** A path in the form that answers are read in. */
type Path<A extends Answer> = (answer: A) => Found

/** What is sought in an answer. */
export interface Sought<A extends Answer> {
  readonly stream: string
  readonly read: (reply: Reply) => A
  readonly data: { readonly find: Path<A>; readonly text: string; readonly isPlain: boolean } | undefined
  readonly metadata: Path<A> | undefined
  /** The token or address of the next page. */
  readonly next: ((answer: A, reply: Reply) => Json | undefined) | undefined
}

/** An answer of JSON. */
export interface JsonAnswer extends Answer {
  readonly body: Json
}

/** Reads an answer as JSON. */
export function readJson(reply: Reply): JsonAnswer {
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
export function compileFind<A extends Answer>(sought: Sought<A>): Find {
  const { read, data, metadata, next } = sought
  return reply => {
    const answer = read(reply)
    const found = data?.find(answer) ?? wholeOf(answer)
    if (found.isMissing && !isEmpty(answer)) throw misses(sought, answer)
    const records = found.values.filter(value => value !== null).map(asRecord)
    const named = next?.(answer, reply)
    const around = metadata === undefined ? undefined : single(metadata(answer).values)
    return {
      records: around === undefined ? records : records.map(record => beside(record, around)),
      facts: {
        ...pageFacts(data?.isPlain === false ? {} : answer.envelope, found.listed),
        ...(named === undefined || named === null ? {} : { next: String(named) }),
      },
    }
  }
}

function wholeOf({ whole }: Answer): Found {
  return { values: whole, isMissing: false, listed: whole.length }
}

/** An envelope without any list, or nothing at all: how an API says that there is nothing. */
function isEmpty({ envelope, whole }: Answer): boolean {
  const keys = Object.keys(envelope)
  if (keys.length === 0) return whole.every(one => one === null || isObject(one))
  return isEmptyEnvelope(envelope)
}

function misses<A extends Answer>({ stream, data }: Sought<A>, { outline }: Answer): Error {
  return configError(
    `The data_path of custom stream ${stream}, ${data?.text}, finds nothing: the answer has ${outline}. ` +
      'Mend it; the command "sample" with --suggest lists what could be meant.',
  )
}

function asRecord(value: Json): JsonObject {
  return isObject(value) ? value : { value }
}

/** A field of the record under that name gives way, and is kept beside. */
function beside(record: JsonObject, metadata: Json): JsonObject {
  const own = record['metadata']
  return own === undefined ? { ...record, metadata } : { ...record, metadata, record_metadata: own }
}

function single(values: readonly Json[]): Json {
  return values.length === 1 ? (values[0] ?? null) : values.length === 0 ? null : values
}
