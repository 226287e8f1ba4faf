import { draws } from '../../world/ground/random.ts'
import { type Row, type Rows, rowsOf, sliceRows } from '../../world/ground/rows.ts'
import type { FaultRow } from '../fault.ts'
import { timeOf } from '../records.ts'

/** Faults in the order of a list. */
export const orderFaults: readonly FaultRow[] = [
  {
    says: 'unstable-ties',
    does: 'records of the same second come in another order with each request (--together makes such records)',
    make: () => {
      let requests = 0
      return { rows: rows => shuffledTies(rows, ++requests) }
    },
  },
]

function shuffledTies(rows: Rows, request: number): Rows {
  const draw = draws(request, 'ties', rows.count)
  const ties: Row[][] = []
  let second: number | undefined
  for (const row of sliceRows(rows, 0, rows.count)) {
    const time = timeOf(row)
    const now = time === undefined ? undefined : Math.floor(time / 1000)
    if (now !== undefined && now === second) ties.at(-1)?.push(row)
    else ties.push([row])
    second = now
  }
  return rowsOf(ties.flatMap(tie => (tie.length === 1 ? tie : shuffled(tie, draw))))
}

function shuffled(rows: readonly Row[], draw: () => number): readonly Row[] {
  const keyed = rows.map(row => ({ row, at: draw() }))
  return keyed.toSorted((one, other) => one.at - other.at).map(({ row }) => row)
}
