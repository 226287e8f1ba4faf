import { Console } from 'node:console'
import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { type Contests, createContests } from './contests.ts'
import { type BenchOptions, parseOptions } from './options.ts'
import type { Row } from './results.ts'
import { createSetup } from './setup.ts'

/** Measures start-up and reading, interleaved, and shows medians and ratios to the floor. */
const options = await parseOptions(process.argv.slice(2))
await import('../scripts/build.ts')
await using setup = await createSetup()
const contests = createContests(setup, options)
const rows = options.profile
  ? await contests.profile(options.records[0] ?? 100_000)
  : await everything(contests, options)
show(rows)
const results = `${JSON.stringify({ machine: machine(), runs: options.runs, rows }, undefined, 2)}\n`
process.stdout.write(results)
if (options.save !== undefined) await writeFile(options.save, results)

async function everything(
  contests: Contests,
  { latency, records, caps, parents }: BenchOptions,
): Promise<readonly Row[]> {
  const rows = [...(await contests.startUp())]
  for (const ms of latency) {
    for (const cap of caps) {
      for (const count of records) rows.push(...(await contests.reading(count, ms, cap)))
      rows.push(...(await contests.readingAgain(records[0] ?? 20_000, ms, cap)))
      rows.push(...(await contests.readingMany(ms, cap)))
    }
    for (const count of parents) rows.push(...(await contests.readingParents(count, ms)))
  }
  return rows
}

function show(rows: readonly Row[]): void {
  const named = rows.map(({ what, program, ...row }) => [`${what}: ${program}`, row] as const)
  new Console(process.stderr).table(Object.fromEntries(named))
}

function machine(): string {
  const node = process.version
  return `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${node}`
}
