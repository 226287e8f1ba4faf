import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { type Mutation, mutationsOf } from './mutate/mutations.ts'
import { type Copy, createCopy } from './mutate/trial.ts'

/** Changes the sources of some rooms one small thing at a time, and tells which changes their own tests do not notice:
 *
 *      npm run mutate -- src/http src/engine/bytes --count 200 --seed 7 [--tests 'src/http/**\/*.test.ts'] [--at 90]
 *
 *  A file's tests are those of its folder, then those of its whole room, which is the folder that was named. Exits 1 when
 *  fewer than `--at` per cent are noticed. */
const SIDE_BY_SIDE = 2
const TIMEOUT_MS = 60_000

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

async function isKilled(mutant: Mutant, copy: Copy): Promise<boolean> {
  for (const tests of testsOf(mutant)) {
    if ((await copy.run(tests, TIMEOUT_MS, mutant.file, mutant.text)) !== 'passed') return true
  }
  return false
}

async function main(): Promise<number> {
  const all = rooms.flatMap(mutantsOf)
  const chosen = sample(all, Number(values.count), createRandom(Number(values.seed)))
  say(`${chosen.length} of ${all.length} mutants of ${rooms.join(', ')}, seed ${values.seed}`)
  await using stack = new AsyncDisposableStack()
  const copies = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, createCopy))
  for (const copy of copies) stack.use(copy)
  const waiting = [...chosen]
  const survivors: Mutant[] = []
  const work = async (copy: Copy) => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      if (await isKilled(mutant, copy)) continue
      survivors.push(mutant)
      say(`survived  ${mutant.file}:${mutant.line}  ${mutant.from.slice(0, 60)} → ${mutant.to.slice(0, 60)}`)
    }
  }
  await refuseRed(chosen, copies[0])
  await Promise.all(copies.map(work))
  const killed = ((chosen.length - survivors.length) / chosen.length) * 100
  say(`${killed.toFixed(1)} % killed, ${survivors.length} of ${chosen.length} survived`)
  return killed < Number(values.at) ? 1 : 0
}

/** Tests that fail anyway would kill every mutant. */
async function refuseRed(mutants: readonly Mutant[], copy: Copy | undefined): Promise<void> {
  const tests = new Set(mutants.map(testsOf).flat(2))
  const outcome = await copy?.run([...tests], 5 * TIMEOUT_MS)
  if (outcome !== 'passed') throw new Error(`Without any mutant the tests ${outcome}; they must pass first.`)
}

process.exitCode = await main()
