import type { FirstPage, ReadFirst } from './choice.ts'
import type { StreamDef } from './define.ts'
import type { Engine, Slice } from './engine.ts'
import type { Edges } from './keys.ts'
import type { Page } from './page.ts'
import { readPages } from './pages.ts'
import { createSieve, type Kept, type Sieve, type Tally } from './sieve.ts'
import type { Span } from './spans.ts'

/** Where a slice's records go; resolves when there is room for more. */
export type Sink = (records: readonly Kept[]) => Promise<void>

/** What the slices of one stream share while it is read. */
export interface Reading {
  readonly def: StreamDef
  readonly engine: Engine
  readonly readFirst: ReadFirst
  readonly bounds: Span | undefined
  readonly edges: Edges
  readonly tally: Tally
  readonly sink: Sink
}

/** Reads the whole of a slice whose first page is there. The API's own total is compared with what came; a slice that
 *  came short is read once more, and a difference that stays is said. */
export async function readSlice(reading: Reading, slice: Slice, first: FirstPage): Promise<void> {
  const { def, engine, sink } = reading
  const sieve = createSieve({ ...reading, slice, askedAt: first.askedAt })
  const take = async (page: Page) => {
    await sink(sieve.take(page.rows))
  }
  const { total } = await readPages(first.asking, engine, take, first.page)
  if (isShort(sieve, total)) {
    const { total } = await readPages(first.asking, engine, take)
    if (isShort(sieve, total)) warnShort(def, engine, sieve.distinct(), total)
  }
}

function isShort(sieve: Sieve, total: number | undefined): boolean {
  return total !== undefined && sieve.distinct() < total
}

function warnShort(def: StreamDef, engine: Engine, came: number, total: number | undefined): void {
  engine.log.warn(
    `${def.name}: the API counts ${total} records in one part, and gave ${came} in two readings of it.`,
  )
}
