import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { listen } from '../harness/hostile.ts'
import { type Ended, runProgram } from '../harness/program.ts'
import { catalogOf, errorsOf, read, storyOf } from '../harness/sync.ts'
import { ANSWERS as UNUSABLE } from './mistakes/answers.ts'
import { FIELDS } from './mistakes/fields.ts'
import { PAGES } from './mistakes/pages.ts'
import type { MistakeRow } from './mistakes/row.ts'
import { WRITTEN } from './mistakes/written.ts'

const MISTAKES = [...FIELDS, ...PAGES, ...UNUSABLE, ...WRITTEN]

const record = (id: number) => ({
  id,
  name: `name-${id}`,
  at: '2026-01-05T10:00:00Z',
  epoch: 1_700_000_000,
  day: '12/11/2026',
  who: { id },
})
const items = (count: number) => Array.from({ length: count }, (_, index) => record(index + 1))
const XML = '<response><data><item><id>1</id></item></data></response>'
const FAULT = '<Envelope><Body><Fault><faultstring>Login first</faultstring></Fault></Body></Envelope>'

/** What the paths of a small API answer. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  '/of': { items: items(2) },
  '/items': { items: items(3), total: 3, pages: 1 },
  '/denied': { items: [], message: 'Access denied for this user' },
  '/code': { items: [], code: 403 },
  '/lines': '{"id":1}\n{"id":2}\n',
  '/nulls': { items: [null, null] },
  '/own': { items: items(3), pagination: { pages: 2, total: 5, max: 3, next: '/own?page=2' } },
  '/goes/next': { items: items(3), next: '/goes/next?page=2' },
  '/goes/more': { items: items(3), meta: { has_more: true } },
  '/goes/linked': { items: items(3) },
  '/two.xml': '<r><i><id>1</id></i><i><id>2</id></i></r>',
  '/csv': 'id;name\n1;a\n',
  '/self': { items: items(10) },
  '/days': { items: items(3).map(one => ({ ...one, day: '2026-11-12' })) },
  '/ten': { items: items(10), version: 'v1', more: true, elsewhere: 'https://elsewhere.example/x' },
  '/xml': XML,
  '/says': { message: 'Choose a range' },
  '/fault': FAULT,
  '/error.xml': '<error><code>7</code><message>quota</message></error>',
  '/error': { error: 'unknown parameter' },
  '/text': { items: 'none today' },
  '/errors': { data: { items: [] }, errors: [{ detail: 'no' }] },
  '/failure': { success: false, message: 'not today' },
  '/page': '<!doctype html><html><body>Hello</body></html>',
  '/api/v2/agents': { items: [], pagination: { total: 0 } },
}

let asks = 0
const MADE: Readonly<Record<string, (asked: URLSearchParams) => unknown>> = {
  /** The same records for every request, each time with another clock and another token. */
  '/fresh': () => ({ items: items(10).map(one => ({ ...one, asks: ++asks })), next: `t${asks}` }),
  '/skipping': asked => ({
    items: items(35).slice(Number(asked.get('skip')), Number(asked.get('skip')) + 10),
  }),
  '/numbered': asked => ({ items: asked.get('page') === '0' ? items(10) : [] }),
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const isPart = pathname.startsWith('/of/')
  const found = MADE[pathname]?.(searchParams) ?? ANSWERS[isPart ? '/of' : pathname]
  response.statusCode = found === undefined ? 404 : 200
  if (pathname === '/self' || pathname.endsWith('linked'))
    response.setHeader('Link', '<?again=1>; rel="next"')
  response.end(typeof found === 'string' ? found : JSON.stringify(found ?? { message: 'no such path' }))
}

const server = createServer(answer)
after(() => void server.close())

/** As quick as it can be about what it tries again. */
const env = { SOURCE_BABELFORCE_PATIENCE: '0.001' }

const FINE = { name: 'fine', url: '/items', data_path: '$.items', primary_key: ['id'] }

function configOf(custom_streams: readonly object[], more: object = {}): object {
  return {
    base_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { auth_type: 'bearer', bearer_token: 'a-token-of-this-test' },
    start_date: '2026-01-01T00:00:00Z',
    custom_streams: [...custom_streams, FINE],
    ...more,
  }
}

const nameOf = (row: MistakeRow) => `mine_${MISTAKES.indexOf(row)}`
const streamOf = (row: MistakeRow) => ({ name: nameOf(row), ...row.stream })

/** One sync of all of them. */
let synced: Ended
before(async () => {
  await listen(server)
  const more = Object.assign({}, ...MISTAKES.map(row => row.more ?? {}))
  const catalog = catalogOf(MISTAKES.map(nameOf), 'incremental')
  synced = await read({ config: configOf(MISTAKES.map(streamOf), more), catalog, env })
})

test('there are at least forty', () => {
  assert.ok(MISTAKES.length >= 40, `${MISTAKES.length}`)
})

for (const row of MISTAKES) {
  test(`${row.says} is named by read, sample${row.unseenByCheck === undefined ? ' and check' : ''}`, async () => {
    const files = { 'c.json': configOf([streamOf(row)], row.more) }
    const errors = errorsOf(synced).filter(error => error.stream_descriptor?.name === nameOf(row))
    assert.match(errors.map(error => error.message).join('\n'), row.sentence)
    assert.deepEqual(
      storyOf(synced, nameOf(row)).filter(one => one === 'COMPLETE'),
      [],
    )
    const [sampled, checked] = await Promise.all([
      runProgram(['sample', '--config', 'c.json', '--stream', nameOf(row)], { files, env }),
      runProgram(['check', '--config', 'c.json'], { files, env }),
    ])
    assert.notEqual(sampled.code, 0, sampled.stdout)
    assert.match(sampled.stderr + sampled.stdout, row.sentence)
    if (row.unseenByCheck === undefined) assert.match(checked.stdout.replaceAll('\\"', '"'), row.sentence)
    else assert.doesNotMatch(checked.stdout, /"status":"FAILED"/)
  })
}
