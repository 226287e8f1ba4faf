import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOTHING_READ } from '../engine/state/progress.ts'
import { read, SETTINGS } from '../engine/testing.ts'
import { reply } from '../http/testing.ts'
import { type CustomConfig, compileCustomStreams } from './custom-streams.ts'

const startMs = SETTINGS.endMs - 3 * 86_400_000

const compile = (config: CustomConfig) =>
  compileCustomStreams(config, {
    origin: 'https://services.babelforce.com',
    settings: { ...SETTINGS, startMs },
    builtIn: new Set(['agents']),
    parents: new Set(['queues']),
    fieldsOf: name => (name === 'queues' ? ['id', 'owner'] : undefined),
  })

const rows = { name: 'rows', source: { type: 'csv' as const, csv: 'id,note\na,x\n,y\nb,' } }

const named = (name: string, url = '/a'): CustomConfig => ({
  lookups: [{ ...rows, name }],
  custom_streams: [{ name: 'x', url, lookups: [name] }],
})

const refused: readonly (readonly [says: string, config: CustomConfig, problem: RegExp])[] = [
  [
    'two names that differ in capitals only',
    {
      custom_streams: [
        { name: 'calls', url: '/a' },
        { name: 'Calls', url: '/b' },
      ],
    },
    /custom_streams\[1\] \(Calls\)\.name is already the name/,
  ],
  [
    'a name that differs from a built-in one in capitals only',
    { custom_streams: [{ name: 'Agents', url: '/a' }] },
    /\(Agents\)\.name is the name of a built-in stream/,
  ],
  [
    'a start without an end, where moments are written to the second',
    { custom_streams: [{ name: 'x', url: '/a?d={window.start}' }] },
    /\{window\.start\} without \{window\.end\}; a window has two ends, use both/,
  ],
  [
    'a start without an end, where records have a time',
    {
      custom_streams: [
        { name: 'x', url: '/a?d={window.start}', date_format: 'yyyy-MM-dd', cursor_field: 't' },
      ],
    },
    /without cursor_field/,
  ],
  ...['?startDate={window.end}&endDate={window.start}', '?time.from={window.end}&to={window.start}'].map(
    (query): [string, CustomConfig, RegExp] => [
      `a window that is asked for the wrong way round, ${query},`,
      { custom_streams: [{ name: 'x', url: `/a${query}` }] },
      /url \(or body\) asks from \{window\.end\} to \{window\.start\}; swap them/,
    ],
  ),
  ...[
    ['?startDate={now}&endDate={now-1}', '{now} to {now-1}'],
    ['?until={now-7}&since={now-2}', '{now-2} to {now-7}'],
    ['?from={now}&to={window.start}', '{now} to {window.start}'],
  ].map(([query, way]): [string, CustomConfig, RegExp] => [
    `moments that are asked for the wrong way round, ${query},`,
    { custom_streams: [{ name: 'x', url: `/a${query}` }] },
    new RegExp(`url \\(or body\\) asks from ${way}; swap them`),
  ]),
  [
    'the same in a body',
    {
      custom_streams: [
        {
          name: 'x',
          url: '/a',
          method: 'POST',
          body: '{"created": {"before": "{window.start}", "after": "{window.end}"}}',
        },
      ],
    },
    /swap them/,
  ],
  [
    'an end without a start',
    { custom_streams: [{ name: 'x', url: '/a?d={window.end}', date_format: 'yyyy-MM-dd' }] },
    /\{window\.end\} without \{window\.start\}/,
  ],
  [
    'a body that is no JSON with one of the rows',
    {
      lookups: [rows],
      custom_streams: [{ name: 'x', url: '/a', method: 'POST', body: '[{rows.id}]', lookups: ['rows'] }],
    },
    /body is not JSON once its macros are filled in \(\[a\]\)/,
  ],
  [
    'a header that cannot have the value of one of the rows',
    {
      lookups: [{ name: 'l', source: { type: 'json', json: '[{"a": "x"}, {"a": "x\\ny"}]' } }],
      custom_streams: [{ name: 'x', url: '/a', headers: 'X-A:{l.a}', lookups: ['l'] }],
    },
    /headers gets a value for X-A that is not valid in a header; use others/,
  ],
  [
    'a body that is no object, where the token of the next page goes into it',
    {
      custom_streams: [
        {
          name: 'x',
          url: '/a',
          method: 'POST',
          body: '[1]',
          pagination: { type: 'next_token', token_path: '$.t', token_parameter: 't' },
        },
      ],
    },
    /body must be a JSON object, because the pagination parameters are added/,
  ],
  ...['now', 'window', 'parent'].map(
    name =>
      [
        `a lookup that is called ${name}`,
        named(name),
        /lookups\[0\] \(\w+\)\.name is the name of a macro; choose another\..*lookups names \w+, which is itself invalid/s,
      ] as const,
  ),
  [
    'a second lookup of the same name',
    { ...named('rows', '/a/{rows.id}'), lookups: [rows, rows] },
    /^lookups\[1\] \(rows\)\.name is already the name of another lookup; choose another\.$/,
  ],
  [
    'a macro in a body that was meant',
    { custom_streams: [{ name: 'x', url: '/a', method: 'POST', body: '{"at": "{now-1d}"}' }] },
    /\(x\)\.body has the macro \{now-1d\}/,
  ],
  [
    'a stream that leads back to itself through another, which is named',
    {
      lookups: [
        { name: 'l', source: { type: 'stream', stream: 'b' } },
        { name: 'm', source: { type: 'stream', stream: 'x' } },
      ],
      custom_streams: [
        { name: 'x', url: '/a/{l.id}', lookups: ['l'] },
        { name: 'b', url: '/b/{parent.id}/{m.id}', parent: 'queues', lookups: ['m'] },
      ],
    },
    /\(x\)\.parent \(or a lookup\) leads back to the stream itself: x, b, x; .*\(b\)\.parent .*: b, x, b;/s,
  ],
  [
    'a word in braces in a header',
    { custom_streams: [{ name: 'x', url: '/a', headers: 'X-Day:{today}' }] },
    /\(x\)\.headers has the macro \{today\}, which does not exist here/,
  ],
  [
    'a lookup that nothing is taken from',
    { lookups: [rows], custom_streams: [{ name: 'x', url: '/a', lookups: ['rows'] }] },
    /\(x\)\.lookups names rows, but uses nothing from it; put \{rows\.COLUMN\} into the url, or remove it/,
  ],
  [
    'a parent that nothing is taken from',
    { custom_streams: [{ name: 'x', url: '/a', parent: 'queues' }] },
    /\(x\)\.parent names a stream, but uses nothing from it; put \{parent\.id\} into the url/,
  ],
  [
    'a lookup of a stream that does not exist',
    {
      lookups: [{ name: 'l', source: { type: 'stream', stream: 'nobody' } }],
      custom_streams: [{ name: 'x', url: '/a/{l.id}', lookups: ['l'] }],
    },
    /\(x\)\.lookups takes values from the stream nobody, which does not exist; name one/,
  ],
  [
    'a macro that is none, with the columns and fields that there are',
    {
      lookups: [rows],
      custom_streams: [{ name: 'x', url: '/a/{rows.ids.}{parent.id}', lookups: ['rows'], parent: 'queues' }],
    },
    /\{parent\.id\}, \{parent\.owner\}, \{rows\.id\}, \{rows\.note\}, the columns/,
  ],
  [
    'a column that resembles one',
    {
      lookups: [rows],
      custom_streams: [{ name: 'x', url: '/a/{rows.id}', lookups: ['rows'], include_fields: ['rows.notes'] }],
    },
    /include_fields names rows\.notes, which is not a value that this stream has; did you mean rows\.note\? there are rows\.id, rows\.note\./,
  ],
  [
    'a lookup that resembles one',
    { lookups: [rows], custom_streams: [{ name: 'x', url: '/a/{rows.id}', lookups: ['rowz'] }] },
    /names rowz, which is not one of the config's lookups; did you mean rows\? there are rows\./,
  ],
  [
    'a parent that resembles a stream',
    { custom_streams: [{ name: 'x', url: '/a/{parent.id}', parent: 'queus' }] },
    /takes values from the stream queus, which does not exist; did you mean queues\? name one that discover/,
  ],
  [
    'a field within one that the parent lacks',
    { custom_streams: [{ name: 'x', url: '/a/{parent.boss.id}', parent: 'queues' }] },
    /url has the macro \{parent\.boss\.id\}, which does not exist here; there are .*, \{parent\.id\}, \{parent\.owner\}/,
  ],
  [
    'an included value with an empty step',
    { custom_streams: [{ name: 'x', url: '/a/{parent.id}', parent: 'queues', include_fields: ['parent.'] }] },
    /include_fields names parent\., which is not a value/,
  ],
]
test('twenty columns of a lookup are listed where another is named', async () => {
  const columns = Array.from({ length: 25 }, (_, index) => `c${index + 1}`)
  const csv = `${columns.join()}\n${columns.join()}`
  const { problems } = await compile({
    lookups: [{ name: 'wide', source: { type: 'csv', csv } }],
    custom_streams: [{ name: 'x', url: '/a/{wide.other}', lookups: ['wide'] }],
  })
  assert.match([...problems.values()].join(), /\{wide\.c19\}, \{wide\.c20\}, the columns/)
})

