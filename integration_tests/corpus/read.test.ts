import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../../simulator/server.ts'
import { STREAMS } from '../../src/streams/index.ts'
import { catalogOf, configFor, read, recordsOf } from '../harness/sync.ts'
import { readCorpus } from './corpus.ts'
import { readBodies } from './reading.ts'

/** Bodies of this kind are asked for again and again; a few say what all would. */
const BROKEN = ['NaN', 'cut off in a record', 'a page of HTML']
const NOW = Date.parse('2026-01-31T12:00:00Z')
const ZONES = ['UTC', 'America/Los_Angeles', 'Asia/Kolkata']

const corpus = readCorpus().filter(({ kind, name }) => kind !== 'broken' || BROKEN.includes(name))

test('every body of the corpus ends in records or in an error, said line by line', {
  timeout: 300_000,
}, async t => {
  const ends = await readBodies(corpus)
  let records = 0
  for (const [{ kind, name }, { code, messages, stderr, signal }] of ends) {
    const where = `${kind}/${name}`
    assert.deepEqual([signal, stderr], [null, ''], where)
    assert.ok(
      messages.every(({ type }) => type !== 'NOT JSON'),
      where,
    )
    assert.ok(code === 0 || messages.some(({ trace }) => trace?.type === 'ERROR'), where)
    const last = messages.findLast(({ trace }) => trace?.type === 'STREAM_STATUS')
    assert.equal(last?.trace.stream_status.status, code === 0 ? 'COMPLETE' : 'INCOMPLETE', where)
    records += recordsOf({ messages }, 'recordings').length
  }
  const failed = [...ends].filter(([, { code }]) => code !== 0).map(([{ kind }]) => kind)
  t.diagnostic(`${ends.size} reads, ${records} records, ${failed.length} ended with an error`)
  assert.deepEqual(
    [...new Set(failed)].filter(kind => ['blanks', 'letters', 'nesting', 'times'].includes(kind)),
    [],
  )
})

/** What a run says, but for when it said it, how long it took, and the fingerprint of the server's address. */
function lasting(stdout: string | undefined): string {
  return (stdout ?? '').replace(/"emitted_at":\d+|"(queried_at|origin)":"[^"]*"|\d+\.\d s\b/g, '')
}

test('a machine’s time zone changes not a byte of any moment', { timeout: 300_000 }, async () => {
  const bodies = corpus.filter(({ kind }) => kind === 'times')
  const perZone: string[][] = []
  for (const TZ of ZONES) {
    const ends = await readBodies(bodies, { TZ })
    perZone.push(bodies.map(body => lasting(ends.get(body)?.stdout)))
  }
  assert.ok(perZone.flat().every(text => text.includes('"RECORD"')))
  assert.deepEqual(perZone[1], perZone[0])
  assert.deepEqual(perZone[2], perZone[0])
})

test('a machine’s time zone changes not a byte of a full read', { timeout: 300_000 }, async t => {
  await using simulator = await startSimulator({ calls: 200, agents: 5, lists: 2, leads: 20, now: () => NOW })
  const names = STREAMS.filter(({ hidden, onlyIf }) => hidden !== true && onlyIf === undefined).map(
    ({ name }) => name,
  )
  // One request after the other, so that all is said in the same order.
  const settings = { concurrency: 1, start_date: '2026-01-01T00:00:00Z', end_date: '2026-01-31T12:00:00Z' }
  const perZone: string[][] = []
  for (const TZ of ZONES) {
    const ended = await read({
      config: configFor(simulator, settings),
      catalog: catalogOf(names),
      env: { TZ },
    })
    assert.equal(ended.code, 0, ended.stderr)
    perZone.push(lasting(ended.stdout).split('\n'))
  }
  t.diagnostic(`${names.length} streams, ${perZone[0]?.length} lines in each zone`)
  assert.ok((perZone[0]?.length ?? 0) > 1000)
  assert.deepEqual(perZone[1], perZone[0])
  assert.deepEqual(perZone[2], perZone[0])
})
