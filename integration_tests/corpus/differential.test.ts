import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Line } from '../../src/engine/bytes/raw-record.ts'
import { readCorpus, received } from './corpus.ts'
import { compareMutated } from './differential.ts'
import { createComparison } from './two-ways.ts'

const DAY_MS = 86_400_000
/** Another one each day; a day's is tried again with CORPUS_SEED. */
const SEED = Number(process.env['CORPUS_SEED'] ?? Math.floor(Date.now() / DAY_MS))
const COUNT = 100_000

test('every body of the corpus comes to the same, as bytes and parsed', async t => {
  const compare = await createComparison()
  const corpus = readCorpus()
  let lines = 0
  for (const body of corpus) {
    const answer = await received(body).catch(() => undefined)
    if (answer === undefined) continue
    const compared = compare(answer.bytes)
    assert.equal(compared.difference, undefined, `${body.kind}/${body.name}`)
    lines += compared.lines
  }
  const kinds = new Set(corpus.map(({ kind }) => kind))
  t.diagnostic(`${corpus.length} bodies of ${kinds.size} kinds, ${lines} records stayed bytes`)
  assert.ok(corpus.length >= 200 && kinds.size >= 10 && lines >= 150)
})

test(`${COUNT} changed bodies come to the same, as bytes and parsed, seed ${SEED}`, async t => {
  const { mismatches, taken, lines } = await compareMutated(COUNT, SEED)
  t.diagnostic(`seed ${SEED}: ${taken} of ${COUNT} bodies held records, ${lines} of which stayed bytes`)
  assert.deepEqual(
    mismatches.map(({ body, difference }) => [body.toString('latin1'), difference]).slice(0, 3),
    [],
  )
  assert.ok(taken > COUNT / 10 && lines > COUNT / 10, 'most changes must leave something to compare')
})

/** Bugs of the fast way. */
const PLANTS: ReadonlyArray<{ says: string; plant: (line: Line) => Line }> = [
  { says: 'a key that is cut', plant: line => ({ ...line, key: line.key?.slice(0, -1) }) },
  { says: 'a time that is another', plant: line => ({ ...line, moment: 0 }) },
  { says: 'a parent that is missing', plant: line => ({ ...line, parent: undefined }) },
  { says: 'a record that is too short', plant: line => ({ ...line, end: line.end - 1 }) },
]

for (const { says, plant } of PLANTS) {
  test(`a difference that is planted is found: ${says}`, async () => {
    const bytes = Buffer.from('{"items":[{"id":"a","dateCreated":"2026-01-31T12:00:00Z","state":"x"}]}')
    const compare = await createComparison(scan => (answer, key) => {
      const scanned = scan(answer, key)
      return scanned && { ...scanned, rows: scanned.rows.map(row => ('bytes' in row ? plant(row) : row)) }
    })
    assert.notEqual(compare(bytes).difference, undefined)
    assert.equal((await createComparison())(bytes).difference, undefined)
  })
}
