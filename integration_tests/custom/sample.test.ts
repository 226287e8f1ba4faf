import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import { runProgram } from '../harness/program.ts'
import { configFor, statsOf } from '../harness/sync.ts'

let simulator: Simulator
before(async () => {
  simulator = await startSimulator({ calls: 60, agents: 20, days: 5 })
})
after(() => simulator[Symbol.asyncDispose]())

const sample = (args: readonly string[], config: object = configFor(simulator)) =>
  runProgram(['sample', '--config', 'c.json', ...args], { files: { 'c.json': config } })

async function sampleJson(args: readonly string[], config?: object) {
  const { code, stdout, stderr } = await sample([...args, '--format', 'json'], config)
  return { code, stderr, ...JSON.parse(stdout) }
}

test('a built-in stream is shown before it is selected: its requests, first records and columns', async () => {
  const { code, stdout } = await sample(['--stream', 'agents', '--limit', '3'])
  assert.equal(code, 0)
  assert.match(stdout, /^Requests\n {2}GET \/api\/v2\/agents\?page=1&max=100\n {4}200 in \d+ ms, [\d.]+ kB\n/)
  assert.match(stdout, /Records \(the first 3\)\n {2}┌.*\n {2}│ id/)
  assert.match(stdout, /\nColumns\n(.*\n)* {2}enabled +boolean\n/)
  for (const line of stdout.split('\n')) assert.ok(line.length <= 130, line)
})

test('the columns of a built-in stream are those of its schema, whatever its first records hold', async () => {
  const { schema } = await sampleJson(['--stream', 'agents', '--limit', '1'])
  const declared = JSON.parse(await readFile(new URL('../../schemas/agents.json', import.meta.url), 'utf8'))
  assert.deepEqual(Object.keys(schema.properties), Object.keys(declared.properties))
})

