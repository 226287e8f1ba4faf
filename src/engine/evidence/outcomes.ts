import { ConnectorError } from '../../errors.ts'
import { open, type Verdict } from './verdict.ts'

/** How the parts of a stream turned out: whether any worked, and how those failed that came last. */
export interface Outcomes {
  /** The verdict on a part that failed. Throws an error that concerns the whole run. */
  failed(error: unknown): Verdict
  /** A part did not fail. */
  worked(): void
  /** Whether so many parts in a row failed alike that the rest would fail too. */
  isHopeless(): boolean
  /** Whether nothing has worked so far, and something failed that was tried several times. */
  isUnanswered(): boolean
}

/** How many parts may fail alike in a row. Source: evidence rule E9. */
const MOST_ALIKE = 5

/** No part has turned out yet. */
export function createOutcomes(): Outcomes {
  /** The kinds of the latest that failed alike, as many as matter. */
  let alike: readonly string[] = []
  let hasWorked = false
  return {
    failed(error) {
      if (!(error instanceof ConnectorError) || error.scope === 'run') throw error
      const kind = `${error.failure} ${error.status} ${error.internal}`
      alike = alike.includes(kind) ? [...alike, kind].slice(-MOST_ALIKE) : [kind]
      return open(error.status === 403 ? 'refused' : 'failed', error)
    },
    worked() {
      hasWorked = true
      alike = []
    },
    isHopeless: () => alike.length >= MOST_ALIKE,
    isUnanswered: () => !hasWorked && alike.some(kind => kind.startsWith('transient_error')),
  }
}
