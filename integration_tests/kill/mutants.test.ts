import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { buildMutant } from './mutants/build.ts'
import { mutants } from './mutants/table.ts'
import { report, tryCases } from './property.ts'

/** In how many cases a bug must show. */
const WITHIN = 200
const SEED = 1
/** In how many cases of the same kind nothing may be wrong without it; the random test tries many more. */
const UNHARMED = 5

describe('the random test finds planted bugs', () => {
  for (const mutant of mutants) {
    test(mutant.says, async () => {
      await using build = await buildMutant(mutant)
      const { wrong } = await tryCases({
        runs: WITHIN,
        seed: SEED,
        main: build.main,
        fixed: mutant.fixed,
        isImpatient: true,
      })
      assert.equal(wrong.length, 1)
    })

    test(`without it nothing is wrong: ${mutant.says}`, async () => {
      const { wrong } = await tryCases({ runs: UNHARMED, seed: SEED, fixed: mutant.fixed })
      assert.deepEqual(wrong.map(report), [])
    })
  }
})
