import assert from 'node:assert/strict'
import { test } from 'node:test'
import { report, tryCases } from './property.ts'
import { tableOf } from './tally.ts'

/** How many cases are tried; `npm run kill -- --runs 10000` tries more. */
const RUNS = Number(process.env['RUNS'] ?? 300)
const DAY_MS = 86_400_000

/** Where the cases begin: somewhere else every day. */
const SEED = Number(process.env['SEED'] ?? Math.floor(Date.now() / DAY_MS))

test(`whatever goes wrong, nothing that left evidence is lost: ${RUNS} cases of seed ${SEED}`, async t => {
  const { tally, wrong } = await tryCases({ runs: RUNS, seed: SEED })
  t.diagnostic(`\n${tableOf(tally)}`)
  assert.deepEqual(wrong.map(report), [])
})
