import { createLevel, type Level } from './pace/level.ts'
import { createSlots, type Slots } from './pace/slots.ts'
import type { Request } from './types.ts'

/** How many requests are in flight to each origin, which has a level of its own. */
export interface Levels {
  slotsOf(request: Pick<Request, 'origin'>): Slots
  /** The most that were let in flight to any origin. */
  most(): number
}

/** Levels up to a ceiling, for origins of which nothing is known yet. */
export function createLevels(ceiling: number, clock: () => number): Levels {
  const known = new Map<string, { readonly level: Level; readonly slots: Slots }>()
  const of = (origin: string) => {
    const found = known.get(origin)
    if (found !== undefined) return found
    const level = createLevel(ceiling, clock)
    const made = { level, slots: createSlots(level, ceiling) }
    known.set(origin, made)
    return made
  }
  return {
    slotsOf: ({ origin = '' }) => of(origin).slots,
    most: () => [...known.values()].reduce((most, { level }) => Math.max(most, level.most()), 0),
  }
}
