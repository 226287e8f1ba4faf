import type { Answer } from '../answer.ts'
import type { Ask } from '../request.ts'
import type { Scene } from '../routes/route.ts'
import type { World } from '../world/world.ts'
import type { PlacedFault } from './fault.ts'

/** The faults that hold for a path. */
export function faultsAt(faults: readonly PlacedFault[], path: string): readonly PlacedFault[] {
  return faults.length === 0
    ? faults
    : faults.filter(({ where }) => where.some(start => path.startsWith(start)))
}

/** The first answer that a fault gives in the route's place. All gates hear of the request. */
export function answerByFault(faults: readonly PlacedFault[], ask: Ask, world: World): Answer | undefined {
  return faults.map(fault => fault.gate?.(ask, world)).find(answer => answer !== undefined)
}

/** The request as the faults let the route see it. */
export function bendAsk(faults: readonly PlacedFault[], ask: Ask): Ask {
  const query = faults.reduce((so, fault) => fault.query?.(so) ?? so, ask.query)
  return query === ask.query ? ask : { ...ask, query }
}

/** How the faults change a list and its pages. Without such faults the very same rows pass, still prerendered. */
export function bendOf(faults: readonly PlacedFault[], ask: Ask): Scene['bend'] {
  return {
    rows: rows => faults.reduce((so, fault) => fault.rows?.(so, ask) ?? so, rows),
    slice: slice => faults.reduce((so, fault) => fault.slice?.(so, ask) ?? so, slice),
  }
}

/** The answer as the faults leave it. */
export function bendAnswer(faults: readonly PlacedFault[], answer: Answer, ask: Ask, now: number): Answer {
  return faults.reduce((so, fault) => fault.after?.(so, ask, now) ?? so, answer)
}
