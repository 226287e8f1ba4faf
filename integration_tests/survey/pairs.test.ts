import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '../../src/survey/facts/fact.ts'
import { FACTS } from '../../src/survey/facts.ts'
import { createRandom } from '../corpus/mutations.ts'
import { assertCost, assertRoundTrip, contradicted, startAccount, surveyOf } from '../harness/survey.ts'

/** Pairs of facts that do not hold, others each day; a day's are tried again with SEED, and more of them with PAIRS. */
const DAY_MS = 86_400_000
const SEED = Number(process.env['SEED'] ?? Math.floor(Date.now() / DAY_MS))
const COUNT = Number(process.env['PAIRS'] ?? 20)

const pairs = (['documented', 'seed'] as const).flatMap(world => {
  const facts: readonly Fact[] = FACTS
  const switches = facts.filter(({ fault, only = world }) => fault !== undefined && only === world)
  return switches.flatMap((one, at) => switches.slice(at + 1).map(other => ({ world, both: [one, other] })))
})

for (const { world, both } of sampled(pairs, COUNT)) {
  const faults = both.map(({ fault }) => fault).join(',')
  test(`in the ${world} world, ${faults}: each is contradicted, or could not be measured for the other (seed ${SEED})`, async () => {
    await using simulator = await startAccount({ world, faults })
    const found = await surveyOf(simulator)
    const wrong = contradicted(found)
    const ids = both.map(({ id }) => id)
    const verdicts = ids.map(id => found.facts[id as keyof typeof found.facts].verdict)
    assert.ok(!verdicts.includes('confirmed'), `${ids}: ${verdicts}`)
    assert.ok(verdicts.includes('contradicted'), `${ids}: ${verdicts}`)
    assert.deepEqual(
      wrong.filter(id => !ids.includes(id)),
      [],
    )
    await assertCost(simulator, found)
    await assertRoundTrip(found, { measuredOnly: true })
  })
}

function sampled<T>(all: readonly T[], count: number): readonly T[] {
  const random = createRandom(SEED)
  const drawn = all.map(one => ({ one, at: random() })).toSorted((left, right) => left.at - right.at)
  return drawn.slice(0, count).map(({ one }) => one)
}
