import { noRows, type Rows } from '../../world/ground/rows.ts'
import { type FaultRow, firstOnes, wholeIn } from '../fault.ts'
import { isParents } from './parents.ts'

/** Faults in lists whose records are parents of others. */
export const parentListFaults: readonly FaultRow[] = [
  {
    says: 'parents-missing:N',
    does: 'the first N (1) responses with a list of parents (agents, campaigns ...) lack every other one',
    make: lacking(rows => ({ count: Math.floor(rows.count / 2), at: place => rows.at(2 * place + 1) })),
  },
  {
    says: 'parents-empty:N',
    does: 'the first N (1) responses with a list of parents have none',
    make: lacking(() => noRows),
  },
]

function lacking(change: (rows: Rows) => Rows): FaultRow['make'] {
  return argument => {
    const isNow = firstOnes(wholeIn(argument, 1))
    return { rows: (rows, request) => (isParents(request) && isNow() ? change(rows) : rows) }
  }
}
