import { keyOf, mix } from './random.ts'

const ROUNDS = [1, 2, 3, 4] as const
// One scratch buffer for all ids: a record is mostly ids, so making them has to be cheap.
const scratch = Buffer.alloc(16)
const wireForm = /^[0-9a-f]{32}$/

/** The id of record `index` of a kind: 32 hex digits, a pure function of its three arguments.
 *  The first eight digits encode the index, so that an id leads back to its record without a table. */
export function idOf(seed: number, kind: string, index: number): string {
  const key = keyOf(seed, kind)
  scratch.writeUInt32BE(scramble(index, key), 0)
  for (const word of [1, 2, 3]) scratch.writeUInt32BE(mix(key + word, index), word * 4)
  return scratch.toString('hex')
}

/** The index behind an id, or undefined when the id is malformed (as one with hyphens is) or of another kind. */
export function indexOf(seed: number, kind: string, id: string): number | undefined {
  if (!wireForm.test(id)) return undefined
  const index = unscramble(Number.parseInt(id.slice(0, 8), 16), keyOf(seed, kind))
  return idOf(seed, kind, index) === id ? index : undefined
}

// A four-round Feistel network over two 16-bit halves: a permutation of the 32-bit numbers.
function scramble(index: number, key: number): number {
  let left = index >>> 16
  let right = index & 0xffff
  for (const round of ROUNDS) {
    const next = left ^ (mix(key + round, right) & 0xffff)
    left = right
    right = next
  }
  return ((left << 16) | right) >>> 0
}

function unscramble(code: number, key: number): number {
  let left = code >>> 16
  let right = code & 0xffff
  for (const round of ROUNDS.toReversed()) {
    const previous = right ^ (mix(key + round, left) & 0xffff)
    right = left
    left = previous
  }
  return ((left << 16) | right) >>> 0
}
