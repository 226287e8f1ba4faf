import type { Json, JsonObject } from '../../json.ts'
import { defined } from '../../optional.ts'
import type { RouteFacts } from '../evidence/route-facts.ts'
import type { Shortage } from '../evidence/shortages.ts'
import type { Coverage } from '../time/coverage.ts'
import type { Span } from '../time/spans.ts'
import { rfc3339 } from '../time/timestamps.ts'
import type { ParentCoverage, Progress } from './progress.ts'

/** The version that is written. */
export const VERSION = 2

/** The progress as it is saved: what there is nothing to say of is left out. */
export function writeProgress(progress: Progress): JsonObject {
  const { cursorMs, closed, finished, parents, hashed, parentlessMs, shortages = [] } = progress
  const { routes = new Map(), proven, madeFor } = progress
  return {
    version: VERSION,
    ...defined({
      cursor: momentOrNone(cursorMs),
      // Beside a cursor, whoever reads it may take all before that for closed where nothing is said.
      closed: closed.length === 0 && cursorMs === undefined ? undefined : writeSpans(closed),
      ...writeMoments(progress),
      finished: finished || undefined,
      parents: parents === undefined || hashed ? undefined : writeParents(parents),
      hashed: parents === undefined || !hashed ? undefined : writeHashed(parents),
      had_parents: progress.hadParents,
      parentless_since: momentOrNone(parentlessMs),
      short: shortages.length === 0 ? undefined : shortages.map(writeShortage),
      routes: routes.size === 0 ? undefined : Object.fromEntries([...routes].map(writeRoute)),
      proven,
      made_for: madeFor,
    }),
  }
}

function momentOrNone(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : rfc3339(ms)
}

function writeSpans(spans: readonly Span[]): Json {
  return spans.map(({ from, to }) => [rfc3339(from), rfc3339(to)])
}

function writeParents(parents: NonNullable<Progress['parents']>): JsonObject {
  return Object.fromEntries([...parents].map(([id, coverage]) => [id, writeCoverage(coverage)]))
}

/** A parent's coverage: true where it is its stream's, a list of spans where there is no more to say. */
function writeCoverage(coverage: ParentCoverage): Json {
  if (coverage === 'all') return true
  const closed = writeSpans(coverage.closed)
  const more = defined(writeMoments(coverage))
  return Object.keys(more).length === 0 ? closed : { closed, ...more }
}

function writeMoments({ readToMs, readAtMs, valuedToMs, readFromMs }: Coverage) {
  return {
    read_to: momentOrNone(readToMs),
    read_at: momentOrNone(readAtMs),
    valued_to: momentOrNone(valuedToMs),
    read_from: momentOrNone(readFromMs),
  }
}

/** Parents of which the same is covered make a group, their hashes end to end. */
function writeHashed(parents: NonNullable<Progress['parents']>): Json {
  const groups = Map.groupBy(parents, ([, coverage]) => JSON.stringify(writeCoverage(coverage)))
  return [...groups].map(([closed, group]) => ({
    closed: JSON.parse(closed),
    parents: group
      .map(([key]) => key)
      .sort()
      .join(''),
  }))
}

function writeShortage({ of, parent, window, came, claimed, print, sinceMs }: Shortage): Json {
  return {
    ...defined({
      of,
      parent,
      window: window === undefined ? undefined : [rfc3339(window.from), rfc3339(window.to)],
    }),
    came,
    claimed,
    print,
    since: rfc3339(sinceMs),
  }
}

function writeRoute([path, { fullest, probes, surplus, marginMs }]: [string, RouteFacts]): [string, Json] {
  return [
    path,
    defined({
      fullest_page: fullest || undefined,
      probes: probes || undefined,
      count_surplus: surplus === 0 ? undefined : surplus,
      margin_ms: marginMs || undefined,
    }),
  ]
}
