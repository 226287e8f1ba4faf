import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readCorpus } from '../corpus.ts'
import { readBodies } from '../reading.ts'

/** Runs where PYTHON names an interpreter with requirements.txt installed: .ci/image does. */
const SCRIPT = fileURLToPath(new URL('readers.py', import.meta.url))

interface Reading {
  readonly lines: number
  /** Each: the reader, why it refuses, and the line. */
  readonly problems: readonly (readonly [string, string, string])[]
  readonly versions: Readonly<Record<string, string>>
}

/** What two strict readers of JSON that are not Node's say to these lines. */
async function readStrictly(lines: string | Buffer): Promise<Reading> {
  const python = process.env['PYTHON']
  assert.ok(
    python,
    'PYTHON must name a Python that has strict/requirements.txt installed, as .ci/image makes one.',
  )
  const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(lines)
  return JSON.parse(await text(child.stdout))
}

test('every line of a read of the corpus is taken by orjson and pydantic', { timeout: 600_000 }, async t => {
  const bodies = readCorpus().filter(({ kind }) => kind !== 'broken')
  const ends = await readBodies(bodies)
  const { lines, problems, versions } = await readStrictly(
    [...ends.values()].map(({ stdout }) => stdout).join('\n'),
  )
  t.diagnostic(`${bodies.length} bodies, ${lines} lines, ${JSON.stringify(versions)}`)
  assert.deepEqual(problems.slice(0, 5), [])
  assert.ok(lines > 3 * bodies.length)
})

test('a line that is planted is refused by both', async () => {
  const planted = ['{"a":"\\ud800"}', '{"a":1', '{"a":NaN}', '{"a":1e400}', '[1]'].join('\n')
  const { problems } = await readStrictly(planted)
  assert.deepEqual(
    ['orjson', 'pydantic'].map(name => problems.filter(([reader]) => reader === name).length),
    [5, 4],
  )
  const { problems: broken } = await readStrictly(Buffer.from([0x22, 0xff, 0x22]))
  assert.equal(broken.length, 2)
})
