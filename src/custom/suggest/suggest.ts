import { isList, isObject, type Json } from '../../json.ts'
import { rootOf, toJson, type XmlDocument } from '../response/xml.ts'
import { type Candidate, candidatesIn, membersOf } from './candidates.ts'

/** Paths that a response suggests. */
export interface Suggestions {
  /** To its records, most likely first; at most 10. */
  readonly data: readonly Suggestion[]
  /** To what is beside the most likely: single values and small objects, nearest first; at most 10. */
  readonly metadata: readonly string[]
}

/** A path to what may be a response's records. */
interface Suggestion {
  readonly path: string
  /** How many records it finds in this response. */
  readonly count: number
  readonly first: Json | undefined
}

type Unscored = Omit<Candidate, 'score'>
/** Writes the path to the value under the keys, or to a candidate's records. */
type WritePath = (keys: readonly string[], of?: Unscored) => string

const MOST = 10
/** How many values a small object has at most. */
const SMALL = 30

/** JSONPaths to the records of a response, and to what is beside them. */
export function suggestPaths(body: Json): Suggestions {
  return suggest(body, candidatesIn(body), writeJsonPath)
}

/** XPaths to the records of a response, and to what is beside them. */
export function suggestXPaths(document: XmlDocument): Suggestions {
  const root = rootOf(document)
  const body = Object.fromEntries([[root.localName, toJson(root)]])
  const candidates = candidatesIn(body).filter(({ keys }) => keys.length > 0)
  const nothing = { keys: [root.localName], value: [], count: 0 }
  return suggest(body, candidates.length === 0 ? [nothing] : candidates, writeXPath)
}

function suggest(body: Json, candidates: readonly Unscored[], write: WritePath): Suggestions {
  const data = candidates.slice(0, MOST).map(candidate => ({
    path: write(candidate.keys, candidate),
    count: candidate.count,
    first: isList(candidate.value) ? candidate.value[0] : candidate.value,
  }))
  const beside = candidates.slice(0, 1).flatMap(({ keys }) => keysBeside(body, keys))
  return { data, metadata: beside.slice(0, MOST).map(keys => write(keys)) }
}

/** The keys beside a value, and beside each object that it is in, nearest first. */
function keysBeside(body: Json, keys: readonly string[]): readonly string[][] {
  const beside: string[][] = []
  let around: Json = body
  for (const [depth, own] of keys.entries()) {
    const members = isObject(around) ? membersOf(around) : []
    const small = members.filter(([key, value = null]) => key !== own && isSmall(value))
    beside.unshift(...small.map(([key]) => [...keys.slice(0, depth), key]))
    around = (isObject(around) ? around[own] : undefined) ?? null
  }
  return beside
}

function isSmall(value: Json): boolean {
  if (isList(value)) return false
  const found: Json[] = [value]
  for (const one of found) {
    if (found.length > SMALL) return false
    if (isList(one)) found.push(...one.slice(0, SMALL))
    if (isObject(one)) found.push(...membersOf(one, SMALL).map(([, inner = null]) => inner))
  }
  return true
}

function writeJsonPath(keys: readonly string[], of?: Unscored): string {
  const steps = keys.map(key => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(key) ? `.${key}` : `[${quoted(key)}]`))
  return `$${steps.join('')}${isList(of?.value) ? '[*]' : ''}`
}

/** By RFC 9535, section 2.7: in single quotes, with the escapes of JSON. */
function quoted(key: string): string {
  return `'${JSON.stringify(key).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** The elements of an empty list have no name yet. */
function writeXPath(keys: readonly string[], of?: Unscored): string {
  const steps = keys.map(key => (key === '#text' ? 'text()' : key))
  return `/${steps.join('/')}${isList(of?.value) && of.value.length === 0 ? '/*' : ''}`
}
