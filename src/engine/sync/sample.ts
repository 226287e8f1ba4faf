import { DAY_MS } from '../../durations.ts'
import { asConnectorError, ConnectorError } from '../../errors.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { jsonIn } from '../bytes/raw-record.ts'
import { createRouteMemories } from '../evidence/route-memories.ts'
import { isNoContainer, type Page } from '../fetch/extract.ts'
import { fetchPage } from '../fetch/fetch-page.ts'
import { createRepeatCheck } from '../fetch/repeats.ts'
import { createServedRoute, type FirstPage, type ReadFirst } from '../fetch/served-route.ts'
import { shareKeys } from '../records/duplicates.ts'
import { createRecordFilter } from '../records/filter.ts'
import { emptyTally } from '../records/tally.ts'
import type { Engine, Slice } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { Sign } from '../stream/mistakes.ts'
import type { Place } from '../stream/paginators.ts'
import type { Span } from '../time/spans.ts'
import { createPartitions } from './job/partitions.ts'
import type { Sample } from './sampled.ts'

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
  const sampler = createSampler(def, brief, limit)
  sampler.tally.valueless += valueless
  for (const slice of slicesOf(slices.slice(0, MOST_PARTS_SEEN), windowsOf(def, brief))) {
    if (sampler.isFull()) break
    await sampler.look(slice)
  }
  return sampler.sample()
}

/** Collects the records of slices. */
function createSampler(def: StreamDef, engine: Engine, limit: number) {
  const readFirst = createServedRoute(def, engine, createRouteMemories())
  const signs: Sign[] = []
  const records: JsonObject[] = []
  const raw: JsonObject[] = []
  const tally = emptyTally()
  const failures: ConnectorError[] = []
  let parts = 0
  const take = (slice: Slice, { page, askedAt }: { readonly page: Page; readonly askedAt: number }) => {
    signs.push(...(page.signs ?? []))
    const filter = createRecordFilter({
      ...{ def, engine, slice, askedAt, tally },
      bounds: undefined,
      keys: shareKeys(),
    })
    raw.push(...page.rows.map(jsonIn).filter(isObject))
    records.push(...filter.take(page.rows).map(jsonIn).filter(isObject))
  }
  return {
    tally,
    isFull: () => records.length >= limit,
    async look(slice: Slice) {
      parts++
      try {
        for (const page of await pagesOf(slice, { def, engine, readFirst, isDeep: limit > 1 }))
          if (page === 'gone') tally.gone++
          else take(slice, page)
      } catch (error) {
        if (error instanceof ConnectorError && error.scope === 'run') throw error
        failures.push(asConnectorError(error))
        if (isWhole(slice)) throw error
      }
    },
    sample(): Sample {
      const [first] = failures
      if (first !== undefined && failures.length === parts) throw first
      const mistake = tally.gone > 0 && tally.gone === parts ? def.mistakes?.allGone(parts) : undefined
      return { records: records.slice(0, limit), raw, tally, failures, mistake: mistake ?? mistakeIn(signs) }
    },
  }
}

/** Whether a slice is of no parent: what fails once fails again. */
function isWhole({ parent }: Slice): boolean {
  return parent === undefined
}

/** The first mistake that a page shows and no page denies. */
function mistakeIn(signs: readonly Sign[]): ConnectorError | undefined {
  const right = new Set(signs.filter(({ mistake }) => mistake === undefined).map(({ of }) => of))
  return signs.find(({ of, mistake }) => mistake !== undefined && !right.has(of))?.mistake
}

interface Looking {
  readonly def: StreamDef
  readonly engine: Engine
  readonly readFirst: ReadFirst
  readonly isDeep: boolean
}

/** The first page of a slice; and of a list whose paging a person described the second, where there may be one. */
async function pagesOf(
  slice: Slice,
  { def, engine, readFirst, isDeep }: Looking,
): Promise<readonly (FirstPage | 'gone')[]> {
  const first = await readFirst(slice)
  if (typeof first === 'string') return first === 'gone' ? [first] : []
  const next = isDeep ? placeAfter(first) : undefined
  if (next === undefined) return [first]
  const isRepeat = createRepeatCheck()
  isRepeat(first.page)
  const second = await fetchPage(first.spec, next, engine).catch(unlessMistaken)
  if (second === undefined || isNoContainer(second)) return [first]
  refuseLoop(first, next, second)
  const { rows } = first.page.facts
  const isChained = next.named !== undefined
  const mistake =
    (!isChained || second.print !== undefined) && isRepeat(second)
      ? def.mistakes?.samePage(rows, isChained ? rows : first.spec.pageSize)
      : undefined
  if (mistake !== undefined) throw mistake
  return [first, { ...first, page: second }]
}

/** Nothing, where a page was refused or failed; throws what the user must change. */
function unlessMistaken(error: unknown): undefined {
  if (error instanceof ConnectorError && error.failure === 'config_error' && error.status === undefined)
    throw error
}

function refuseLoop({ spec: { def, route } }: FirstPage, place: Place, { facts }: Page): void {
  const { paginate } = route
  const after = 'place' in paginate ? undefined : paginate.next(place, facts, facts.rows)
  if (after?.named !== undefined && after.named === place.named && def.mistakes !== undefined)
    throw def.mistakes.samePlace(after.named)
}

function placeAfter({ spec, page: { facts } }: FirstPage) {
  const { paginate } = spec.route
  const { mistakes } = spec.def
  if (mistakes === undefined) return undefined
  if (!('place' in paginate)) return paginate.next(paginate.first, facts, facts.rows)
  return mistakes.samePage(facts.rows, spec.pageSize) === undefined
    ? undefined
    : paginate.place(1, facts.rows)
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