test('the rows of lookups multiply to at most 10,000 requests', async () => {
  const lookup = (name: string, length: number) => ({
    name,
    source: { type: 'values' as const, column: 'id', values: Array.from({ length }, (_, at) => `${at}`) },
  })
  const compiled = (sizes: readonly [number, number]) =>
    compile({
      lookups: [lookup('a', sizes[0]), lookup('b', sizes[1])],
      custom_streams: [{ name: 'x', url: '/{a.id}/{b.id}', lookups: ['a', 'b'] }],
    })
  assert.deepEqual([...(await compiled([100, 100])).problems], [])
  for (const sizes of [
    [101, 100],
    [10_100, 1],
  ] as const)
    assert.match(
      [...(await compiled(sizes)).problems.values()].join(),
      /\(x\)\.lookups multiply to 10100 requests, but at most 10000 are allowed; use fewer rows/,
    )
})

for (const [says, config, problem] of refused) {
  test(`${says} is refused`, async () => {
    const { problems } = await compile(config)
    assert.match([...problems.values()].join('\n'), problem)
  })
}

async function requestsOf(stream: object) {
  const { streams, problems } = await compile({
    lookups: [rows],
    custom_streams: [{ name: 'x', url: '/a', ...stream }],
  })
  assert.deepEqual([...problems], [])
  const found = await read(streams[0]!.def, () => reply(200, [{ id: 1 }]), { settings: { startMs } })
  return { ...found, paths: found.asked.map(({ path }) => decodeURIComponent(path)).sort() }
}

