import { holdsList } from '../../engine/fetch/error-envelope.ts'
import { isEmptyEnvelope } from '../../engine/fetch/extract.ts'
import { type PageAfter, pageAfter } from '../../engine/fetch/page-after.ts'
import type { Find } from '../../engine/stream/definition.ts'
import type { Sign } from '../../engine/stream/mistakes.ts'
import { type PageFacts, pageFacts } from '../../engine/stream/paginators.ts'
import { BadBody, type Reply } from '../../http/types.ts'
import { isList, isNothing, isObject, type Json, type JsonObject, wholeNumber } from '../../json.ts'
import { defined } from '../../optional.ts'
import { nextInLinkHeader, tokenText } from './pagination.ts'

/** What a path finds in a response. */
export interface Found {
  readonly values: readonly Json[]
  /** What is at the end of the path, lists not opened. */
  readonly nodes: readonly Json[]
  /** Nothing was found, though there is something where it should be. */
  readonly isMissing: boolean
  /** How many values there were before the path's filter was applied. */
  readonly listed: number
  /** The fields that its filters looked for in something; undefined where it has no filter. */
  readonly fields?: readonly FilterField[] | undefined
}

/** A field that the filters of a path name. */
export interface FilterField {
  /** As the path writes it, such as @.status. */
  readonly text: string
  readonly isSeen: boolean
  /** The filter asks whether it is there, so that it may be absent. */
  readonly isOptional: boolean
  /** The names in the first value that it was looked for in. */
  readonly known: readonly string[]
}

/** A response, parsed so that paths can search it. */
export interface ParsedResponse<T> {
  /** What paths search. */
  readonly root: T
  /** The object around the records, where it may hold page counts. */
  readonly envelope: JsonObject
  /** What is at the top level, for messages. */
  readonly outline: string
  /** All of it. */
  readonly whole: Json
  /** Throws BadBody where the response is an error instead of records. Where the list `isMissing`, words in its place are one,
   *  unless a code says that all is well; beside an empty list, words or a code of refusal are. Source: evidence rule E1. */
  readonly refuseError: (found: Found) => void
}

/** How responses of a format are parsed and searched. */
export interface Format<T> {
  /** Throws BadBody for what is not of the format. */
  readonly parse: (reply: Reply) => ParsedResponse<T>
  /** Compiles the text of a path. Throws an Error that says what is wrong with it. */
  readonly compile: (text: string) => Path<T>
  /** Whether a path leads to a list at the top level of the response, which the response's own counts are about. */
  readonly isPlain: (text: string) => boolean
}

/** A path, ready to search a response. Throws a config_error where it takes too long, finds too much, or cannot be followed. */
export type Path<T> = (root: T) => Found

/** What a person described of a stream. */
export interface Description {
  /** What is made of each record, once all of a page are judged as they came. */
  readonly prepare: (record: JsonObject) => JsonObject
  /** What a page shows of the description: that a part is right, or may be mistaken. */
  readonly judge: (page: SeenPage) => readonly Sign[]
  /** What tells a page from others: the keys of its records, if they have any. */
  readonly print?: (records: readonly JsonObject[]) => string | undefined
}

/** What is seen of a page. */
export interface SeenPage extends Pick<Found, 'listed' | 'fields'>, Pick<PageFacts, 'total'> {
  readonly records: readonly JsonObject[]
  readonly outline: string
  /** Whether each path finds what it names; of those to what is beside the records, only where there are some. */
  readonly paths: Readonly<Partial<Record<'data_path' | 'metadata_path' | 'total_path', boolean>>>
  /** Its only record is an object where a list may be. */
  readonly isLone?: boolean
  /** What is in the place of the next page; undefined where that is not there. */
  readonly next: Json | undefined
  /** The page after this one by the response's own words. */
  readonly pageAfter: () => PageAfter | undefined
}

/** What to search a response for. */
export interface RecordSearch<T> extends Description, Pick<Format<T>, 'parse'> {
  readonly data: Path<T> | undefined
  /** The records are a list at the top level. */
  readonly isPlain: boolean
  readonly metadata: Path<T> | undefined
  /** Where the number of all records stands. */
  readonly total: Path<T> | undefined
  /** The response comes from Babelforce, whose envelopes count pages in a way that is known. */
  readonly isOwn: boolean
  /** The token or address of the next page; undefined where its place is not there. `path` is that of this page. */
  readonly nextPage: ((root: T, reply: Reply, path: string) => Json | undefined) | undefined
}

