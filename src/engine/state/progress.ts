import { hash } from 'node:crypto'
import { configError } from '../../errors.ts'
import { isList, isObject, type Json, type JsonObject, kindOf } from '../../json.ts'
import type { Span } from '../time/spans.ts'
import { momentOf, rfc3339 } from '../time/timestamps.ts'

/** How far a stream has come, in memory. docs/state.md describes the same as it is saved. */
export interface Progress {
  /** Everything up to here was read at least once; undefined before the first time. Never moves back. */
  readonly cursorMs: number | undefined
  readonly closed: readonly Span[]
  /** A full refresh that came to its end: the next one starts afresh. */
  readonly finished: boolean
  /** What is closed for each parent, by id. Undefined where parents are not told apart. */
  readonly parents?: ReadonlyMap<string, ParentSpans>
  /** The keys of `parents` are hashes of the ids. */
  readonly hashed?: true
}

/** What is closed for a parent: `all` stands for the same as the `closed` of its stream. */
export type ParentSpans = readonly Span[] | 'all'

/** The progress of a stream that was never read. */
export const NOTHING_READ: Progress = { cursorMs: undefined, closed: [], finished: false }

/** What a sync goes on from: a full refresh that came to its end starts afresh. */
export function resumed(mode: 'full_refresh' | 'incremental', progress: Progress): Progress {
  return mode === 'full_refresh' && progress.finished ? NOTHING_READ : progress
}

/** The progress once these spans are closed: the cursor follows the end of the oldest, and never moves back. */
export function advanced(before: Progress, closed: readonly Span[], finished = false): Progress {
  const reached = closed[0]?.to
  const cursorMs = reached === undefined ? before.cursorMs : Math.max(reached, before.cursorMs ?? reached)
  return { cursorMs, closed, finished }
}

/** The progress in a saved state of any version, or of the community connector ({"dateCreated": …}, with the field of
 *  this stream's cursor). Throws a config_error that says what is wrong with it. */
export function readProgress(stream: string, state: JsonObject | undefined, cursorField?: string): Progress {
  if (state === undefined || Object.keys(state).length === 0) return NOTHING_READ
  const version = state['version']
  if (version !== undefined && version !== 1) {
    throw wrong(stream, `its version is ${JSON.stringify(version)}; this connector writes version 1`)
  }
  const cursor = state['cursor'] ?? (cursorField === undefined ? undefined : state[cursorField])
  const cursorMs = cursor === undefined || cursor === null ? undefined : readMoment(stream, 'cursor', cursor)
  const closed = state['closed'] === undefined ? upTo(cursorMs) : readSpans(stream, state['closed'])
  const progress = { cursorMs, closed, finished: state['finished'] === true }
  const { parents, hashed } = state
  if (hashed !== undefined) return { ...progress, parents: readHashed(stream, hashed), hashed: true }
  return parents === undefined ? progress : { ...progress, parents: readParents(stream, parents) }
}

/** How many letters of base64 a hash has: 48 bits. Of 50,000 accounts with 100,000 parents, one has two of the same. */
const HASH_LENGTH = 8

/** What stands for a parent's id where there are too many of them to name each. */
export function hashOf(id: string): string {
  return hash('sha256', id, 'base64').slice(0, HASH_LENGTH)
}

/** The progress as it is saved. */
export function writeProgress({ cursorMs, closed, finished, parents, hashed }: Progress): JsonObject {
  return {
    version: 1,
    ...(cursorMs === undefined ? {} : { cursor: rfc3339(cursorMs) }),
    ...(closed.length === 0 ? {} : { closed: writeSpans(closed) }),
    ...(finished ? { finished } : {}),
    ...(parents === undefined || hashed ? {} : { parents: writeParents(parents) }),
    ...(parents === undefined || !hashed ? {} : { hashed: writeHashed(parents) }),
  }
}

function writeSpans(spans: readonly Span[]): Json {
  return spans.map(({ from, to }) => [rfc3339(from), rfc3339(to)])
}

function writeParents(parents: NonNullable<Progress['parents']>): JsonObject {
  return Object.fromEntries(
    [...parents].map(([id, spans]) => [id, spans === 'all' ? true : writeSpans(spans)]),
  )
}

/** Parents of which the same is closed make a group, their hashes end to end. */
function writeHashed(parents: NonNullable<Progress['parents']>): Json {
  const groups = Map.groupBy(parents, ([, spans]) => JSON.stringify(spans === 'all' || writeSpans(spans)))
  return [...groups].map(([closed, group]) => ({
    closed: JSON.parse(closed),
    parents: group
      .map(([key]) => key)
      .sort()
      .join(''),
  }))
}

function upTo(cursorMs: number | undefined): Span[] {
  return cursorMs === undefined ? [] : [{ from: 0, to: cursorMs }]
}

function readParents(stream: string, value: Json): Map<string, ParentSpans> {
  if (!isObject(value)) throw wrong(stream, `parents is ${kindOf(value)}; it must be an object`)
  return new Map(Object.entries(value).map(([id, spans]) => [id, readParent(stream, spans)]))
}

function readHashed(stream: string, value: Json): Map<string, ParentSpans> {
  if (!isList(value)) throw wrong(stream, `hashed is ${kindOf(value)}; it must be a list`)
  const parents = new Map<string, ParentSpans>()
  for (const group of value) {
    const { closed, parents: keys } = isObject(group) ? group : {}
    if (typeof keys !== 'string' || keys.length % HASH_LENGTH !== 0)
      throw wrong(stream, 'hashed holds something that is no group of parents')
    const spans = readParent(stream, closed)
    for (let at = 0; at < keys.length; at += HASH_LENGTH) parents.set(keys.slice(at, at + HASH_LENGTH), spans)
  }
  return parents
}

function readParent(stream: string, spans: Json | undefined): ParentSpans {
  return spans === true ? 'all' : readSpans(stream, spans)
}

function readSpans(stream: string, value: Json | undefined): Span[] {
  if (!isList(value)) throw wrong(stream, `closed is ${kindOf(value)}; it must be a list of [from, to] pairs`)
  return value.map(pair => {
    if (!isList(pair) || pair.length !== 2)
      throw wrong(stream, 'closed holds something that is no [from, to] pair')
    return { from: readMoment(stream, 'closed', pair[0]), to: readMoment(stream, 'closed', pair[1]) }
  })
}

function readMoment(stream: string, field: string, value: Json | undefined): number {
  const ms = momentOf(value)
  if (ms !== undefined) return ms
  const found = isObject(value) ? 'an object' : JSON.stringify(value)
  throw wrong(stream, `${field} must be a time such as 2026-01-31T12:00:00.000Z; it is ${found}`)
}

function wrong(stream: string, why: string): Error {
  return configError(
    `The saved state of stream ${stream} cannot be used: ${why}. Reset the stream to read it afresh.`,
  )
}
