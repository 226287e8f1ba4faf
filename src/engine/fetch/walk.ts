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
  let came = 0
  const rowsOn: number[] = []
  let more = false
  let dateMs: number | undefined
  let failure: ConnectorError | undefined
  const lengths = createSeries()
  const totals = createSeries()
  const pageCounts = createSeries()
  const pagesClaimed = (size: number) => Math.ceil((totals.last() ?? 0) / size) || (pageCounts.last() ?? 0)
  const claim = () => (totals.fell() ? totals.last() : totals.most())
  return {
    came: () => came,
    rowsOn: index => rowsOn[index],
    claim,
    pagesClaimed,
    saysMore: read => more || read < (pageCounts.last() ?? 0),
    add({ facts, dateMs: at = Number.POSITIVE_INFINITY }, index) {
      came += facts.rows
      if (index >= rowsOn.length) more = facts.more === true
      rowsOn[index] = facts.rows
      totals.add(facts.total)
      pageCounts.add(facts.pages)
      lengths.add(facts.total ?? facts.pages)
      dateMs = Math.min(at, dateMs ?? at)
    },
    failed(error) {
      failure ??= error
    },
    end(how, size, fullSize = size) {
      const held = rowsOn.filter(rows => rows > 0)
      return {
        end: failure === undefined ? how : 'failed',
        ...defined({ failure }),
        pages: held.length,
        came,
        isLastFull: isSized(how) && held.slice(-1).some(rows => rows >= fullSize),
        size,
        claim: claim(),
        pagesClaimed: pagesClaimed(size),
        grew: lengths.grew(),
        shrank: lengths.fell(),
        dateMs: Number.isFinite(dateMs) ? dateMs : undefined,
      }
    },
  }
}

/** Whether the length of the last page says anything: not where the API said itself that it was the last. */
function isSized(how: ListEnd): boolean {
  return how !== 'one answer' && how !== 'named'
}

/** Follows a number that answers give one after another. */
function createSeries() {
  let first: number | undefined
  let most: number | undefined
  let last: number | undefined
  return {
    add(value: number | undefined) {
      if (value === undefined) return
      first ??= value
      most = Math.max(value, most ?? value)
      last = value
    },
    most: () => most,
    last: () => last,
    grew: () => (most ?? 0) > (first ?? 0),
    fell: () => (last ?? 0) < (most ?? 0),
  }
}
