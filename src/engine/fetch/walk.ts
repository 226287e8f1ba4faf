import type { ConnectorError } from '../../errors.ts'
import { defined } from '../../optional.ts'
import type { ListEnd, Walk } from '../evidence/walk.ts'
import type { Page } from './extract.ts'

/** Adds up what the pages of a walk tell, in whatever order they come. */
export interface WalkNotes {
  /** Notes a page; `index` is its place among the pages, from 0. */
  add(page: Page, index: number): void
  /** A page failed for good, which ends the list whatever else it gave. */
  failed(error: ConnectorError): void
  /** A full page brought nothing new. */
  stale(): void
  came(): number
  /** How many records a page held; undefined where it is not noted. */
  rowsOn(index: number): number | undefined
  claim(): number | undefined
  /** Whether the list says that it goes on after so many pages: by its latest page, or by how many pages it has. */
  saysMore(read: number): boolean
  /** How many pages of this size the list claims to have; 0 where it says nothing. */
  pagesClaimed(size: number): number
  /** The walk by pages of this size, once it is over. A page is full that has as many records as `fullSize`. */
  end(how: ListEnd, size: number, fullSize?: number): Walk
}

/** Notes of a walk that begins. */
export function createWalkNotes(): WalkNotes {
  const notes = nothingNoted()
  return {
    came: () => notes.came,
    rowsOn: index => notes.rowsOn[index],
    claim: () => claimIn(notes),
    pagesClaimed: size => pagesClaimedIn(notes, size),
    saysMore: read => notes.more || read < (notes.pageCounts.last ?? 0),
    add: (page, index) => add(notes, page, index),
    failed(error) {
      notes.failure ??= error
    },
    stale() {
      notes.isStale = true
    },
    end: (how, size, fullSize = size) => walkOf(notes, how, size, fullSize),
  }
}

/** What the pages told so far. */
interface Notes {
  came: number
  /** The records on each page, by its place. */
  readonly rowsOn: number[]
  /** Whether the latest page says that more follows. */
  more: boolean
  /** The earliest date of a page; infinite where none is dated. */
  dateMs: number | undefined
  failure?: ConnectorError
  isStale?: true
  /** What the pages say of the length of the list: in records, in pages, and in whichever of them each one says. */
  totals: Series
  pageCounts: Series
  lengths: Series
}

function nothingNoted(): Notes {
  return { came: 0, rowsOn: [], more: false, dateMs: undefined, totals: {}, pageCounts: {}, lengths: {} }
}

function add(notes: Notes, { facts, dateMs = Number.POSITIVE_INFINITY }: Page, index: number): void {
  notes.came += facts.rows
  if (index >= notes.rowsOn.length) notes.more = facts.more === true
  notes.rowsOn[index] = facts.rows
  notes.totals = withNext(notes.totals, facts.total)
  notes.pageCounts = withNext(notes.pageCounts, facts.pages)
  notes.lengths = withNext(notes.lengths, facts.total ?? facts.pages)
  notes.dateMs = Math.min(dateMs, notes.dateMs ?? dateMs)
}

function claimIn({ totals }: Notes): number | undefined {
  return fell(totals) ? totals.last : totals.most
}

function pagesClaimedIn({ totals, pageCounts }: Notes, size: number): number {
  return Math.ceil((totals.last ?? 0) / size) || (pageCounts.last ?? 0)
}

function walkOf(notes: Notes, how: ListEnd, size: number, fullSize: number): Walk {
  const { rowsOn, came, failure, isStale, lengths, dateMs } = notes
  const held = rowsOn.filter(rows => rows > 0)
  return {
    end: failure === undefined ? how : 'failed',
    ...defined({ failure, isStale }),
    pages: held.length,
    came,
    isLastFull: isSized(how) && held.slice(-1).some(rows => rows >= fullSize),
    size,
    claim: claimIn(notes),
    pagesClaimed: pagesClaimedIn(notes, size),
    grew: grew(lengths),
    shrank: fell(lengths),
    dateMs: Number.isFinite(dateMs) ? dateMs : undefined,
  }
}

/** Whether the length of the last page says anything: not where the API said itself that it was the last. */
function isSized(how: ListEnd): boolean {
  return how !== 'one answer' && how !== 'named'
}

/** A number that answers give one after another. */
interface Series {
  readonly first?: number
  readonly most?: number
  readonly last?: number
}

function withNext(series: Series, value: number | undefined): Series {
  if (value === undefined) return series
  const { first = value, most = value } = series
  return { first, most: Math.max(value, most), last: value }
}

function grew({ first, most }: Series): boolean {
  return most !== first
}

function fell({ most, last }: Series): boolean {
  return last !== most
}
