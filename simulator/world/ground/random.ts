/** A source of numbers in [0, 1); each call returns the next one. */
export type Draw = () => number

const kinds = new Map<string, number>()

/** Mixes two 32-bit numbers into one; a small change to either may change every bit of the result. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b ^ 0x7f4a7c15, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}

/** The 32-bit key of one kind of record in one seed. */
export function keyOf(seed: number, kind: string): number {
  return mix(seed, hashOf(kind))
}

/** The numbers that belong to record `index` of a kind: always the same, in the same order. */
export function draws(seed: number, kind: string, index: number): Draw {
  let state = mix(keyOf(seed, kind), index)
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** One element of a list that is not empty. */
export function pick<const L extends readonly [unknown, ...unknown[]]>(draw: Draw, list: L): L[number] {
  return list[Math.floor(draw() * list.length)] ?? list[0]
}

/** A whole number from `low` to `high`, both included. */
export function between(draw: Draw, low: number, high: number): number {
  return low + Math.floor(draw() * (high - low + 1))
}

/** A whole number with many small and few large values, `mean` on average, at most `most`. */
export function skewed(draw: Draw, mean: number, most: number): number {
  return Math.min(most, Math.round(-Math.log(1 - draw()) * mean))
}

/** True with the given probability. */
export function chance(draw: Draw, probability: number): boolean {
  return draw() < probability
}

function hashOf(kind: string): number {
  const known = kinds.get(kind)
  if (known !== undefined) return known
  let hash = 0x811c9dc5
  for (let at = 0; at < kind.length; at++) hash = Math.imul(hash ^ kind.charCodeAt(at), 0x01000193)
  kinds.set(kind, hash >>> 0)
  return hash >>> 0
}
