import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import { runProgram } from '../harness/program.ts'
import { configFor } from '../harness/sync.ts'

let simulator: Simulator
before(async () => {
  simulator = await startSimulator({ calls: 5 })
})
after(() => simulator[Symbol.asyncDispose]())

const FINE = { name: 'mine', url: '/api/v2/demo/bare' }
const lookup = (source: object) => ({ lookups: [{ name: 'lists', source }] })
const LOOKED_UP = { ...FINE, url: '/api/v2/x/{lists.id}', lookups: ['lists'] }
const IDS = lookup({ type: 'values', column: 'id', values: ['a'] })

/** What is wrong, the config's custom part, and what the sentence must say: where it is, and how to fix it. */
const rows: readonly (readonly [says: string, custom: object, where: RegExp, fix: RegExp])[] = [
  [
    'an unknown macro',
    stream({ url: '/x?d={yesterday}' }),
    /\(mine\)\.url .*\{yesterday\}/,
    /there are \{now\}/,
  ],
  [
    'a placeholder where there is no parent',
    stream({ url: '/x/{id}' }),
    /\(mine\)\.url .*\{id\}/,
    /\{parent\.FIELD\}/,
  ],
  ['half a window', stream({ url: '/x?f={window.start}' }), /\(mine\)\.url .*\{window\.start\}/, /use both/],
  [
    'a date pattern without quotes',
    stream({ date_format: 'yyyy-MM-ddTHH' }),
    /\(mine\)\.date_format .*letter T/,
    /quotes/,
  ],
  [
    'a date pattern of another language',
    stream({ date_format: '%Y-%m-%d' }),
    /\(mine\)\.date_format/,
    /yyyy-MM-dd'T'/,
  ],
  ['an address without a slash', stream({ url: 'api/v2/x' }), /\(mine\)\.url/, /begins with a slash/],
  [
    'a macro in the host',
    stream({ url: 'https://{now}.example.com/' }),
    /\(mine\)\.url/,
    /in the path and after it/,
  ],
  ['an address in the clear', stream({ url: 'http://example.com/x' }), /\(mine\)\.url/, /https:\/\//],
  [
    'an address with a password',
    stream({ url: 'https://me:secret@example.com/x' }),
    /\(mine\)\.url/,
    /into headers/,
  ],
  ['a space in the address', stream({ url: '/a b' }), /\(mine\)\.url/, /%20/],
  ['a body with GET', stream({ body: '{}' }), /\(mine\)\.body/, /choose POST/],
  [
    'a body that is not JSON',
    stream({ method: 'POST', body: '{"at": {now}}' }),
    /\(mine\)\.body/,
    /quotes around/,
  ],
  [
    'a list as a body that pages',
    stream({ method: 'POST', body: '[1]', pagination: { type: 'page' } }),
    /\(mine\)\.body/,
    /must be a JSON object/,
  ],
  ['a header without a colon', stream({ headers: 'Accept' }), /\(mine\)\.headers/, /name:value/],
  [
    'a header of the sign-in',
    stream({ headers: 'Authorization:Bearer abc' }),
    /\(mine\)\.headers/,
    /remove it/,
  ],
  [
    "a header that is the connector's own",
    stream({ headers: 'Host:evil' }),
    /\(mine\)\.headers/,
    /remove it/,
  ],
  [
    'a JSONPath without its root',
    stream({ data_path: 'calls[*]' }),
    /\(mine\)\.data_path/,
    /\$\.calls\[\*\]/,
  ],
  ['a broken JSONPath', stream({ data_path: '$.calls[' }), /\(mine\)\.data_path/, /./],
  ['an XPath for JSON', stream({ data_path: '/response/data' }), /\(mine\)\.data_path/, /\$/],
  ['a broken XPath', stream({ response_format: 'xml', data_path: '/a[' }), /\(mine\)\.data_path/, /./],
  ['a JSONPath for XML', stream({ response_format: 'xml', data_path: '$.a' }), /\(mine\)\.data_path/, /\//],
  ['a broken path to metadata', stream({ metadata_path: '$..[' }), /\(mine\)\.metadata_path/, /./],
  [
    'a broken path to the next token',
    stream({ pagination: { type: 'next_token', token_path: 'next', token_parameter: 't' } }),
    /\(mine\)\.pagination\.token_path/,
    /\$\.next/,
  ],
  [
    'a paging without its path',
    stream({ pagination: { type: 'next_url' } }),
    /custom_streams\[0\]\.pagination/,
    /needs url_path/,
  ],
  [
    'a paging that does not exist',
    stream({ pagination: { type: 'cursor' } }),
    /custom_streams\[0\]\.pagination/,
    /one of none, page/,
  ],
  [
    'a schema that is not JSON',
    stream({ json_schema: '{type: object}' }),
    /\(mine\)\.json_schema/,
    /such as/,
  ],
  [
    'a schema without columns',
    stream({ json_schema: '{"type": "object"}' }),
    /\(mine\)\.json_schema/,
    /"properties"/,
  ],
  [
    'a schema that is not valid',
    stream({ json_schema: '{"properties": {"id": {"type": "text"}}}' }),
    /\(mine\)\.json_schema is not a JSON schema/,
    /allowed values/,
  ],
  ['the name of a built-in stream', stream({ name: 'agents' }), /\(agents\)\.name/, /choose another/],
  ['a name twice', { custom_streams: [FINE, FINE] }, /custom_streams\[1\] \(mine\)\.name/, /choose another/],
  [
    'a name with a space',
    stream({ name: 'my stream' }),
    /custom_streams\[0\]\.name/,
    /letters, digits and underscores/,
  ],
  [
    'a parent that does not exist',
    stream({ url: '/x/{parent.id}', parent: 'nobody' }),
    /\(mine\)\.parent .*nobody/,
    /discover lists/,
  ],
  ['a parent that is not used', stream({ parent: 'queues' }), /\(mine\)\.parent/, /\{parent\.id\}/],
  [
    'a field that the parent lacks',
    stream({ url: '/x/{parent.uid}', parent: 'queues' }),
    /\(mine\)\.url .*parent\.uid/,
    /there are .*id/,
  ],
  [
    'a stream that is its own parent',
    stream({ url: '/x/{parent.id}', parent: 'mine' }),
    /\(mine\)\.parent .*mine, mine/,
    /break the cycle/,
  ],
  [
    'a cycle of three',
    {
      custom_streams: [
        { name: 'a', url: '/{parent.id}', parent: 'b' },
        { name: 'b', url: '/{parent.id}', parent: 'c' },
        { name: 'c', url: '/{parent.id}', parent: 'a' },
      ],
    },
    /\(b\)\.parent .*b, c, a, b/,
    /break the cycle/,
  ],
  [
    'a lookup that does not exist',
    { custom_streams: [LOOKED_UP] },
    /\(mine\)\.lookups .*lists/,
    /there are none/,
  ],
  [
    'a lookup that is not listed',
    { ...IDS, custom_streams: [{ ...LOOKED_UP, lookups: [] }] },
    /\(mine\)\.url .*lists\.id/,
    /lookups that the stream lists/,
  ],
  [
    'a lookup that is not used',
    { ...IDS, custom_streams: [{ ...FINE, lookups: ['lists'] }] },
    /\(mine\)\.lookups/,
    /\{lists\.COLUMN\}/,
  ],
  [
    'a column that a lookup lacks',
    { ...IDS, custom_streams: [{ ...LOOKED_UP, url: '/x/{lists.uid}' }] },
    /\(mine\)\.url .*lists\.uid/,
    /there are .*\{lists\.id\}/,
  ],
  [
    'a lookup without rows',
    { ...lookup({ type: 'csv', csv: 'id\n' }), custom_streams: [LOOKED_UP] },
    /lookups\[0\] \(lists\)\.source\.csv/,
    /no rows/,
  ],
  [
    'a lookup with a row that is too long',
    { ...lookup({ type: 'csv', csv: 'id\na,b' }), custom_streams: [] },
    /lookups\[0\] \(lists\)\.source\.csv/,
    /2 cells/,
  ],
  [
    'a lookup that is not JSON',
    { ...lookup({ type: 'json', json: '[{]' }), custom_streams: [] },
    /lookups\[0\] \(lists\)\.source\.json/,
    /./,
  ],
  [
    'a lookup called like a macro',
    { lookups: [{ name: 'window', source: IDS.lookups[0]?.source }] },
    /lookups\[0\] \(window\)\.name/,
    /choose another/,
  ],
  [
    'lookups that multiply beyond the limit',
    {
      lookups: ['a', 'b'].map(name => ({
        name,
        source: {
          type: 'values',
          column: 'x',
          values: Array.from({ length: 101 }, (_, index) => `${index}`),
        },
      })),
      custom_streams: [{ name: 'mine', url: '/{a.x}/{b.x}', lookups: ['a', 'b'] }],
    },
    /\(mine\)\.lookups .*10201/,
    /use fewer rows/,
  ],
  [
    'a field to include that is not a value',
    stream({ include_fields: ['id'] }),
    /\(mine\)\.include_fields .*id/,
    /neither lookups nor a parent/,
  ],
  [
    'an unknown field',
    stream({ datapath: '$.x', method: 3 }),
    /custom_streams\[0\]\.method/,
    /did you mean data_path/,
  ],
]

function stream(more: object): object {
  return { custom_streams: [{ ...FINE, ...more }] }
}

test('there are at least twenty-five ways to be wrong', () => {
  assert.ok(rows.length >= 25)
})

for (const [says, custom, where, fix] of rows) {
  test(`${says} fails the check with one sentence that says where it is and how to fix it`, async () => {
    const config = configFor(simulator, custom)
    const { code, messages, stderr } = await runProgram(['check', '--config', 'c.json'], {
      files: { 'c.json': config },
    })
    const { status, message } = messages.at(-1).connectionStatus
    assert.deepEqual([code, status], [0, 'FAILED'], stderr)
    assert.match(message, where)
    assert.match(message, fix)
    assert.ok(message.length < 1000, message)
  })
}

test('a private address is refused while the configured origin is public', async () => {
  const config = {
    credentials: { auth_type: 'bearer', bearer_token: 'x' },
    ...stream({ url: 'https://192.168.1.10/x' }),
  }
  const { messages } = await runProgram(['check', '--config', 'c.json'], { files: { 'c.json': config } })
  assert.match(
    messages.at(-1).connectionStatus.message,
    /\(mine\)\.url leads into a private network; only public hosts/,
  )
})

test('all that is wrong is said at once', async () => {
  const config = configFor(simulator, {
    custom_streams: [
      { ...FINE, url: 'x' },
      { ...FINE, name: 'agents' },
    ],
  })
  const { messages } = await runProgram(['check', '--config', 'c.json'], { files: { 'c.json': config } })
  const { message } = messages.at(-1).connectionStatus
  assert.match(message, /custom_streams\[0\] \(mine\)\.url .*custom_streams\[1\] \(agents\)\.name/)
})
