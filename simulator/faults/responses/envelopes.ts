import { json, type Response } from '../../response.ts'
import type { FaultRow } from '../fault.ts'
import { occasionIn, WHEN } from '../occasions.ts'

const reason = 'Internal error, please try again'
const shapes: readonly object[] = [
  { error: reason },
  { code: 500, message: reason },
  { message: reason, success: true },
  { error: { code: 'INTERNAL', message: reason }, pagination: { total: 0 } },
]

/** Faults by which a failure comes with status 200. */
export const envelopeFaults: readonly FaultRow[] = [
  {
    says: 'success-false:WHEN',
    does: `a 200 with success false and a message; ${WHEN}`,
    make: insteadOf(() => json({ success: false, message: reason })),
  },
  {
    says: 'error-200:WHEN',
    does: 'a 200 with an error, code or message in place of everything else, in several shapes',
    make: insteadOf(turn => json(shapes[turn % shapes.length])),
  },
]

function insteadOf(response: (turn: number) => Response): FaultRow['make'] {
  return when => {
    const isNow = occasionIn(when)
    let turns = 0
    return { intercept: request => (isNow(request) ? response(turns++) : undefined) }
  }
}
