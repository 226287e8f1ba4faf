import { DAY_MS } from '../../durations.ts'
import type { JsonObject } from '../../json.ts'
import { createRouteMemories } from '../evidence/route-memories.ts'
import { createServedRoute } from '../fetch/served-route.ts'
import { shareKeys } from '../records/duplicates.ts'
import { createRecordFilter, type StreamRecord } from '../records/filter.ts'
import { emptyTally } from '../records/tally.ts'
import type { Engine, Slice } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { Span } from '../time/spans.ts'
import { createPartitions } from './job/partitions.ts'

/** Parts that are looked at, of a stream that has many: the first ones may be empty. */
const MOST_PARTS_SEEN = 3

/** What a sample is taken from. */
export interface Sampling {
  readonly engine: Engine
  readonly find: (name: string) => StreamDef | undefined
}

/** The first records of a stream, at most `limit`, in a few requests: the first page of its latest window and of its first
 *  few parts. The parents of its parts are sampled the same way. */
export async function sampleStream(
  def: StreamDef,
  { engine, find }: Sampling,
  limit: number,
): Promise<readonly JsonObject[]> {
  const settings = { ...engine.settings, pageSize: Math.max(1, Math.min(engine.settings.pageSize, limit)) }
  const brief: Engine = { ...engine, settings }
  const partitions = createPartitions(find, brief, async (parent, sink) => {
    const records = await sampleStream(parent, { engine, find }, MOST_PARTS_SEEN)
    await sink(records.map(json => ({ json })))
    return { error: undefined, shortages: [] }
  })
  const readFirst = createServedRoute(def, brief, createRouteMemories())
  const parts = (await partitions(def)).slices.slice(0, MOST_PARTS_SEEN)
  const records: JsonObject[] = []
  for (const slice of slicesOf(parts, windowsOf(def, brief))) {
    if (records.length >= limit) break
    const first = await readFirst(slice)
    if (typeof first === 'string') continue
    const sieving = {
      def,
      engine: brief,
      slice,
      askedAt: first.askedAt,
      bounds: undefined,
      keys: shareKeys(),
    }
    records.push(
      ...createRecordFilter({ ...sieving, tally: emptyTally() })
        .take(first.page.rows)
        .flatMap(jsonIn),
    )
  }
  return records.slice(0, limit)
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

/** A sample is never left as bytes, since it is read without a scan. */
function jsonIn(record: StreamRecord): JsonObject[] {
  return 'json' in record ? [record.json] : []
}
