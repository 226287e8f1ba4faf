import type { Request } from '../request.ts'
import type { Response } from '../response.ts'
import type { Scene } from '../routing/route.ts'
import type { World } from '../world/view.ts'
import type { PlacedFault } from './fault.ts'

/** The faults that apply to a path. */
export function faultsAt(faults: readonly PlacedFault[], path: string): readonly PlacedFault[] {
  return faults.length === 0
    ? faults
    : faults.filter(({ where }) => where.some(start => path.startsWith(start)))
}

/** The first response of a fault in place of the route's own. Every fault gets to see the request. */
export function faultResponse(
  faults: readonly PlacedFault[],
  request: Request,
  world: World,
): Response | undefined {
  return faults.map(fault => fault.intercept?.(request, world)).find(response => response !== undefined)
}

/** The request as the route gets to see it. */
export function distortRequest(faults: readonly PlacedFault[], request: Request, world: World): Request {
  const query = faults.reduce((so, fault) => fault.query?.(so, request, world) ?? so, request.query)
  const params = faults.reduce((so, fault) => fault.params?.(so) ?? so, request.params)
  return query === request.query && params === request.params ? request : { ...request, query, params }
}

/** The world as the route gets to see it. */
export function distortWorld(faults: readonly PlacedFault[], world: World): World {
  return faults.reduce((so, fault) => fault.world?.(so) ?? so, world)
}

/** How the faults change a list and its pages. Without such faults the rows pass as they are, still prerendered. */
export function distortionOf(
  faults: readonly PlacedFault[],
  request: Request,
  world: World,
): Scene['distort'] {
  return {
    rows: rows => faults.reduce((so, fault) => fault.rows?.(so, request, world) ?? so, rows),
    refusal: slice =>
      faults.map(fault => fault.refusal?.(slice, request)).find(response => response !== undefined),
    slice: slice => faults.reduce((so, fault) => fault.slice?.(so, request) ?? so, slice),
    total: (total, list) => faults.reduce((so, fault) => fault.total?.(so, list, request) ?? so, total),
  }
}

/** The response as the faults leave it. */
export function distortResponse(
  faults: readonly PlacedFault[],
  response: Response,
  request: Request,
  now: number,
): Response {
  return faults.reduce((so, fault) => fault.after?.(so, request, now) ?? so, response)
}
