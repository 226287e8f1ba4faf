import { reply } from '../../../http/testing.ts'
import { createRouteMemories } from '../../evidence/route-memories.ts'
import type { Shortage } from '../../evidence/shortages.ts'
import { createStreamEvidence } from '../../evidence/stream-evidence.ts'
import type { Verdict } from '../../evidence/verdict.ts'
import type { Walk } from '../../evidence/walk.ts'
import { emptyTally } from '../../records/tally.ts'
import type { Slice } from '../../stream/context.ts'
import type { StreamDef } from '../../stream/definition.ts'
import { createWorld, things } from '../../testing.ts'
import type { StrategyInput } from '../job/job.ts'
import { conclude } from './conclude.ts'
import type { SliceEvidence } from './slice.ts'

/** A walk of one short page that was whole. */
export function walkOf(more: Partial<Walk> = {}): Walk {
  return {
    end: 'short',
    pages: 1,
    came: 4,
    isLastFull: false,
    size: 10,
    claim: undefined,
    pagesClaimed: 0,
    grew: false,
    shrank: false,
    dateMs: undefined,
    ...more,
  }
}

/** What reading a slice found: four records, and nothing to doubt. */
export function foundOf(more: Partial<SliceEvidence> = {}): SliceEvidence {
  return {
    distinct: 4,
    own: 4,
    beside: 0,
    newestMs: 1,
    reachedMs: Number.POSITIVE_INFINITY,
    walk: walkOf(),
    claim: undefined,
    foreign: 0,
    unkeyed: 0,
    otherId: undefined,
    allKeys: new Set(),
    again: 'no',
    given: new Set(),
    signs: [],
    marginMs: 0,
    ...more,
  }
}

/** A list that broke off after a full page. */
export const CUT: Partial<SliceEvidence> = { walk: walkOf({ end: 'refused', isLastFull: true }) }

/** A list that may have been cut: its last page was full, and came again. */
export const MAYBE_CUT: Partial<SliceEvidence> = { walk: walkOf({ end: 'repeated', isLastFull: true }) }

/** A list of two pages that counts so many more records than came. */
export function shortBy(missing: number, pages = 2): Partial<SliceEvidence> {
  const claim = 4 + missing
  return { claim, walk: walkOf({ claim, pages }) }
}

/** A stream that begins to be read, of which slices are concluded. */
export function openStream(def: StreamDef = things(), shortages: readonly Shortage[] = []) {
  const { engine, lines, debugs } = createWorld(() => reply(200))
  const { warn } = engine.log
  const { name: stream, mistakes } = def
  const known = { stream, lookbackMs: 0, closedMs: undefined, shortages, isGiven: false, mistakes, warn }
  const evidence = createStreamEvidence(known)
  const context = { def, engine, routes: createRouteMemories(), tally: emptyTally() }
  const input = { job: { def }, context, evidence } as unknown as StrategyInput
  const told: Verdict[] = []
  const settle = (verdict: Verdict) => void told.push(verdict)
  const see = (found: Partial<SliceEvidence> = {}, slice: Slice = {}) =>
    conclude(input, { slice, route: def.routes[0], found: foundOf(found) }, settle)
  const texts = () => told.map(one => (one.received ? one.because : `${one.because}: ${one.error.message}`))
  return { input, evidence, context, see, settle, texts, lines, debugs }
}
