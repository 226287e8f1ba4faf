import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../../simulator/server.ts'
import { makeFolder, manifestOf, queryViews } from '../harness/folder.ts'
import { json, startHostile } from '../harness/hostile.ts'
import { configFor } from '../harness/sync.ts'

/** A server whose only list is what `set` was given last, as it is written. */
async function serve() {
  let records = '[]'
  const server = await startHostile((_, response) => json(response, records))
  const set = (text: string) => {
    records = text
  }
  return { ...server, set }
}

/** A config with a custom stream `things` that reads from this server. */
function configOf({ url }: { readonly url: string }, more: object = {}): object {
  const things = { name: 'things', url: '/things', primary_key: ['id'], ...more }
  return {
    base_url: url,
    credentials: { auth_type: 'bearer', bearer_token: 'token-of-views' },
    custom_streams: [things],
  }
}

const typed = (properties: object) => ({ json_schema: JSON.stringify({ type: 'object', properties }) })

test('a value that its column cannot hold is empty, and fails no query', async () => {
  await using server = await serve()
  const columns = { id: { type: 'string' }, n: { type: 'integer' } }
  await using folder = await makeFolder(configOf(server, typed(columns)))
  server.set('[{"id":"a","n":7},{"id":"b","n":9223372036854775808},{"id":"c","n":1e300},{"id":"d"}]')
  const { code, stderr } = await folder.sync(['--streams', 'things'])
  assert.equal(code, 0, stderr)
  const [rows] = await queryViews(folder, ['SELECT id, n, n + 1 FROM things ORDER BY id'])
  assert.deepEqual(rows, [
    ['a', '7', '8'],
    ['b', null, null],
    ['c', null, null],
    ['d', null, null],
  ])
})

test('columns that differ in capitals only, and one that is called _extracted_at, lose nothing', async () => {
  await using server = await serve()
  await using folder = await makeFolder(configOf(server, { primary_key: ['ID'] }))
  server.set('[{"id":1,"ID":"a","_extracted_at":"then","x":1.5},{"id":2,"ID":"b","x":2}]')
  const { code, stderr } = await folder.sync(['--streams', 'things'])
  assert.equal(code, 0, stderr)
  const [rows] = await queryViews(folder, [
    'SELECT "ID", x, additional_fields, _extracted_at > TIMESTAMPTZ \'2000-01-01\' FROM things ORDER BY 1',
  ])
  assert.deepEqual(rows, [
    ['a', 1.5, '{"id":1,"_extracted_at":"then"}', true],
    ['b', 2, '{"id":2}', true],
  ])
})

for (const [says, columns] of [
  ['a column holds', { json_schema: undefined }],
  ['no column holds', typed({ n: { type: 'integer' }, at: { type: 'string', format: 'date-time' } })],
] as const)
  test(`of records with the same key the newest counts, where the key is within a value that ${says}`, async () => {
    await using server = await serve()
    const things = { primary_key: ['meta.id', 'n'], cursor_field: 'at', ...columns }
    await using folder = await makeFolder(configOf(server, things))
    const at = new Date(Date.now() - 60_000).toISOString()
    server.set(JSON.stringify(['a', 'b'].map(id => ({ meta: { id }, n: 1, at }))))
    for (const _ of ['first', 'second']) {
      const { code, stderr } = await folder.sync(['--streams', 'things'])
      assert.equal(code, 0, stderr)
    }
    const { streams } = await manifestOf(folder)
    const [rows] = await queryViews(folder, ['SELECT count(*), sum(n) FROM things'])
    assert.deepEqual([streams.things.files.length, rows], [2, [['2', '2']]])
  })

test('a column that has changed its type reads old lines and new ones', async () => {
  await using server = await serve()
  const asText = configOf(server, typed({ id: { type: 'string' }, n: { type: 'string' } }))
  await using folder = await makeFolder(asText)
  server.set('[{"id":"a","n":"many"},{"id":"b","n":"12"}]')
  const first = await folder.sync(['--streams', 'things'])
  assert.equal(first.code, 0, first.stderr)
  const asNumber = configOf(server, typed({ id: { type: 'string' }, n: { type: 'integer' } }))
  await folder.write('config.json', JSON.stringify(asNumber))
  server.set('this is not a list')
  assert.equal((await folder.sync(['--streams', 'things'])).code, 1)
  const [rows] = await queryViews(folder, ['SELECT id, n FROM things ORDER BY id'])
  assert.deepEqual(rows, [
    ['a', null],
    ['b', '12'],
  ])
})

test('a list that is compressed from now on has no other file beside it, however the sync before it ended', async () => {
  await using simulator = await startSimulator({ agents: 3 })
  await using folder = await makeFolder(configFor(simulator))
  const args = ['--streams', 'agents']
  await folder.sync(args)
  const plain = await folder.read('data/agents/all.jsonl')
  await folder.sync([...args, '--gzip'])
  const { streams } = await manifestOf(folder)
  assert.deepEqual([streams.agents.files.length, streams.agents.files[0].path], [1, 'agents/all.jsonl.gz'])
  // As it is when the sync was killed between the two: the new file is in its place, and the one before it too.
  await folder.write('data/agents/all.jsonl', plain)
  const [{ stream }] = JSON.parse(await folder.read('data/state.json'))
  await folder.write(
    'data/state.json',
    JSON.stringify([{ type: 'STREAM', stream, part: streams.agents.files[0] }]),
  )
  const { code } = await folder.sync(['--streams', 'queues'])
  assert.equal(code, 0)
  await assert.rejects(folder.read('data/agents/all.jsonl'), { code: 'ENOENT' })
  assert.deepEqual(await queryViews(folder, ['SELECT count(*) FROM agents']), [[['3']]])
})
