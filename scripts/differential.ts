import { parseArgs } from 'node:util'
import { compareMutated } from '../integration_tests/corpus/differential.ts'

/** Changes bodies of the corpus many times over, and compares records that stay bytes with records that are parsed:
 *  npm run differential -- --count 1000000 [--seed 7]. Exits 1 where they differ, with the first bodies. */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})

const startedAt = Date.now()
const { mismatches, taken, lines } = await compareMutated(Number(values.count), Number(values.seed))
const seconds = Math.round((Date.now() - startedAt) / 1000)
process.stdout.write(
  `${values.count} bodies, seed ${values.seed}: ${mismatches.length} differ; ${taken} held records, ${lines} of which ` +
    `stayed bytes; ${seconds} s\n`,
)
for (const { body, difference } of mismatches.slice(0, 5)) {
  process.stdout.write(`${JSON.stringify(body.toString('latin1'))}\n${JSON.stringify(difference)}\n`)
}
process.exitCode = mismatches.length === 0 ? 0 : 1
