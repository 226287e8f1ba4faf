import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { type Mutation, mutationsOf } from './mutate/mutations.ts'
import { summaryOf } from './mutate/summary.ts'
import { type Copy, createCopy, type Outcome } from './mutate/trial.ts'

/** Changes the sources of some rooms one small thing at a time, and tells which changes their own tests do not notice:
 *
 *      npm run mutate -- src/http src/engine/bytes --count 200 --seed 7 [--tests 'src/http/**\/*.test.ts'] [--at 90]
 *
 *  A file's tests are its own, then those of its folder, then those of its whole room, which is the folder that was named.
 *  A mutant under which they do not end counts as noticed, and is listed. Exits 1 when fewer than `--at` per cent are
 *  noticed, and when so many did not end that the machine, not the mutants, may have been the cause. */
const SIDE_BY_SIDE = 2
/** How long tests may take under a mutant: so many times as long as without one, and this much more. */
const TIMES_AS_LONG = 5
const LONGER_MS = 20_000
/** A test that takes longer without any mutant is broken. */
const MOST_MS = 300_000

const { values, positionals: rooms } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    tests: { type: 'string', multiple: true },
    at: { type: 'string', default: '0' },
  },
})

interface Mutant extends Mutation {
  readonly file: string
  readonly room: string
}

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Mulberry32: numbers from 0 up to 1, the same for a seed on every machine. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function filesOf(pattern: string): string[] {
  return globSync(pattern).sort()
}

function mutantsOf(room: string): Mutant[] {
  const files = room.endsWith('.ts') ? [room] : filesOf(`${room}/**/*.ts`)
  const sources = files.filter(file => !/(\.test|testing|\.generated)\.ts$/.test(file))
  return sources.flatMap(file => mutationsOf(readFileSync(file, 'utf8')).map(one => ({ ...one, file, room })))
}

function sample<T>(all: readonly T[], count: number, random: () => number): T[] {
  const rest = [...all]
  return Array.from({ length: Math.min(count, all.length) }, () =>
    rest.splice(Math.floor(random() * rest.length), 1),
  ).flat()
}

/** The tests that a mutant must get past, the likeliest to notice it first. */
function testsOf({ file, room }: Mutant): string[][] {
  const home = room.endsWith('.ts') ? dirname(room) : room
  const whole = (values.tests ?? [`${home}/**/*.test.ts`]).flatMap(filesOf)
  const near = whole.filter(test => dirname(test) === dirname(file))
  const own = near.filter(test => test.startsWith(file.replace(/\.ts$/, '')))
  const groups = [own, near.filter(test => !own.includes(test)), whole.filter(test => !near.includes(test))]
  return groups.filter(tests => tests.length > 0)
}

async function outcomeOf(mutant: Mutant, copy: Copy, tookMs: ReadonlyMap<string, number>): Promise<Outcome> {
  for (const tests of testsOf(mutant)) {
    const usualMs = tests.reduce((sum, test) => sum + (tookMs.get(test) ?? 0), 0)
    const outcome = await copy.run(tests, LONGER_MS + TIMES_AS_LONG * usualMs, mutant.file, mutant.text)
    if (outcome !== 'passed') return outcome
  }
  return 'passed'
}

async function main(): Promise<number> {
  const all = rooms.flatMap(mutantsOf)
  const chosen = sample(all, Number(values.count), createRandom(Number(values.seed)))
  say(`${chosen.length} of ${all.length} mutants of ${rooms.join(', ')}, seed ${values.seed}`)
  await using stack = new AsyncDisposableStack()
  const copies = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, createCopy))
  for (const copy of copies) stack.use(copy)
  const tookMs = await timesOf([...new Set(chosen.map(testsOf).flat(2))], copies)
  const outcomes: Outcome[] = []
  await sharedOut(chosen, copies, async (mutant, copy) => {
    const outcome = await outcomeOf(mutant, copy, tookMs)
    outcomes.push(outcome)
    if (outcome !== 'failed') say(lineOf(mutant, outcome))
  })
  const { text, isDoubtful, killedPercent } = summaryOf(outcomes)
  say(text)
  return isDoubtful || killedPercent < Number(values.at) ? 1 : 0
}

function lineOf({ file, line, from, to }: Mutant, outcome: Outcome): string {
  const what = outcome === 'passed' ? 'survived ' : 'timed out'
  return `${what}  ${file}:${line}  ${from.slice(0, 60)} → ${to.slice(0, 60)}`
}

/** How long each test takes without any mutant. Throws an Error for one that fails, since it would kill every mutant. */
async function timesOf(
  tests: readonly string[],
  copies: readonly Copy[],
): Promise<ReadonlyMap<string, number>> {
  const tookMs = new Map<string, number>()
  await sharedOut(tests, copies, async (test, copy) => {
    const startMs = performance.now()
    const outcome = await copy.run([test], MOST_MS)
    if (outcome !== 'passed') throw new Error(`Without any mutant ${test} ${outcome}; it must pass first.`)
    tookMs.set(test, performance.now() - startMs)
  })
  return tookMs
}

/** Does a piece of work for each, in whichever copy is free. */
async function sharedOut<T>(
  all: readonly T[],
  copies: readonly Copy[],
  work: (one: T, copy: Copy) => Promise<void>,
): Promise<void> {
  const waiting = all.values()
  await Promise.all(
    copies.map(async copy => {
      for (const one of waiting) await work(one, copy)
    }),
  )
}

process.exitCode = await main()
