import type { Walk } from '../../evidence/walk.ts'
import type { Page } from '../../fetch/extract.ts'
import { readPages } from '../../fetch/pages.ts'
import type { FirstPage } from '../../fetch/served-route.ts'
import type { Walking } from '../../fetch/visit.ts'
import { createRecordFilter, type RecordFilter } from '../../records/filter.ts'
import type { Seen } from '../../records/judge.ts'
import { emptyTally, type Tally } from '../../records/tally.ts'
import type { Slice } from '../../stream/context.ts'
import type { Sign } from '../../stream/mistakes.ts'
import type { SliceContext } from '../job/slice-context.ts'
import { type Again, readAgain } from './again.ts'
import { createPageNews, type PageNews } from './page-news.ts'
import { createStrays, type Strays } from './strays.ts'

/** What reading the whole of a slice found: the evidence for a verdict. */
export interface SliceEvidence extends Seen {
  readonly walk: Walk
  /** What the list claims to hold; undefined where it does not say, or its counts mean nothing. */
  readonly claim: number | undefined
  /** Records that name other parents. */
  readonly foreign: number
  /** Records without a key that can be used. */
  readonly unkeyed: number
  /** The id of the record that was asked for by another one, where such a one came. */
  readonly otherId: string | undefined
  /** The keys of all records, where the slice was read again. */
  readonly allKeys: ReadonlySet<string>
  readonly again: Again
  /** The keys that were handed on, but for those near the window's edges. */
  readonly given: ReadonlySet<string>
  /** What its answers showed of how the stream is described. */
  readonly signs: readonly Sign[]
  /** How far the filter by time is off, as its rows show; 0 where they are of the time that was asked for. */
  readonly marginMs: number
}

/** Reads the whole of a slice whose first page is there. A slice that came short of what it claims, or whose list shrank
 *  meanwhile, is read once more from its end. One whose list grew while pages were read side by side is read once more in
 *  order: a page that came late, after a retry, may have handed a record on to one that was read before. The pages of one
 *  moment, which come in any order, are read until they bring nothing new. What is left out is counted in the first
 *  reading only: the others give the same again. */
export async function readSlice(
  context: SliceContext,
  slice: Slice,
  first: FirstPage,
): Promise<SliceEvidence> {
  const reading: Reading = {
    counts: emptyTally(),
    signs: [],
    strays: createStrays(first.spec),
    allKeys: new Set(),
    isAgain: false,
    pageNews: createPageNews(),
  }
  const filter = filterOf(context, slice, first, reading)
  const walking = walkingOf(context, first, filter, reading)
  const walk = await readPages(walking, first.page)
  const counts = { ...reading.counts }
  for (const reason of Object.keys(counts) as (keyof Tally)[]) context.tally[reason] += counts[reason]
  reading.isAgain = true
  filter.again()
  const claim = walking.route.claimOf(walk.claim)
  const rereading = { walking, walk, filter, claim, slice, cameTwice: counts.duplicate > 0 }
  const again = isKeyed(context) && walk.end !== 'failed' ? await readAgain(rereading) : 'no'
  return {
    ...filter.seen(),
    walk,
    claim,
    foreign: counts.foreign,
    unkeyed: isKeyed(context) ? counts.unusable + counts.refused : 0,
    otherId: filter.otherId(),
    allKeys: reading.allKeys,
    again,
    given: filter.keys,
    signs: reading.signs,
    marginMs: reading.strays.marginMs(),
  }
}

/** What is noted while a slice is read. */
interface Reading {
  readonly counts: Tally
  readonly signs: Sign[]
  /** The keys of all readings but the first. */
  readonly allKeys: Set<string>
  isAgain: boolean
  readonly strays: Strays
  readonly pageNews: PageNews
}

function filterOf(context: SliceContext, slice: Slice, { askedAt }: FirstPage, reading: Reading) {
  const noteKey = (key: string) => {
    reading.pageNews.noteKey(key)
    if (reading.isAgain) reading.allKeys.add(key)
  }
  return createRecordFilter({ ...context, tally: reading.counts, slice, askedAt, noteKey })
}

function walkingOf(
  { engine, sink, routes }: SliceContext,
  { spec }: FirstPage,
  filter: RecordFilter,
  reading: Reading,
): Walking {
  const { counts, signs, pageNews } = reading
  const take = async (page: Page) => {
    if (page.isBlank) counts.blank++
    signs.push(...newIn(page.signs, signs))
    const { beside } = filter.seen()
    const { kept, news } = pageNews.take(filter, () => filter.take(page.rows, page.dateMs))
    if (filter.seen().beside > beside) reading.strays.add(page.rows)
    await sink(kept)
    page.release?.()
    return news
  }
  return { spec, engine, take, route: routes.of(spec.route) }
}

/** The signs of a page that no page before it gave. */
function newIn(signs: Page['signs'] = [], known: readonly Sign[]): readonly Sign[] {
  const isKnown = (sign: Sign) =>
    known.some(one => one.of === sign.of && (one.mistake === undefined) === (sign.mistake === undefined))
  return signs.filter(sign => !isKnown(sign))
}

/** What cannot be told apart cannot be read twice. */
function isKeyed({ def }: SliceContext): boolean {
  return def.primaryKey.length > 0
}
