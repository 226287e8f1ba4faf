import type { Answer } from '../answer.ts'
import type { Request } from '../request.ts'
import type { Scene } from '../routing/route.ts'
import type { World } from '../world/view.ts'
import type { PlacedFault } from './fault.ts'

/** The faults that hold for a path. */
export function faultsAt(faults: readonly PlacedFault[], path: string): readonly PlacedFault[] {
  return faults.length === 0
    ? faults
    : faults.filter(({ where }) => where.some(start => path.startsWith(start)))
}

/** The first answer that a fault gives in the route's place. All gates hear of the request. */
export function answerByFault(
  faults: readonly PlacedFault[],
  request: Request,
  world: World,
): Answer | undefined {
  return faults.map(fault => fault.gate?.(request, world)).find(answer => answer !== undefined)
}

/** The request as the faults let the route see it. */
export function bendRequest(faults: readonly PlacedFault[], request: Request): Request {
  const query = faults.reduce((so, fault) => fault.query?.(so) ?? so, request.query)
  return query === request.query ? request : { ...request, query }
}

/** How the faults change a list and its pages. Without such faults the very same rows pass, still prerendered. */
export function bendOf(faults: readonly PlacedFault[], request: Request): Scene['bend'] {
  return {
    rows: rows => faults.reduce((so, fault) => fault.rows?.(so, request) ?? so, rows),
    slice: slice => faults.reduce((so, fault) => fault.slice?.(so, request) ?? so, slice),
  }
}

/** The answer as the faults leave it. */
export function bendAnswer(
  faults: readonly PlacedFault[],
  answer: Answer,
  request: Request,
  now: number,
): Answer {
  return faults.reduce((so, fault) => fault.after?.(so, request, now) ?? so, answer)
}
