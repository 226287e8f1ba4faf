import { type Facts, queueBrief } from '../ground/facts.ts'
import { between, chance, draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'

/** Queue `index`. Its limits are within the bounds the vendor documents. */
export function queueAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'queue', index)
  return {
    ...queueBrief(facts.seed, index),
    maxDialCount: between(draw, 1, 5),
    wrapUpTime: pick(draw, [0, 10, 30, 60, 120, 7200] as const),
    defaultRingTimeout: between(draw, 10, 60),
    ...(chance(draw, 0.8) ? { maxSize: between(draw, 1, 1000) } : {}),
    tags: ['priority', 'überlauf', 'night'].filter(() => chance(draw, 0.3)),
  }
}