test('every field of a custom stream can be tried, and what was tried is printed for the config and the form', async () => {
  const options = [
    ...['--url', '/api/v2/demo/tokens', '--data-path', '$.items[*]', '--as', 'my_calls'],
    ...['--pagination', 'next_token,token_path=$.paging.next,token_parameter=token'],
    ...['--primary-key', 'id', '--cursor-field', 'dateCreated', '--include-fields', 'chosen.id'],
    ...[
      '--lookup',
      'chosen',
      '--json-schema',
      '{"type": "object", "properties": {"id": {"type": "string"}}}',
    ],
  ]
  const source = { type: 'values', column: 'id', values: ['a'] }
  const config = configFor(simulator, { lookups: [{ name: 'chosen', source }] })
  const { code, entry, schema, records } = await sampleJson(options, config)
  assert.deepEqual([code, records.length > 0], [0, true])
  assert.deepEqual(Object.keys(schema.properties).slice(0, 1), ['id'])
  assert.deepEqual(entry, {
    name: 'my_calls',
    url: '/api/v2/demo/tokens',
    data_path: '$.items[*]',
    pagination: { type: 'next_token', token_path: '$.paging.next', token_parameter: 'token' },
    lookups: ['chosen'],
    include_fields: ['chosen.id'],
    primary_key: ['id'],
    cursor_field: 'dateCreated',
    json_schema: '{"type": "object", "properties": {"id": {"type": "string"}}}',
  })
  const { stdout } = await sample(options, config)
  assert.match(stdout, /\nFor the config, in the list custom_streams\n {2}\{\n {4}"name": "my_calls",\n/)
  assert.match(stdout, /\n {2}Paging: Token of the Next Page\n {4}Path to the Token: \$\.paging\.next\n/)
  assert.match(stdout, /\n {2}Primary Key: id\n {2}Cursor Field: dateCreated\n/)
})

test('what was printed for the config reads there as it was sampled', async () => {
  const options = [
    '--url',
    '/api/v2/demo/nested',
    '--data-path',
    '$.response.payload.entries[*]',
    '--as',
    'mine',
  ]
  const tried = await sampleJson(options)
  const saved = await sampleJson(
    ['--stream', 'mine'],
    configFor(simulator, { custom_streams: [tried.entry] }),
  )
  assert.deepEqual([saved.records, saved.schema], [tried.records, tried.schema])
})

test('a custom stream is shown as it will be read, and again when it was changed', async () => {
  const config = (data_path: string) =>
    configFor(simulator, { custom_streams: [{ name: 'mine', url: '/api/v2/demo/nested', data_path }] })
  const first = await sampleJson(['--stream', 'mine'], config('$.response.payload.places'))
  assert.deepEqual(first.records[0], { value: 0 })
  const second = await sampleJson(
    ['--stream', 'mine', '--limit', '2'],
    config('$.response.payload.entries[*]'),
  )
  assert.deepEqual(
    [second.records.length, Object.keys(second.records[0])],
    [2, ['id', 'dateCreated', 'duration', 'agentName']],
  )
  assert.equal(second.schema.properties.duration.type[1], 'integer')
})

test('an endpoint that is not in the config yet is tried, with macros and a body', async () => {
  const body = '{"query": {"from": "{now-4}"}, "size": 5}'
  const options = [
    '--url',
    '/api/v2/demo/search',
    '--method',
    'POST',
    '--body',
    body,
    '--data-path',
    '$.result.hits',
  ]
  const { records, requests } = await sampleJson(options)
  assert.equal(records.length, 5)
  assert.deepEqual([requests[0].method, requests[0].status], ['POST', 200])
  assert.match(requests[0].body, /^\{"query": \{"from": "20\d\d-/)
})

for (const [world, url, path] of [
  ['documented', '/api/v2/agents', '$.items[*]'],
  ['documented', '/auth/scim/v2/Users', '$.Resources[*]'],
  ['documented', '/api/v3/tasks', '$.records[*]'],
  ['documented', '/api/v2/demo/nested', '$.response.payload.entries[*]'],
  ['documented', '/api/v2/demo/bare', '$[*]'],
  ['documented', '/api/v2/demo/xml/calls', '/response/data/item'],
  ['seed', '/api/v2/calls', '$.calls[*]'],
  ['seed', '/api/v2/agents', '$.agents[*]'],
  ['seed', '/api/v2/applications', '$.applications[*]'],
  ['seed', '/api/v2/business-hours', '$.data[*]'],
] as const) {
  test(`the first suggestion for ${url} in the ${world} world is ${path}, with its count and first record`, async () => {
    await using other = await startSimulator({ world, calls: 30 })
    const format = url.includes('xml') ? ['--response-format', 'xml'] : []
    const { code, suggestions } = await sampleJson(['--url', url, '--suggest', ...format], configFor(other))
    const [best] = suggestions.data
    assert.equal(code, 0)
    assert.equal(best.path, path)
    assert.ok(best.count > 0 && typeof best.first === 'object')
  })
}

test('metadata beside the records is suggested too', async () => {
  const { suggestions } = await sampleJson(['--url', '/api/v2/agents', '--suggest'])
  assert.ok(suggestions.metadata.includes('$.pagination'))
})

test('a path that finds nothing is reported with what was there, and suggestions are still made', async () => {
  const { code, stdout, stderr } = await sample([
    '--url',
    '/api/v2/agents',
    '--data-path',
    '$.calls[*]',
    '--suggest',
  ])
  assert.equal(code, 1)
  assert.match(stdout, /200 in .*no records.*Paths to the data, best first\n {2}\$\.items\[\*\]\n/s)
  assert.match(
    stderr,
    /\$\.calls\[\*\], which finds nothing in any response: there are the keys items, pagination/,
  )
})

test('an endpoint that is not there is reported with its status', async () => {
  const { code, requests, error } = await sampleJson(['--url', '/api/v2/nowhere'])
  assert.deepEqual([code, requests.at(-1).status], [1, 404])
  assert.match(error, /was not accepted \(404.*Fix its url/)
})

test('secrets are masked in all that is shown', async () => {
  const headers = 'X-Api-Key:very-secret-key,X-Plain:shown'
  const config = configFor(simulator, {
    custom_streams: [{ name: 'mine', url: '/api/v2/demo/bare?api_key=hidden-one', headers }],
  })
  for (const format of ['table', 'json']) {
    const { stdout, stderr } = await sample(['--stream', 'mine', '--format', format], config)
    assert.match(stdout, /api_key=\*\*\*\*/)
    assert.doesNotMatch(stdout + stderr, /very-secret-key|hidden-one|demo-password/)
  }
})

test('a stream that changes data is not sampled, and one that does not exist is named', async () => {
  const config = configFor(simulator, { agent_sync: { enabled: true, path: '/api/v2/env-sync/agents' } })
  const { code, stderr } = await sample(['--stream', 'agent_sync'], config)
  assert.deepEqual([code, (await statsOf(simulator)).syncs], [1, 0])
  assert.match(stderr, /changes data with each request/)
  assert.match((await sample(['--stream', 'nobody'])).stderr, /There is no stream nobody\. .*discover/)
})

const usage = [
  [[], /Name what to sample/],
  [['--stream', 'agents', '--url', '/x'], /--stream and --url both say what to sample: give one of them\./],
  [['--stream', 'agents', '--limit', '0'], /--limit must be a whole number from 1 to 1000/],
  [['--url', 'nowhere'], /sampled_url\)\.url must be a path/],
  [['--stream', 'agents', '--as', 'mine'], /--as names an endpoint .* give it with --url/],
  [['--url', '/x', '--pagination', 'pages'], /pagination needs type, one of none, page, offset/],
  [
    ['--url', '/x', '--pagination', 'page,sze=5'],
    /pagination\.sze is not a known field; did you mean size\?/,
  ],
  [['--url', '/x', '--pagination', 'page,size=many'], /pagination\.size must be/],
  [
    ['--url', '/x', '--as', 'not a name'],
    /custom_streams\[0\]\.name must look like letters, digits and underscores/,
  ],
  [['--url', '/x', '--parallelism', '0'], /parallelism must be at least 1/],
] as const
for (const [args, says] of usage) {
  test(`sample ${args.join(' ')} says what is wrong`, async () => {
    const { code, stdout, stderr } = await sample(args)
    assert.ok(code !== 0)
    assert.equal(stdout, '')
    assert.match(stderr, says)
  })
}

test('a refresh token is not spent unless there is a file for the next one, which only its owner can read', async () => {
  const granted = await fetch(`${simulator.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      username: 'demo@example.com',
      password: 'demo-password',
      client_id: 'manager',
    }),
  })
  const { refresh_token } = (await granted.json()) as { refresh_token: string }
  const credentials = { auth_type: 'refresh_token', refresh_token, client_id: 'manager' }
  const config = { base_url: simulator.url, credentials }
  const refused = await sample(['--stream', 'agents'], config)
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /--save-config/)
  const folder = await mkdtemp(join(tmpdir(), 'sample-'))
  try {
    const file = join(folder, 'next.json')
    const { code, stdout } = await sample(['--stream', 'agents', '--save-config', file], config)
    const saved = JSON.parse(await readFile(file, 'utf8'))
    assert.equal(code, 0)
    assert.notEqual(saved.credentials.refresh_token, refresh_token)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    assert.ok(!stdout.includes(saved.credentials.refresh_token))
  } finally {
    await rm(folder, { recursive: true })
  }
})
