import type { ConnectorError } from '../../errors.ts'

/** How a list came to its end: by an empty page, by one that is shorter than pages are, in one answer, by a page that named
 *  none after it; by a refusal of a further page, by pages that came before, or by a further page that fails for good. */
export type ListEnd = 'empty' | 'short' | 'one answer' | 'named' | 'refused' | 'repeated' | 'failed'

/** What a walk over the pages of a list found. */
export interface Walk {
  readonly end: ListEnd
  /** What the page failed with that ended it, where one did. */
  readonly failure?: ConnectorError
  /** Pages that held records. */
  readonly pages: number
  /** Records that came, those that came twice included. */
  readonly came: number
  /** Whether the last page with records was full, of a list whose pages have a size: not where the API said which is the last. */
  readonly isLastFull: boolean
  /** A further page was full and brought nothing new: there may be something else in its place. */
  readonly isStale?: true
  /** The page size by which the list was walked. */
  readonly size: number
  /** How many records the list claims to hold: the most that a page said, or the last where it fell meanwhile. */
  readonly claim: number | undefined
  /** How many pages the list claims to have; 0 where it says nothing. */
  readonly pagesClaimed: number
  /** Whether what the list said of its length grew, or fell, while it was read. */
  readonly grew: boolean
  readonly shrank: boolean
  /** The earliest moment that the API's answers were dated with. */
  readonly dateMs: number | undefined
}
