import { JSONPathError, JSONPathNodeList, JSONPathQuery, jsonpath } from 'json-p3'
import { configError } from '../../errors.ts'
import { isList, isNothing, isObject, type Json } from '../../json.ts'
import { withinTime } from '../../time-limit.ts'
import type { FilterField, Found, Path } from './find-records.ts'
import { expectedInJsonPath, noRoot } from './json-path-errors.ts'
import { createEnvironment, refusePattern } from './json-path-patterns.ts'
import { MAX_PATH_MS, MAX_VALUES, tooManyValues } from './path-limits.ts'

type Segment = JSONPathQuery['segments'][number]

/** For a query inside a filter: all its nodes are held at once. */
const MAX_INNER_NODES = 100_000
/** For "..", which descends level by level. */
const MAX_DEPTH = 500

const { selectors, expressions } = jsonpath
const environment = createEnvironment(MAX_DEPTH)
/** Every element, in place of a filter or slice. */
const ANY = environment.compile('$[*]').segments
const SLICE = environment.compile('$[:]').segments
const ANYWHERE = environment.compile('$..[*]').segments

/** Compiles a JSONPath, by RFC 9535. A single list that it finds is replaced by its elements, so that `$.calls` and `$.calls[*]`
 *  mean the same; one object in its place is one record. Throws an Error that says "is not a JSONPath: ...". */
export function compileJsonPath(text: string, maxMs = MAX_PATH_MS): Path<Json> {
  const path = text.trim()
  const { segments } = parse(path)
  const parts = [...partsOf(segments)]
  for (const part of parts) if (part instanceof expressions.FunctionExtension) refusePattern(part)
  const fieldsIn = watchInner(parts, path)
  const isCostly = parts.some(part => part instanceof selectors.FilterSelector || isDescendant(part))
  const find = (body: Json) =>
    explained(path, () => ({ ...findIn(body, segments, path), fields: fieldsIn() }))
  return isCostly ? body => withinTime(maxMs, `The path ${path}`, () => find(body)) : find
}

function findIn(body: Json, segments: readonly Segment[], path: string): Omit<Found, 'fields'> {
  const last = segments.at(-1)
  const isOfList = path.endsWith('[*]') && last !== undefined && !isDescendant(last)
  const nodes = [...valuesAt(isOfList ? segments.slice(0, -1) : segments, body, path)]
  const isOpened = isOfList || (nodes.length === 1 && !isSelecting(last))
  const lists = isOfList ? nodes.filter(node => typeof node === 'object') : nodes
  const values = isOpened ? opened(lists, path) : nodes
  const isNumbered = has(last, selectors.IndexSelector) && isObject(nodes[0]) && !isOfList
  return {
    values,
    nodes,
    isMissing: values.length === 0 && isMissing(body, segments, path),
    listed: listed(body, isNumbered ? [...segments.slice(0, -1), ...SLICE] : segments, path) ?? values.length,
  }
}

/** The elements of lists, or the one object in the place of one. One list may have any number; several have a limit. */
function opened(lists: readonly Json[], path: string): readonly Json[] {
  const [first] = lists
  if (lists.length === 1 && isList(first)) return first
  const values: Json[] = []
  for (const list of lists)
    for (const value of isList(list) ? list : isNothing(list) ? [] : [list])
      if (values.push(value) > MAX_VALUES) throw tooManyValues(path)
  return values
}

function* valuesAt(segments: readonly Segment[], body: Json, path: string): Generator<Json, undefined> {
  let count = 0
  for (const { value } of new JSONPathQuery(environment, [...segments]).lazyQuery(body as never)) {
    if (++count > MAX_VALUES) throw tooManyValues(path)
    yield value as Json
  }
}

/** Whether a path leads nowhere, though something else is there; as opposed to a list or object without anything to select. */
function isMissing(body: Json, segments: readonly Segment[], path: string): boolean {
  const leadsNowhere = (_: Segment, at: number) =>
    valuesAt(segments.slice(0, at + 1), body, path).next().done === true
  const end = segments.findIndex(leadsNowhere)
  if (end === -1) return false
  const isEmpty = (value: Json) =>
    isNothing(value) || (isSelecting(segments[end]) && typeof value === 'object')
  return ![...valuesAt(segments.slice(0, end), body, path)].every(isEmpty)
}

