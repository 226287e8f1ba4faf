import type { Page } from '../fetch/extract.ts'
import { readPages, readPagesBackwards, readPagesInOrder } from '../fetch/pages.ts'
import type { FirstPage, ReadFirst } from '../fetch/served-route.ts'
import type { Edges } from '../records/duplicates.ts'
import { createRecordFilter, type RecordFilter, type Sink } from '../records/filter.ts'
import type { FitKey } from '../records/fit-schema.ts'
import { emptyTally, type Tally } from '../records/tally.ts'
import type { Engine, Slice } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { PageFacts } from '../stream/paginators.ts'
import type { Span } from '../time/spans.ts'

/** What the slices of one stream share while it is read. */
export interface SliceContext {
  readonly def: StreamDef
  readonly engine: Engine
  readonly readFirst: ReadFirst
  readonly bounds: Span | undefined
  readonly edges: Edges
  readonly tally: Tally
  readonly fitKey?: FitKey
  readonly sink: Sink
}

/** Reads a slice, if there is anything of it. */
export async function readPart(context: SliceContext, slice: Slice): Promise<void> {
  const first = await firstOf(context, slice)
  if (first !== undefined) await readSlice(context, slice, first)
}

/** The first page of a slice; undefined where there is nothing to read. A parent that is gone is counted. */
export async function firstOf(
  { readFirst, tally }: SliceContext,
  slice: Slice,
): Promise<FirstPage | undefined> {
  const first = await readFirst(slice)
  if (first === 'gone') tally.gone++
  return typeof first === 'string' ? undefined : first
}

/** Reads the whole of a slice whose first page is there. The API's own count is compared with what came, and watched
 *  while pages are read; a slice that came short, or whose list shrank meanwhile, is read once more from its end. One
 *  whose list grew while pages were read side by side is read once more in order: a page that came late, after a retry,
 *  may have handed a record on to one that was read before. A difference that stays is said. What is left out is counted
 *  in the first reading only: the others give the same again. */
export async function readSlice(context: SliceContext, slice: Slice, first: FirstPage): Promise<void> {
  const { engine, sink, tally, def } = context
  const { spec } = first
  const counts = emptyTally()
  const filter = createRecordFilter({ ...context, tally: counts, slice, askedAt: first.askedAt })
  let most = 0
  let pages = 0
  const take = async (page: Page) => {
    most = Math.max(most, countOf(page.facts) ?? 0)
    pages++
    if (page.isBlank) counts.blank++
    await sink(filter.take(page.rows))
    page.release?.()
  }
  const facts = await readPages(spec, engine, take, first.page)
  for (const reason of Object.keys(counts) as (keyof Tally)[]) tally[reason] += counts[reason]
  // What cannot be told apart cannot be read twice.
  if (def.primaryKey.length === 0)
    return isShort(filter, facts) ? warnShort(context, filter.distinct(), facts) : undefined
  const grew = most > (countOf(first.page.facts) ?? most)
  if (grew && pages > 2 && engine.settings.concurrency > 1)
    await readPagesInOrder(spec, engine, take, 2 * pages)
  const shrank = (countOf(facts) ?? most) < most
  if (!shrank && !isShort(filter, facts)) return
  await readPagesBackwards(spec, engine, take, facts)
  if (isShort(filter, facts)) warnShort(context, filter.distinct(), facts)
}

/** What the API counts, in records or at least in pages. */
function countOf({ total, pages }: PageFacts): number | undefined {
  return total ?? pages
}

function isShort(filter: RecordFilter, { total }: PageFacts): boolean {
  return total !== undefined && filter.distinct() < total
}

function warnShort({ def, engine }: SliceContext, came: number, { total }: PageFacts): void {
  engine.log.warn(
    `${def.name}: the API counts ${total} records in one part, and gave ${came} in two readings of it.`,
  )
}
