import { parseArgs } from 'node:util'
import { assertNothingIsLost } from '../integration_tests/kill/property.ts'

/** Tries the promise of docs/reliability.md in many worlds: npm run kill -- --runs 10000. A case that failed is tried again
 *  with the seed and path that were printed: npm run kill -- --runs 1 --seed N --path P. */
const SIDE_BY_SIDE = 3

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
})

const runs = Number(values.runs)
const replay = {
  ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  ...(values.path === undefined ? {} : { path: values.path }),
}
const shares = values.seed === undefined ? SIDE_BY_SIDE : 1
const startedAt = Date.now()
await Promise.all(
  Array.from({ length: shares }, () => assertNothingIsLost({ runs: Math.ceil(runs / shares), ...replay })),
)
process.stdout.write(`${runs} worlds, nothing lost, ${Math.round((Date.now() - startedAt) / 1000)} s\n`)
