import type { Scene } from '../../routing/route.ts'
import { viewRows } from '../../world/calls/call-views.ts'
import { type Row, type Rows, sliceRows } from '../../world/ground/rows.ts'
import type { World } from '../../world/view.ts'

/** Calls as the demo paths show them, newest first: four fields of the report's rows. */
export function demoRows(world: World, span?: { readonly from: number; readonly to: number }): Rows {
  const { bytes: _, ...rows } = viewRows(world.report, world.now(), span)
  return { ...rows, at: place => demoRow(rows.at(place)) }
}

/** A portion of a list: its records, and where the next portion begins, if there is one. */
export interface Portion {
  readonly records: readonly Row[]
  readonly total: number
  readonly next: number | undefined
}

/** At most `size` records from `from` on, as faults leave them. */
export function portionAt({ distort }: Scene, rows: Rows, from: number, size: number): Portion {
  const distorted = distort.rows(rows)
  const slice = distort.slice({ from, size, page: Math.floor(from / size) + 1 })
  const next = from + size < distorted.count ? from + size : undefined
  return { records: sliceRows(distorted, slice.from, slice.from + slice.size), total: distorted.count, next }
}

/** All records of a list, as faults leave them. */
export function allOf({ distort }: Scene, rows: Rows): readonly Row[] {
  const distorted = distort.rows(rows)
  return sliceRows(distorted, 0, distorted.count)
}

function demoRow(row: Row): Row {
  const { id, dateCreated, duration, agentName = null } = row
  return { id, dateCreated, duration, agentName }
}
