import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../../../simulator/server.ts'
import { bearer, json, startHostile } from '../../harness/hostile.ts'
import { catalogOf, configFor } from '../../harness/sync.ts'
import { docker, folderWith, HARDENED, image } from './docker.ts'

const ROWS = 500
/** The second in which all calls began: its window cannot be cut. */
const AT = Math.floor(Date.now() / 1000) - 10 * 86_400

/** Reads in a container of so much memory, and tells how that ended; records are counted only. */
async function readWithin(limit: string, config: object, catalog: object) {
  await using files = await folderWith({ 'config.json': config, 'catalog.json': catalog })
  const mount = ['--volume', `${files.path}:/config:ro`, '--workdir', '/config', '--memory', limit]
  const args = ['read', '--config', 'config.json', '--catalog', 'catalog.json']
  let records = 0
  const { code, lines } = await docker(['run', '--rm', ...HARDENED, ...mount, image(), ...args], line => {
    const isRecord = line.startsWith('{"type":"RECORD"')
    if (isRecord) records++
    return !isRecord
  })
  return { code, records, said: lines.map(line => JSON.parse(line)) }
}

/** An account with more calls in one second than memory holds the keys of, which are long. */
function startBulk() {
  return startHostile(({ url }, response) => {
    const { searchParams } = new URL(url, 'http://localhost')
    const [from = 0, to = 0, page = 1] = ['time.start', 'time.end', 'page'].map(name =>
      Number(searchParams.get(name)),
    )
    const pages = from <= AT && AT <= to ? 100_000 : 0
    const items = Array.from({ length: pages === 0 ? 0 : ROWS }, (_, row) => ({
      id: `${'x'.repeat(1000)}${page}-${row}`,
      dateCreated: new Date(AT * 1000).toISOString(),
    }))
    json(response, { items, pagination: { current: page, pages, max: ROWS, total: pages * ROWS } })
  })
}

const SMALL = [
  {
    limit: '128m',
    spent: /^The connector uses \d+ MB of the 128 MB of memory that it may use, and stops before/,
  },
  // Node takes about half of the container's memory for the limit of its heap.
  {
    limit: '512m',
    spent: /^The connector uses \d+ MB of the 2\d\d MB of heap that it may use, and stops before/,
  },
]

for (const { limit, spent } of SMALL) {
  test(`a read that needs more than ${limit} ends with a state and a sentence, and is not killed`, async () => {
    await using server = await startBulk()
    const config = { ...bearer(server.url), start_date: '2025-01-01', page_size: ROWS }
    const { code, records, said } = await readWithin(limit, config, catalogOf(['calls'], 'incremental'))
    assert.deepEqual([code, records > ROWS], [1, true])
    const errors = said.flatMap(one => one.trace?.error ?? [])
    assert.deepEqual([errors.length, errors[0].failure_type], [1, 'system_error'])
    assert.match(errors[0].message, spent)
    const states = said.filter(one => one.type === 'STATE')
    const { closed } = states.at(-1).state.stream.stream_state
    assert.ok(closed.length > 0, 'the time before is not read again')
    for (const [from, to] of closed)
      assert.ok(Date.parse(to) <= AT * 1000 || Date.parse(from) > AT * 1000, 'the second is still owed')
    assert.equal(states.at(-1).state.sourceStats.recordCount, records)
  })
}

test('200,000 records fit in 128 MB', async () => {
  await using simulator = await startSimulator({ calls: 100_000, days: 60, prerendered: true })
  const catalog = catalogOf(['calls', 'call_records'])
  const { code, records } = await readWithin('128m', configFor(simulator), catalog)
  assert.deepEqual([code, records > 200_000], [0, true])
})