/** How many values the last filter or slice selects from; undefined for a path without one. */
function listed(body: Json, segments: readonly Segment[], path: string): number | undefined {
  const last = segments.findLastIndex(isNarrowing)
  if (last === -1) return undefined
  const whole = segments
    .slice(0, last + 1)
    .flatMap(one => (isNarrowing(one) ? (isDescendant(one) ? ANYWHERE : ANY) : [one]))
  return [...valuesAt(whole, body, path)].length
}

function isSelecting(segment: Segment | undefined): boolean {
  return isNarrowing(segment) || has(segment, selectors.WildcardSelector)
}

function isNarrowing(segment: Segment | undefined): boolean {
  return has(segment, selectors.FilterSelector) || has(segment, selectors.SliceSelector)
}

function has(segment: Segment | undefined, kind: new (...given: never[]) => object): boolean {
  return segment?.selectors.some(one => one instanceof kind) === true
}

function isDescendant(part: object): boolean {
  return part instanceof jsonpath.JSONPathSegment && part.token.kind === jsonpath.TokenKind.DDOT
}

/** All parts of a path: segments, selectors, expressions, queries inside filters. */
function* partsOf(part: object): Generator<object, undefined> {
  yield part
  for (const [name, inner] of Object.entries(part)) {
    const isPart = typeof inner === 'object' && inner !== null && name !== 'environment' && name !== 'token'
    if (isPart) yield* partsOf(inner)
  }
}

/** Notes what the queries in filters find, until their fields are asked for. */
function watchInner(parts: readonly object[], path: string) {
  const queries = parts.filter(part => part instanceof expressions.FilterQuery)
  const compares = (part: object) => 'args' in part || ('logical' in part && part.logical === false)
  const compared = new Set(parts.filter(compares).flatMap(part => [...partsOf(part)]))
  const notes = new Map<object, Pick<FilterField, 'isSeen' | 'known'>>()
  for (const query of queries) {
    query.evaluate = ({ currentValue, rootValue }) => {
      const body = (query instanceof expressions.RelativeQuery ? currentValue : rootValue) as Json
      const nodes = limited(query.path, body, path)
      const { isSeen = false, known = [] } = notes.get(query) ?? {}
      if (!isSeen && !isNothing(body))
        notes.set(query, {
          isSeen: nodes.length > 0 || !isMissing(body, query.path.segments, path),
          known: known.length === 0 && isObject(body) ? Object.keys(body) : known,
        })
      return new JSONPathNodeList(nodes)
    }
  }
  return (): readonly FilterField[] => {
    const noted = [...notes].map(([of, note]) => ({ text: `${of}`, isOptional: !compared.has(of), ...note }))
    notes.clear()
    return noted
  }
}

/** The library holds all nodes of a query in a filter before it looks at them. */
function limited(query: JSONPathQuery, body: Json, path: string) {
  const nodes = []
  for (const node of query.lazyQuery(body as never)) {
    if (nodes.push(node) > MAX_INNER_NODES)
      throw configError(
        `A filter of the path ${path} finds more than ${MAX_INNER_NODES} values. Write a narrower one.`,
      )
  }
  return nodes
}

function parse(path: string): JSONPathQuery {
  if (!path.startsWith('$')) throw new Error(`is not a JSONPath: ${noRoot(path, isJsonPath)}`)
  try {
    return environment.compile(path)
  } catch (error) {
    if (error instanceof RangeError)
      throw new Error('is not a JSONPath that can be used: it is nested too deeply')
    if (!(error instanceof JSONPathError)) throw error
    throw new Error(`is not a JSONPath: ${expectedInJsonPath(path, error.message, error.token.index)}`)
  }
}

function isJsonPath(path: string): boolean {
  try {
    environment.compile(path)
    return true
  } catch {
    return false
  }
}

function explained<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof JSONPathError)) throw error
    throw configError(
      `The path ${path} cannot be followed: the response is nested more than ${MAX_DEPTH} levels deep. Write a path that ` +
        'names every step, without ".." and filters.',
    )
  }
}