test('a window whose ends go where their names say is taken, and so is one whose names say nothing', async () => {
  for (const query of [
    'startDate={window.start}&endDate={window.end}',
    'endDate={window.end}&startDate={window.start}',
    'a={window.end}&b={window.start}',
    'since={window.end}&x={window.start}',
    'from={window.start}&to={window.end}',
  ])
    assert.ok((await requestsOf({ url: `/a?${query}` })).paths.length > 0)
})

test('moments are counted in the unit that the config names, and in days without one', async () => {
  const seconds = async (more: object) => {
    const { paths } = await requestsOf({ url: '/a?x={now}&y={now-1}', date_format: 'epoch_seconds', ...more })
    const [x = 0, y = 0] = [...(paths[0] ?? '').matchAll(/\d+/g)].map(Number)
    return x - y
  }
  assert.deepEqual([await seconds({}), await seconds({ time_unit: 'hour' })], [86_400, 3600])
})

test('a start alone asks for one day at a time', async () => {
  const { paths } = await requestsOf({ url: '/a?d={window.start}', date_format: 'yyyy-MM-dd' })
  assert.deepEqual(paths, ['/a?d=2026-01-28', '/a?d=2026-01-29', '/a?d=2026-01-30'])
})

test('the end of a day is the next midnight, or the last moment of the day where the API takes it', async () => {
  const url = '/a?from={window.start}&to={window.end}'
  const first = async (more: object) => (await requestsOf({ url, ...more })).paths[0]
  assert.equal(await first({ date_format: 'yyyy-MM-dd' }), '/a?from=2026-01-28&to=2026-01-29')
  const days = { date_format: 'yyyy-MM-dd', window_end: 'inclusive' }
  assert.equal(await first(days), '/a?from=2026-01-28&to=2026-01-28')
  const seconds = await first({ window_end: 'inclusive' })
  assert.equal(seconds, '/a?from=2026-01-28T00:00:00Z&to=2026-01-28T23:59:59Z')
})

