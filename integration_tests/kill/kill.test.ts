import { describe, test } from 'node:test'
import { assertNothingIsLost } from './property.ts'

/** How many worlds are tried; `npm run kill -- --runs 10000` tries more. */
const RUNS = Number(process.env['RUNS'] ?? 200)
const SIDE_BY_SIDE = 3

/** Where the worlds begin; left to chance unless given. A failure prints the seed and path by which to try it again. */
const SEED = process.env['SEED'] === undefined ? undefined : Number(process.env['SEED'])

describe('whatever goes wrong and whenever it is killed, nothing is lost', {
  concurrency: SIDE_BY_SIDE,
}, () => {
  for (let share = 0; share < SIDE_BY_SIDE; share++) {
    const runs = Math.ceil(RUNS / SIDE_BY_SIDE)
    const seed = SEED === undefined ? {} : { seed: SEED + share }
    test(`${runs} worlds`, () => assertNothingIsLost({ runs, ...seed }))
  }
})
