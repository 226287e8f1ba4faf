import { DAY_MS } from '../../durations.ts'
import { createRouteMemories } from '../evidence/route-memories.ts'
import { createServedRoute } from '../fetch/served-route.ts'
import type { Engine, Slice } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { Span } from '../time/spans.ts'
import { createPartitions } from './job/partitions.ts'
import type { Sample } from './sampled.ts'
import { look, nothingSeen, sampleIn } from './sampler.ts'

/** Parts that are looked at, of a stream that has many: the first ones may be empty. */
const MOST_PARTS_SEEN = 3
/** Parents that are looked at: as many as one page mostly has. */
const MOST_PARENTS_SEEN = 100

/** What a sample is taken from. */
export interface Sampling {
  readonly engine: Engine
  readonly find: (name: string) => StreamDef | undefined
}

/** The first records of a stream, at most `limit`, in a few requests: the first page of its latest window and of its first
 *  few parts, and of a stream that a person described the second page too. The parents of its parts are sampled the same
 *  way. Rejects where every part failed. */
export async function sampleStream(
  def: StreamDef,
  { engine, find }: Sampling,
  limit: number,
): Promise<Sample> {
  const settings = { ...engine.settings, pageSize: Math.min(engine.settings.pageSize, limit) }
  const brief: Engine = { ...engine, settings, service: def.host ?? engine.service }
  const partitions = createPartitions(find, brief, async (parent, sink) => {
    const { records, mistake } = await sampleStream(parent, { engine, find }, MOST_PARENTS_SEEN)
    await sink(records.map(json => ({ json })))
    return { error: mistake, shortages: [] }
  })
  const { slices, error, valueless } = await partitions(def)
  if (error !== undefined) throw error
  const seen = nothingSeen(valueless)
  const readFirst = createServedRoute(def, brief, createRouteMemories())
  for (const slice of slicesOf(slices.slice(0, MOST_PARTS_SEEN), windowsOf(def, brief))) {
    if (seen.records.length >= limit) break
    await look(slice, seen, { def, engine: brief, readFirst, isDeep: limit > 1 })
  }
  return sampleIn(seen, def, limit)
}

/** The spans to look into: the latest one, and all of the time where that holds nothing. */
function windowsOf({ incremental }: StreamDef, { settings }: Engine): readonly (Span | undefined)[] {
  const { startMs, endMs, longestWindowMs } = settings
  switch (incremental?.strategy) {
    case 'windowed':
      return [
        { from: Math.max(startMs, endMs - longestWindowMs), to: endMs },
        { from: startMs, to: endMs },
      ]
    case 'intervals': {
      const today = Math.floor(endMs / DAY_MS) * DAY_MS
      return [{ from: today - DAY_MS, to: today }]
    }
    default:
      return [undefined]
  }
}

function slicesOf(parts: readonly Slice[], windows: readonly (Span | undefined)[]): readonly Slice[] {
  return windows.flatMap(window => parts.map(part => (window === undefined ? part : { ...part, window })))
}
