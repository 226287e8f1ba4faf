import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Asked, type Hostile, json, startHostile } from '../harness/hostile.ts'
import { type Ended, runProgram } from '../harness/program.ts'
import { catalogOf, errorsOf, read, recordsOf } from '../harness/sync.ts'

/** What the page of another connector tells people to type, and what is to come of it here. */
interface Row {
  readonly says: string
  readonly stream: Readonly<Record<string, unknown>>
  /** What the request is like that was made for it. */
  readonly asked?: RegExp
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: RegExp
  readonly records?: readonly object[]
  readonly error?: RegExp
}

const DAY = '\\d{4}-\\d\\d-\\d\\dT\\d\\d%3A\\d\\d%3A\\d\\dZ'
const CALLS = [{ id: 'c1' }, { id: 'c2' }]
const at = (name: string) => ({ url: `/${name}`, data_path: `$.${name}[*]` })

const ROWS: readonly Row[] = [
  { says: 'GET retrieves the list of calls', stream: at('calls'), asked: /^\/calls$/, records: CALLS },
  {
    says: 'POST sends a body, as searches take it',
    stream: { ...at('calls'), method: 'POST', body: '{"filter": {"state": "open"}}' },
    body: /^\{"filter": \{"state": "open"\}\}$/,
    records: CALLS,
  },
  {
    says: 'the complete address, with protocol and path, is used as it is',
    stream: { ...at('calls'), url: 'BASE/calls' },
    asked: /^\/calls$/,
    records: CALLS,
  },
  {
    says: '{now} is the current time, as ISO 8601',
    stream: { ...at('calls'), url: '/calls?endDate={now}' },
    asked: new RegExp(`^/calls\\?endDate=${DAY}$`),
    records: CALLS,
  },
  {
    says: '{now-1} is one unit before it',
    stream: { ...at('calls'), url: '/calls?startDate={now-1}' },
    asked: new RegExp(`startDate=${DAY}$`),
    records: CALLS,
  },
  {
    says: '{now+1} is one unit after it',
    stream: { ...at('calls'), url: '/calls?endDate={now+1}' },
    asked: new RegExp(`endDate=${DAY}$`),
    records: CALLS,
  },
  {
    says: '(now-4) is four units before it, as it is written there',
    stream: { ...at('calls'), url: '/calls?startDate=(now-4)' },
    asked: new RegExp(`startDate=${DAY}$`),
    records: CALLS,
  },
  {
    says: '{(now-4)} is the same, typed into the braces that the menu opens',
    stream: { ...at('calls'), url: '/calls?startDate={(now-4)}' },
    asked: new RegExp(`startDate=${DAY}$`),
    records: CALLS,
  },
  {
    says: 'a start and an end advance with each run',
    stream: { ...at('calls'), url: '/calls?startDate={now-1}&endDate={now}' },
    asked: new RegExp(`startDate=${DAY}&endDate=${DAY}$`),
    records: CALLS,
  },
  {
    says: "the date format is a pattern such as yyyy-MM-dd'T'HH:mm:ss'Z'",
    stream: { ...at('calls'), url: '/calls?d={now}', date_format: "yyyy-MM-dd'T'HH:mm:ss'Z'" },
    asked: new RegExp(`d=${DAY}$`),
    records: CALLS,
  },
  {
    says: 'the date format may leave out the time',
    stream: { ...at('calls'), url: '/calls?d={now}', date_format: 'yyyy-MM-dd' },
    asked: /d=\d{4}-\d\d-\d\d$/,
    records: CALLS,
  },
  {
    says: 'the unit in which macros count is chosen',
    stream: { ...at('calls'), url: '/calls?d={now-1}', time_unit: 'year', date_format: 'yyyy' },
    asked: new RegExp(`d=${new Date().getUTCFullYear() - 1}$`),
    records: CALLS,
  },
  {
    says: 'a column of a lookup is a macro in the path',
    stream: { url: '/lists/{lists.list_id}/leads', lookups: ['lists'], data_path: '$.leads[*]' },
    asked: /^\/lists\/l1\/leads$/,
    records: [{ id: 'lead-of-l1' }, { id: 'lead-of-l2' }],
  },
  {
    says: "the id in the path as that page writes it, {'{list_id}'}, is refused with what to write",
    stream: { url: "/lists/{'{list_id}'}/leads" },
    error: /\{LOOKUP\.COLUMN\}.*\{parent\.FIELD\}/,
  },
  { says: 'agents are under agents', stream: at('agents'), records: [{ id: 'a1' }] },
  { says: 'applications are under applications', stream: at('applications'), records: [{ id: 'p1' }] },
  { says: 'leads are under leads', stream: at('leads'), records: [{ id: 'd1' }] },
  {
    says: 'business hours are under data',
    stream: { url: '/business-hours', data_path: '$.data[*]' },
    records: [{ id: 'h1' }],
  },
  {
    says: 'a path leads to an object as to a list',
    stream: { url: '/one', data_path: '$.call' },
    records: [{ id: 'c1' }],
  },
  {
    says: 'XML has an XPath with slashes',
    stream: { url: '/xml', response_format: 'xml', data_path: '/response/data/item' },
    records: [{ id: '1' }, { id: '2' }],
  },
  {
    says: 'what is outside the path is metadata of each record',
    stream: { ...at('calls'), metadata_path: '$.total' },
    records: CALLS.map(call => ({ ...call, metadata: 2 })),
  },
  {
    says: 'metadata of XML has an XPath too',
    stream: {
      url: '/xml',
      response_format: 'xml',
      data_path: '/response/data/item',
      metadata_path: '/response/meta',
    },
    records: ['1', '2'].map(id => ({ id, metadata: { total: '2' } })),
  },
  {
    says: 'headers are pairs such as header1:value1,header2:value2',
    stream: { ...at('calls'), headers: 'header1:value1,header2:value2' },
    headers: { header1: 'value1', header2: 'value2' },
    records: CALLS,
  },
  {
    says: 'the headers of the sign-in need not be typed',
    stream: at('calls'),
    headers: { 'x-auth-access-id': 'an-id', 'x-auth-access-token': 'a-token' },
    records: CALLS,
  },
]

