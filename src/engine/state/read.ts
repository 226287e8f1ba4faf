import { configError } from '../../errors.ts'
import { isList, isObject, type Json, type JsonObject, wholeNumber } from '../../json.ts'
import { defined } from '../../optional.ts'
import type { RouteFacts } from '../evidence/route-facts.ts'
import type { Span } from '../time/spans.ts'
import type { Fingerprint } from './fingerprint.ts'
import { NOTHING_READ, type Progress } from './progress.ts'
import {
  readHashed,
  readMoment,
  readMomentIf,
  readMoments,
  readParents,
  readShortages,
  readSpans,
  type Wrong,
} from './read-parts.ts'
import { VERSION } from './write.ts'

/** What a state is read for. */
export interface ReadingState {
  /** The field of the stream's cursor, under which the community connector saved it. */
  readonly cursorField?: string | undefined
  /** Where reading begins: what a cursor alone closes. */
  readonly startMs: number
}

/** The progress in a saved state of any version, or of the community connector ({"dateCreated": …}, with the field of
 *  this stream's cursor). Throws a config_error that says what is wrong with it. */
export function readProgress(stream: string, state: JsonObject | undefined, reading: ReadingState): Progress {
  if (state === undefined || Object.keys(state).length === 0) return NOTHING_READ
  const wrong: Wrong = why =>
    configError(
      `The saved state of stream ${stream} cannot be used: ${why}. Reset the stream to read it from the start.`,
    )
  const { version } = state
  if (version !== undefined && version !== 1 && version !== VERSION)
    throw wrong(`its version is ${JSON.stringify(version)}; this connector writes version ${VERSION}`)
  // A field of the stream's may be called what one of ours is, such as read_at.
  const isForeign = version === undefined && reading.cursorField !== undefined
  const cursor = state['cursor'] ?? (isForeign ? state[reading.cursorField] : undefined)
  const cursorMs = cursor === undefined || cursor === null ? undefined : readMoment('cursor', cursor, wrong)
  const closed = closedIn(state, upTo(cursorMs, reading.startMs), wrong)
  const progress = { cursorMs, closed, finished: state['finished'] === true }
  return { ...progress, ...parentsIn(state, wrong), ...moreIn(state, wrong) }
}

/** The closed spans. A cursor alone closes all before it, but not in states of ours that left them out because nothing was closed:
 *  those of version 2, and those that tell of parents. */
function closedIn(state: JsonObject, beforeCursor: readonly Span[], wrong: Wrong): readonly Span[] {
  const { version, closed, parents, hashed } = state
  if (closed !== undefined) return readSpans(closed, wrong)
  return version === VERSION || parents !== undefined || hashed !== undefined ? [] : beforeCursor
}

function parentsIn({ parents, hashed }: JsonObject, wrong: Wrong): Pick<Progress, 'parents' | 'hashed'> {
  if (hashed !== undefined) return { parents: readHashed(hashed, wrong), hashed: true }
  return parents === undefined ? {} : { parents: readParents(parents, wrong) }
}

function moreIn(state: JsonObject, wrong: Wrong): Partial<Progress> {
  return defined({
    ...readMoments(state, wrong),
    hadParents: state['had_parents'] === true ? (true as const) : undefined,
    parentlessMs: readMomentIf('parentless_since', state['parentless_since'], wrong),
    shortages: readShortages(state['short'], wrong),
    routes: readRoutes(state['routes']),
    proven: isList(state['proven']) ? state['proven'].map(String) : undefined,
    madeFor: readFingerprint(state['made_for']),
  })
}

function upTo(cursorMs: number | undefined, startMs: number): Span[] {
  return cursorMs === undefined || cursorMs <= startMs ? [] : [{ from: startMs, to: cursorMs }]
}

/** What is known of routes; numbers that make no sense are as if unknown. */
function readRoutes(value: Json | undefined): ReadonlyMap<string, RouteFacts> | undefined {
  if (!isObject(value)) return undefined
  return new Map(
    Object.entries(value).map(([path, facts]) => {
      const count = (name: string) => Math.max(0, (isObject(facts) && wholeNumber(facts[name])) || 0)
      const isNone = isObject(facts) && facts['count_surplus'] === 'all'
      const surplus = isNone ? 'all' : count('count_surplus')
      const counts = { fullest: count('fullest_page'), probes: count('probes') }
      return [path, { ...counts, surplus, marginMs: count('margin_ms') } as const]
    }),
  )
}

function readFingerprint(value: Json | undefined): Fingerprint | undefined {
  if (!isObject(value)) return undefined
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, String(part)]))
}
