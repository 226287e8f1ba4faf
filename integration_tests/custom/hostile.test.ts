import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { bearer, json, peakOf, startHostile, WATCHED } from '../harness/hostile.ts'
import { runProgram } from '../harness/program.ts'
import { catalogOf, errorsOf, read, recordsOf } from '../harness/sync.ts'

const MOST_MIB = 700
const MOST_MS = 60_000

/** A bomb of ten entities that unfold tenfold each, an entity that is a file, and one on another host. */
const BOMB = `<!DOCTYPE r [<!ENTITY a0 "lol">${Array.from({ length: 10 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`).join('')}]><r><i>&a10;</i></r>`
const FILE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><i>&x;</i></r>'

/** A tree of the given breadth at every level. */
function tree(breadth: number, depth: number): object {
  return depth === 0
    ? {}
    : Object.fromEntries(Array.from({ length: breadth }, (_, n) => [`k${n}`, tree(breadth, depth - 1)]))
}

const XML = { response_format: 'xml', data_path: '/r/i' }

interface Attack {
  readonly says: string
  readonly body: unknown
  readonly stream: object
  readonly error: RegExp
}

const ATTACKS: readonly Attack[] = [
  { says: 'a billion laughs', body: BOMB, stream: XML, error: /document type/ },
  { says: 'an entity that is a file', body: FILE, stream: XML, error: /document type/ },
  {
    says: 'XML of seventeen megabytes',
    body: `<r>${'<i>x</i>'.repeat(2_200_000)}</r>`,
    stream: XML,
    error: /at most 16/,
  },
  {
    says: 'XML that is nested a hundred thousand levels deep',
    body: '<r>'.repeat(100_000) + '</r>'.repeat(100_000),
    stream: XML,
    error: /nested more than 1000 levels/,
  },
  {
    says: 'an XPath that compares all with all',
    body: `<r>${'<a><b/><b/><b/></a>'.repeat(20_000)}</r>`,
    stream: { ...XML, data_path: '//*[count(//*[count(//*) > 1]) > 1]' },
    error: /takes too long/,
  },
  {
    says: 'a JSONPath that multiplies at every level',
    body: tree(9, 6),
    stream: { data_path: '$..*..*..*..*' },
    error: /takes too long|finds more than/,
  },
  {
    says: 'a pattern in a JSONPath that tries for ever',
    body: [{ a: `${'a'.repeat(40)}!` }],
    stream: { data_path: "$[?match(@.a, '(a+)+b')]" },
    error: /takes too long/,
  },
  {
    says: 'JSON that is nested a hundred thousand levels deep',
    body: '['.repeat(100_000) + ']'.repeat(100_000),
    stream: { data_path: '$..id' },
    error: /nested|too long|out of stack/,
  },
]

const config = (url: string, stream: object) => ({
  ...bearer(url),
  custom_streams: [{ name: 'mine', url: '/mine', ...stream }],
})

for (const { says, body, stream, error } of ATTACKS) {
  test(`${says} ends the stream with a sentence, in bounded time and memory`, async () => {
    const answer = (_: unknown, response: ServerResponse) =>
      typeof body === 'string' ? void response.end(body) : json(response, body)
    await using server = await startHostile(answer)
    const startedAt = performance.now()
    const ended = await read({
      config: config(server.url, stream),
      catalog: catalogOf(['mine']),
      env: WATCHED,
    })
    assert.equal(ended.code, 1)
    assert.match(errorsOf(ended).at(-1)?.message ?? '', error)
    assert.doesNotMatch(ended.stdout, /root:.*:0:0/)
    assert.ok(performance.now() - startedAt < MOST_MS)
    assert.ok(peakOf(ended) < MOST_MIB, `${peakOf(ended)} MiB`)
  })
}

test('a single record of ten megabytes is read', async () => {
  await using server = await startHostile((_, response) =>
    json(response, [{ id: 1, text: 'x'.repeat(10_000_000) }]),
  )
  const ended = await read({
    config: config(server.url, { data_path: '$[*]' }),
    catalog: catalogOf(['mine']),
    env: WATCHED,
  })
  assert.equal(ended.code, 0)
  assert.equal(recordsOf(ended, 'mine')[0].additional_fields.text.length, 10_000_000)
  assert.ok(peakOf(ended) < MOST_MIB, `${peakOf(ended)} MiB`)
})

test('a field called __proto__ comes through whole, and nothing else changes', async () => {
  const text =
    '{"items": [{"id": 1, "__proto__": {"polluted": true}, "constructor": "x"}], "meta": {"__proto__": {"y": 1}}}'
  await using server = await startHostile((_, response) => json(response, text))
  const stream = { data_path: '$.items[*]', metadata_path: '$.meta', primary_key: ['id'] }
  const ended = await read({ config: config(server.url, stream), catalog: catalogOf(['mine']) })
  assert.equal(ended.code, 0, ended.stdout)
  assert.match(ended.stdout, /"__proto__":\{"polluted":true\}/)
  assert.match(ended.stdout, /"metadata":\{"__proto__":\{"y":1\}\}/)
})

test('credentials never reach another host: by its address, by a next page, by a redirect', async () => {
  await using other = await startHostile((_, response) => json(response, [{ id: 1 }]))
  await using home = await startHostile(({ url }, response) => {
    if (url.startsWith('/leads')) json(response, { items: [{ id: 1 }], next: `${other.url}/leads` })
    else if (url.startsWith('/moved')) response.writeHead(302, { location: `${other.url}/moved` }).end()
    else json(response, [])
  })
  const custom_streams = [
    { name: 'abroad', url: `${other.url}/abroad`, data_path: '$[*]' },
    {
      name: 'led',
      url: '/leads',
      data_path: '$.items[*]',
      pagination: { type: 'next_url', url_path: '$.next' },
    },
    { name: 'moved', url: '/moved', data_path: '$[*]' },
  ]
  const ended = await read({
    config: { ...bearer(home.url), custom_streams },
    catalog: catalogOf(['abroad', 'led', 'moved']),
  })
  assert.equal(ended.code, 1)
  assert.equal(recordsOf(ended, 'abroad').length, 1)
  assert.deepEqual(
    other.asked.map(({ url }) => url),
    ['/abroad'],
  )
  for (const { headers } of other.asked) assert.equal(headers.authorization, undefined)
  assert.match(
    errorsOf(ended)
      .map(({ message }) => message)
      .join(),
    /on another host/,
  )
  assert.match(
    ended.stdout,
    new RegExp(`abroad: reads from ${other.url}, without the Babelforce credentials`),
  )
})

test('a 401 of another host is a matter of the one stream', async () => {
  await using other = await startHostile((_, response) => json(response, {}, 401))
  await using home = await startHostile((_, response) => json(response, [{ id: 1 }]))
  const custom_streams = [
    { name: 'abroad', url: `${other.url}/x` },
    { name: 'mine', url: '/mine' },
  ]
  const ended = await read({
    config: { ...bearer(home.url), custom_streams },
    catalog: catalogOf(['abroad', 'mine']),
  })
  assert.equal(recordsOf(ended, 'mine').length, 1)
  assert.deepEqual(
    errorsOf(ended).map(({ failure_type, stream_descriptor }) => [failure_type, stream_descriptor.name]),
    [['config_error', 'abroad']],
  )
})

test('what an endpoint answers cannot steer the terminal of who samples it', async () => {
  const nasty = '\u001b[2J\u001b]0;owned\u0007\u009b31m'
  await using server = await startHostile((_, response) => json(response, [{ [nasty]: nasty, id: nasty }]))
  const args = ['sample', '--config', 'c.json', '--url', '/x', '--suggest']
  const { stdout } = await runProgram(args, { files: { 'c.json': bearer(server.url) } })
  assert.doesNotMatch(stdout, /[\p{Cc}--\n]/v)
  assert.match(stdout, /Paths to the data/)
})
