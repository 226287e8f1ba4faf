import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSimulator } from '../../simulator/server.ts'
import {
  flawsOf,
  idsInView,
  makeFolder,
  manifestOf,
  partSaved,
  queryViews,
  type SyncFolder,
} from '../harness/folder.ts'
import { advance, configFor, idsOf } from '../harness/sync.ts'

/** Rounds of a folder that is killed five times and then read to its end. KILLS=50 is what a release is tried with. */
const PER_ROUND = 5
const ROUNDS = Math.ceil(Number(process.env['KILLS'] ?? 10) / PER_ROUND)
const SEED = Number(process.env['SEED'] ?? Date.now() % 100_000)

const WORLD = { calls: 2500, agents: 40, lists: 3, leads: 60 }
const STREAMS = ['calls', 'call_records', 'agents', 'conversations', 'sms', 'outbound_leads']
/** Saves after every step, so that kills fall between all of them. */
const env = { SOURCE_BABELFORCE_SAVE_EVERY_MS: '0' }

test(`a sync that is killed at random goes on where it was (SEED=${SEED})`, async () => {
  const random = randomFrom(SEED)
  for (let round = 0; round < ROUNDS; round++) {
    const requests = countRequests()
    await using simulator = await startSimulator({ ...WORLD, watch: requests.count })
    await using folder = await makeFolder(configFor(simulator))
    const args = ['--streams', STREAMS.join(), ...(random() < 0.5 ? ['--gzip'] : [])]
    for (let kill = 0; kill < PER_ROUND; kill++) {
      // The first kill of a round always comes upon records that are saved in an unfinished file.
      const at = kill === 0 ? () => partSaved(folder) : requests.someMore(random)
      const ended = await folder.sync(args, { env, kill: { signal: 'SIGKILL', at } })
      assert.equal(ended.stderr.includes('Error'), false, ended.stderr)
      assert.deepEqual(await flawsAfterKill(folder), [])
      await advance(simulator, `calls=${Math.floor(random() * 50)}`)
    }
    const wanted = await idsIn(simulator)
    const ended = await folder.sync(args, { env })
    assert.equal(ended.code, 0, ended.stderr)
    assert.deepEqual(await flawsOf(folder), [])
    await assertWhole(folder, wanted, await idsIn(simulator))
  }
})

/** How many requests a sync of this world makes at least, all but the last few of them within its first run. */
const REQUESTS = 40

/** Counts requests. Kills are timed by them, so that they come at every stage of a sync, however slow the machine is. */
function countRequests() {
  let made = 0
  const waiting = new Map<number, () => void>()
  return {
    count() {
      made++
      waiting.get(made)?.()
    },
    /** Waits for a random number of requests, and then for up to 50 ms, in which their records are written. */
    someMore: (random: () => number) => {
      const [more, ms] = [1 + Math.floor(random() * REQUESTS), random() * 50]
      return async () => {
        await new Promise<void>(done => waiting.set(made + more, done))
        await sleep(ms)
      }
    },
  }
}

/** What is wrong after a kill, but for files that are in the middle of being replaced: those are the next sync's to finish. */
async function flawsAfterKill(folder: SyncFolder): Promise<string[]> {
  const state = await folder.read('data/state.json').catch(() => '[]')
  const moving = JSON.parse(state).flatMap((one: { part?: { path: string } }) => one.part?.path ?? [])
  const flaws = await flawsOf(folder).catch(error => (error.code === 'ENOENT' ? [] : [String(error)]))
  return flaws.filter(flaw => !moving.some((path: string) => flaw.includes(path)))
}

/** The ids of each stream in the world. A call that is going on still grows legs, so later there may be more. */
async function idsIn(simulator: { readonly url: string }): Promise<Map<string, Set<string>>> {
  return new Map(
    await Promise.all(STREAMS.map(async name => [name, new Set(await idsOf(simulator, name))] as const)),
  )
}

type Ids = ReadonlyMap<string, ReadonlySet<string>>

/** The views hold what the world held before the sync, and nothing that it does not hold. */
async function assertWhole(folder: SyncFolder, before: Ids, after: Ids): Promise<void> {
  for (const stream of STREAMS) {
    const found = await idsInView(folder, stream)
    assert.equal(new Set(found).size, found.length, `${stream}: a key comes twice`)
    assert.deepEqual(
      [...(before.get(stream) ?? [])].filter(id => !found.includes(id)),
      [],
      `${stream}: missing`,
    )
    assert.deepEqual(
      found.filter(id => !after.get(stream)?.has(id)),
      [],
      `${stream}: unknown`,
    )
  }
  const { streams } = await manifestOf(folder)
  const listed = streams.calls.files.reduce(
    (sum: number, { records }: { records: number }) => sum + records,
    0,
  )
  const [[[lines] = []] = []] = await queryViews(folder, [
    `SELECT count(*) FROM read_json('${folder.path.replace(/'/g, "''").replace(/\[/g, '[[]')}/calls/*')`,
  ])
  assert.equal(Number(lines), listed)
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let at = seed
  return () => {
    at = (at + 0x6d2b79f5) | 0
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
