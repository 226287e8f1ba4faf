import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { play } from '../integration_tests/kill/platform.ts'
import { report, simplified, tryCases } from '../integration_tests/kill/property.ts'
import { append, readTally, tableOf } from '../integration_tests/kill/tally.ts'

/** Tries the promise of docs/reliability.md in many cases, and prints a table by knob: npm run kill -- --runs 10000. A case that
 *  went wrong is tried again by the line that is printed for it, or, as JSON in a file, with --case; --simplify looks for the
 *  simplest one that goes wrong too. --trace shows what one does. --append adds the counts to a file of JSON lines, --summary prints the sum of one. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    from: { type: 'string', default: '0' },
    case: { type: 'string' },
    simplify: { type: 'boolean', default: false },
    append: { type: 'string' },
    summary: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
})

const say = (text: string) => process.stdout.write(`${text}\n`)

if (values.summary !== undefined) say(tableOf(readTally(values.summary)))
else if (values.case !== undefined) await tryOne(values.case)
else await tryMany(Number(values.seed), Number(values.runs))

async function tryMany(seed: number, runs: number): Promise<void> {
  say(`seed ${seed}`)
  const startedAt = Date.now()
  const onWrong = (wrong: Parameters<typeof report>[0]) => say(report(wrong))
  const { tally, wrong } = await tryCases({ runs, seed, from: Number(values.from), onWrong })
  say(tableOf(tally))
  say(
    `seed ${seed}: ${runs} cases, ${wrong.length} went wrong, ${Math.round((Date.now() - startedAt) / 1000)} s`,
  )
  if (values.append !== undefined) append(values.append, seed, tally)
  if (values.simplify) for (const one of wrong) say(JSON.stringify(await simplified(one)))
  process.exitCode = wrong.length === 0 ? 0 : 1
}

async function tryOne(path: string): Promise<void> {
  const one = JSON.parse(readFileSync(path, 'utf8'))
  const played = await play(one, undefined, values.trace ? say : undefined)
  say(JSON.stringify(played, undefined, 2))
  if (values.simplify && played.violations.length > 0)
    say(JSON.stringify(await simplified({ seed: 0, number: 0, one, played })))
  process.exitCode = played.violations.length === 0 ? 0 : 1
}
