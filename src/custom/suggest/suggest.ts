import { isList, isObject, type Json } from '../../json.ts'
import { rootOf, toJson, type XmlDocument } from '../response/xml.ts'
import { membersOf, type Place, placesIn } from './candidates.ts'

/** Paths that an answer suggests. */
export interface Suggestions {
  /** To its records, likeliest first; at most 10. */
  readonly data: readonly Candidate[]
  /** To what stands beside the likeliest: single values and small objects, nearest first; at most 10. */
  readonly metadata: readonly string[]
}

/** A path to what may be an answer's records. */
interface Candidate {
  readonly path: string
  /** How many records it finds in this answer. */
  readonly count: number
  readonly first: Json | undefined
}

/** Writes the path to the value under the keys; `of` is the list's elements where records are meant. */
type Say = (keys: readonly string[], of?: Place) => string

const MOST = 10
/** Values in an object that counts as small. */
const SMALL = 30
/** Members of an object that are looked at. */
const MOST_BESIDE = 1000

/** JSONPaths to the records of an answer, and to what stands beside them. */
export function suggestPaths(body: Json): Suggestions {
  return suggest(body, placesIn(body), sayJsonPath)
}

/** XPaths to the records of an answer, and to what stands beside them. */
export function suggestXPaths(document: XmlDocument): Suggestions {
  const root = rootOf(document)
  const body = Object.fromEntries([[root.localName, toJson(root)]])
  const places = placesIn(body).filter(({ keys }) => keys.length > 0)
  const nothing: Place = { keys: [root.localName], value: [], count: 0, score: 0 }
  return suggest(body, places.length === 0 ? [nothing] : places, sayXPath)
}

function suggest(body: Json, places: readonly Place[], say: Say): Suggestions {
  const candidates = places.slice(0, MOST).map(place => ({
    path: say(place.keys, place),
    count: place.count,
    first: isList(place.value) ? place.value[0] : place.value,
  }))
  const beside = places[0] === undefined ? [] : keysBeside(body, places[0].keys)
  return { data: candidates, metadata: beside.slice(0, MOST).map(keys => say(keys)) }
}

/** What stands beside a place, and beside each object that it is in. */
function keysBeside(body: Json, keys: readonly string[]): string[][] {
  const around = keys.map((_, depth) => at(body, keys.slice(0, depth)))
  return around
    .map((object, depth) => siblings(object, keys[depth]).map(key => [...keys.slice(0, depth), key]))
    .reverse()
    .flat()
}

function siblings(object: Json, own: string | undefined): string[] {
  if (!isObject(object)) return []
  return membersOf(object, MOST_BESIDE).flatMap(([key, value = null]) =>
    key !== own && isSmall(value) ? [key] : [],
  )
}

function at(body: Json, keys: readonly string[]): Json {
  return keys.reduce<Json>((value, key) => (isObject(value) ? (value[key] ?? null) : null), body)
}

function isSmall(value: Json): boolean {
  if (isList(value)) return false
  const found: Json[] = [value]
  for (let next = 0; next < found.length && found.length <= SMALL; next++) {
    const one = found[next]
    if (isList(one)) found.push(...one.slice(0, SMALL))
    if (isObject(one)) found.push(...membersOf(one, SMALL).map(([, inner = null]) => inner))
  }
  return found.length <= SMALL
}

function sayJsonPath(keys: readonly string[], of?: Place): string {
  const steps = keys.map(key => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(key) ? `.${key}` : `[${quoted(key)}]`))
  return `$${steps.join('')}${isList(of?.value) ? '[*]' : ''}`
}

/** By RFC 9535, section 2.7: in single quotes, with the escapes of JSON. */
function quoted(key: string): string {
  return `'${JSON.stringify(key).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** The elements of an empty list have no name yet. */
function sayXPath(keys: readonly string[], of?: Place): string {
  const steps = keys.map(key => (key === '#text' ? 'text()' : key))
  return `/${steps.join('/')}${isList(of?.value) && of.value.length === 0 ? '/*' : ''}`
}