/** Finds records as a custom stream describes them. Records that are not objects become {value}, and metadata is added to each.
 *  Throws BadBody for a response that is an error by its own words, or counts records that it does not hold. */
export function compileFind<T>(search: RecordSearch<T>): Find {
  const { parse, data, metadata, nextPage, prepare, judge, print } = search
  return (reply, path) => {
    const response = parse(reply)
    const { root, outline } = response
    const found = data?.(root) ?? wholeOf(response)
    if (found.values.length === 0 || data === undefined || found.values[0] === response.envelope)
      response.refuseError(found)
    const records = valuesIn(found).map(value => (isObject(value) ? value : { value }))
    const prepared = records.map(prepare)
    const facts = factsOf(search, response, found)
    const next = nextPage?.(root, reply, path)
    const beside = metadata?.(root).nodes
    const there = defined({
      data_path: data && true,
      metadata_path: beside && beside.length > 0,
      total_path: search.total && facts.total !== undefined,
    })
    const seen = { ...found, records, outline, next, total: facts.total, isLone: isLone(search, found) }
    const shown = found.listed + found.values.length === 0 ? {} : there
    const paths = isLacking(response, found, facts) ? { data_path: false } : shown
    return {
      records: beside === undefined ? prepared : prepared.map(record => withMetadata(record, beside)),
      facts: { ...facts, ...defined({ next: tokenText(next) }) },
      print: print?.(records),
      signs: judge({ ...seen, paths, pageAfter: () => nextIn(response.envelope, reply) }),
    }
  }
}

function nextIn(envelope: JsonObject, reply: Reply): PageAfter | undefined {
  const link = nextInLinkHeader(reply)
  return link ? { said: `Link: ${link}`, isSure: true } : pageAfter(envelope)
}

/** What was found but null. Throws BadBody for a list of nothing else. */
function valuesIn({ values, nodes: [list, ...others] }: Found): readonly Json[] {
  const left = values.filter(value => value !== null)
  if (left.length === 0 && values.length > 0 && isList(list) && others.length === 0)
    throw new BadBody('its list holds nothing but null')
  return left
}

/** Whether the only record is the object in the place of a list, and no element of one. */
function isLone({ isPlain }: { readonly isPlain: boolean }, { values, nodes: [place] }: Found): boolean {
  return isPlain && values.length === 1 && isObject(place) && !isNothing(place)
}

/** Whether there is something in the response, but not where the records should be. Throws BadBody where it counts records. */
function isLacking<T>(response: ParsedResponse<T>, { isMissing }: Found, { total = 0 }: PageFacts): boolean {
  if (!isMissing || isEmpty(response)) return false
  if (holdsList(response.envelope) || total === 0) return true
  throw new BadBody(`it counts ${total} records and holds no list of them`)
}

function factsOf<T>(search: RecordSearch<T>, response: ParsedResponse<T>, { listed }: Found): PageFacts {
  const { total, isPlain, isOwn } = search
  const facts = pageFacts(isOwn && isPlain ? countsIn(response.envelope) : {}, listed)
  if (total === undefined) return facts
  const said = wholeNumber(total(response.root).nodes[0])
  return { ...facts, total: said && said < listed ? undefined : said }
}

/** The part of Babelforce's own envelopes that counts: `pagination` or `_metadata`, and what SCIM has. */
function countsIn(envelope: JsonObject): JsonObject {
  if (isObject(envelope['pagination']) || isObject(envelope['_metadata'])) return envelope
  return envelope['schemas'] === undefined ? {} : defined({ totalResults: envelope['totalResults'] })
}

function wholeOf({ whole }: ParsedResponse<unknown>): Found {
  const values = isList(whole) ? whole : isNothing(whole) ? [] : [whole]
  return { values, nodes: [whole], isMissing: false, listed: values.length }
}

/** An envelope without any list, a count of 0, or nothing at all: how an API says that there are no records. */
function isEmpty({ envelope, whole }: ParsedResponse<unknown>): boolean {
  return isNothing(whole) || isEmptyEnvelope(envelope) || countsNothing(envelope)
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

/** The record's own field of that name, if it has one, is kept as record_metadata. */
function withMetadata(record: JsonObject, [one = null, ...others]: readonly Json[]): JsonObject {
  const metadata = others.length === 0 ? one : [one, ...others]
  const own = record['metadata']
  return own === undefined ? { ...record, metadata } : { ...record, metadata, record_metadata: own }
}