const BODIES: Readonly<Record<string, unknown>> = {
  '/calls': { calls: CALLS, total: 2 },
  '/agents': { agents: [{ id: 'a1' }] },
  '/applications': { applications: [{ id: 'p1' }] },
  '/leads': { leads: [{ id: 'd1' }] },
  '/business-hours': { data: [{ id: 'h1' }] },
  '/one': { call: { id: 'c1' } },
  '/xml':
    '<response><meta><total>2</total></meta><data><item><id>1</id></item><item><id>2</id></item></data></response>',
}

function bodyOf({ url }: Asked): unknown {
  const [path = ''] = url.split('?', 1)
  const [, list] = /^\/lists\/(\w+)\/leads$/.exec(path) ?? []
  return list === undefined ? BODIES[path] : { leads: [{ id: `lead-of-${list}` }] }
}

const nameOf = (row: Row) => `row_${ROWS.indexOf(row)}`
let server: Hostile
let synced: Ended
const config = (rows: readonly Row[]) => ({
  base_url: server.url,
  credentials: { auth_type: 'access_token', access_id: 'an-id', access_token: 'a-token' },
  lookups: [{ name: 'lists', source: { type: 'csv', csv: 'list_id\nl1\nl2' } }],
  custom_streams: rows.map(row => ({
    name: nameOf(row),
    ...row.stream,
    url: String(row.stream['url']).replace('BASE', server.url),
  })),
})

before(async () => {
  server = await startHostile((asked, response) =>
    json(response, bodyOf(asked) ?? {}, bodyOf(asked) ? 200 : 404),
  )
  synced = await read({ config: config(ROWS), catalog: catalogOf(ROWS.map(nameOf)) })
})
after(() => server[Symbol.asyncDispose]())

/** The fields of records that were typed, without the catch-all in which a sync without a schema puts them. */
const bare = (records: readonly { additional_fields?: object }[]) =>
  records.map(({ additional_fields, ...record }) => ({ ...record, ...additional_fields }))

for (const row of ROWS) {
  test(row.says, async () => {
    const before = server.asked.length
    const args = ['sample', '--config', 'c.json', '--stream', nameOf(row), '--format', 'json']
    const sampled = await runProgram(args, { files: { 'c.json': config([row]) } })
    if (row.error !== undefined) {
      assert.match(sampled.stderr, row.error)
      const errors = errorsOf(synced).filter(error => error.stream_descriptor?.name === nameOf(row))
      assert.match(errors[0]?.message ?? '', row.error)
      return
    }
    const { records, error } = JSON.parse(sampled.stdout)
    assert.equal(error, undefined)
    assert.deepEqual(records, row.records)
    assert.deepEqual(bare(recordsOf(synced, nameOf(row))), row.records)
    const [first] = server.asked.slice(before)
    assert.match(first?.url ?? '', row.asked ?? /./)
    assert.match(first?.body ?? '', row.body ?? /^/)
    for (const [name, value] of Object.entries(row.headers ?? {})) assert.equal(first?.headers[name], value)
  })
}

test('a test of an endpoint suggests paths, and one that is taken and changed shows other records', async () => {
  const sample = (...args: string[]) =>
    runProgram(['sample', '--config', 'c.json', '--url', '/calls', '--format', 'json', ...args], {
      files: { 'c.json': config([]) },
    })
  const { suggestions } = JSON.parse((await sample('--suggest')).stdout)
  assert.equal(suggestions.data[0].path, '$.calls[*]')
  const { records } = JSON.parse((await sample('--data-path', '$.calls[0:1]')).stdout)
  assert.deepEqual(records, [{ id: 'c1' }])
})
