import type { RawRecord } from '../../bytes/raw-record.ts'
import { extentOf, marginOf, momentsIn } from '../../evidence/trials/filter-trial.ts'
import type { PageSpec } from '../../fetch/request.ts'
import { askedFor } from './filter-check.ts'

/** The pages of a slice on which rows lie beside its window. */
export interface Strays {
  add(rows: readonly RawRecord[]): void
  /** How far the filter by time is off, as they show together; 0 where they do not. */
  marginMs(): number
}

/** The strays of a slice of which no page was taken yet. */
export function createStrays(spec: PageSpec): Strays {
  const { slice, def, marginMs = 0 } = spec
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  return {
    add(rows) {
      const extent = extentOf(momentsIn(rows, def.incremental?.field ?? '')) ?? { from, to }
      from = Math.min(from, extent.from)
      to = Math.max(to, extent.to)
    },
    marginMs() {
      const isFiltered = slice.window !== undefined && def.incremental?.strategy === 'windowed' && from <= to
      return isFiltered ? marginOf({ from, to }, askedFor(spec, slice.window), marginMs) : 0
    },
  }
}