test('a row without a value for the URL is skipped and counted; elsewhere it may be empty', async () => {
  const inUrl = await requestsOf({ url: '/a/{rows.id}', lookups: ['rows'] })
  assert.deepEqual([inUrl.paths, inUrl.tally.valueless], [['/a/a', '/a/b'], 1])
  const inHeader = await requestsOf({ headers: 'X-Note:{rows.note}', lookups: ['rows'] })
  assert.deepEqual([inHeader.asked.length, inHeader.tally.valueless], [3, 0])
})

test('another host is named in messages, and the configured one is not', async () => {
  const { streams } = await compile({
    custom_streams: [
      { name: 'x', url: 'https://api.example.com/x' },
      { name: 'y', url: '/y' },
    ],
  })
  assert.deepEqual(
    streams.map(({ def }) => def.host),
    ['api.example.com', undefined],
  )
})

test('a cursor that lies deeper is read by, in the format that the config names', async () => {
  const { streams } = await compile({
    custom_streams: [
      {
        name: 'x',
        url: '/a',
        cursor_field: 'meta.at',
        cursor_format: 'epoch_seconds',
        primary_key: ['meta.id'],
      },
    ],
  })
  const at = Math.floor(SETTINGS.endMs / 1000) - 3600
  const records = [{ meta: { id: 1, at } }, { meta: { id: 1, at } }, { meta: { id: 2, at: at - 86_400_000 } }]
  const found = await read(streams[0]!.def, () => reply(200, records))
  assert.deepEqual(
    found.records.map(({ meta }) => meta),
    [{ id: 1, at: new Date(at * 1000).toISOString() }],
  )
  assert.equal(found.error, undefined)
})

test('of a table with many columns twenty are listed', async () => {
  const columns = Array.from({ length: 25 }, (_, n) => `c${n}`)
  const csv = `${columns.join()}\n${columns.join()}`
  const { problems } = await compile({
    lookups: [{ name: 'l', source: { type: 'csv', csv } }],
    custom_streams: [{ name: 'x', url: '/a/{l.other}', lookups: ['l'] }],
  })
  const said = [...problems.values()].join()
  assert.ok(said.includes('{l.c19}') && !said.includes('{l.c20}'), said)
})

async function readXml(xml: string) {
  const { streams } = await compile({
    custom_streams: [{ name: 'x', url: '/a', response_format: 'xml', data_path: '/r/i' }],
  })
  const answer = { status: 200, headers: {}, bytes: Buffer.from(xml) }
  return read(streams[0]!.def, () => answer, {
    settings: { startMs },
    progress: { ...NOTHING_READ, routes: new Map() },
  })
}

test('a stream in XML is asked for as such, and its records are elements', async () => {
  const found = await readXml('<r><i><id>1</id></i><i><id>2</id></i></r>')
  assert.deepEqual([found.error, found.records.length], [undefined, 2])
  assert.equal(found.asked[0]?.headers?.['Accept'], 'application/xml, text/xml')
})

test('no number in XML ends a list or is missed in it', async () => {
  const found = await readXml('<r><pagination><total>9</total></pagination><i><id>1</id></i></r>')
  assert.deepEqual([found.error, found.records.length], [undefined, 1])
})

test('XML that counts nothing, or has nothing in it, is an empty list; anything else may be a mistake', async () => {
  for (const xml of ['<r><total>0</total></r>', '<r/>', '<r count="0"><page>1</page></r>']) {
    const found = await readXml(xml)
    assert.deepEqual([found.error, found.records.length], [undefined, 0], xml)
  }
  const { error } = await readXml('<r><page>1</page></r>')
  assert.match(error?.message ?? '', /data_path \/r\/i, which finds nothing .* the root r with page in it/)
  const { error: said } = await readXml('<error><message>quota</message></error>')
  assert.match(said?.message ?? '', /it speaks of an error: quota/)
})
