import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CustomStreamConfig } from '../config.ts'
import { compileDateFormat } from './dates.ts'
import { compileMacros } from './macros.ts'
import { compileWrite, type RequestParts } from './write.ts'

const macros = {
  dates: compileDateFormat('epoch_seconds'),
  unit: 'day',
  nowMs: 100_000,
  whole: { from: 0, to: 100_000 },
  endsEarlierMs: 0,
  tables: new Map([['l', { stream: 'lists', columns: ['id'] }]]),
} as const
const template = (text: string) => compileMacros(text, macros)
const first = { at: 1 }
const TOKENS = { type: 'next_token', token_path: '$.t', token_parameter: 't' } as const

function write(
  more: Partial<CustomStreamConfig>,
  asked: { id?: string; paging?: object; named?: string } = {},
  parts: Partial<RequestParts> = {},
) {
  const stream = { name: 'mine', url: '/x/{l.id}?at={now}', ...more }
  const place = asked.named === undefined ? first : { ...first, named: asked.named }
  const { explain, ...request } = compileWrite({
    stream,
    target: { origin: 'https://home.example', foreign: undefined, path: stream.url },
    path: template(stream.url),
    headers: [],
    body: stream.body === undefined ? undefined : template(stream.body),
    ...parts,
  })({
    values: { 'l.id': asked.id ?? 'a' },
    window: undefined,
    place,
    paging: { ...asked.paging },
  })
  return { ...request, explain }
}

test('values are encoded in the path, also those that would be another path', () => {
  assert.equal(write({}, { id: 'a/../b?c#d e' }).path, '/x/a%2F..%2Fb%3Fc%23d%20e?at=100')
  assert.equal(write({}, { id: '\ud800' }).path, '/x/%EF%BF%BD?at=100')
})

test('with GET, paging goes into the query', () => {
  const { query, body } = write({}, { paging: { page: 2 } })
  assert.deepEqual([query, body], [{ page: 2 }, undefined])
})

test('with POST, paging goes into a JSON body at its top level, and values cannot break out of their text', () => {
  const body = '{"q": {"id": "{l.id}"}}'
  const request = write({ method: 'POST', body }, { id: 'x", "admin": "1', paging: { page: 2 } })
  assert.deepEqual(JSON.parse(request.body ?? ''), { q: { id: 'x", "admin": "1' }, page: 2 })
  assert.equal(request.headers?.['Content-Type'], 'application/json')
  assert.equal(request.query, undefined)
})

test('with POST and no body, paging is the body; with neither there is none', () => {
  assert.equal(write({ method: 'POST' }, { paging: { page: 1 } }).body, '{"page":1}')
  assert.equal(write({ method: 'POST' }).body, undefined)
})

test('a form is encoded, and paging replaces a parameter of the same name', () => {
  const body = 'id={l.id}&page=9'
  const body_format = 'form'
  const request = write({ method: 'POST', body, body_format }, { id: 'a&b', paging: { page: 2 } })
  assert.equal(request.body, 'id=a%26b&page=2')
  assert.equal(request.headers?.['Content-Type'], 'application/x-www-form-urlencoded')
})

test("the user's headers hold macros, and replace ours whatever their case", () => {
  const headers = [['accept', template('text/{l.id}')]] as const
  assert.deepEqual(write({}, {}, { headers }).headers, { accept: 'text/a' })
})

test('a value that is not valid in a header stops the stream', () => {
  const headers = [['X', template('{l.id}')]] as const
  assert.throws(() => write({}, { id: 'a\r\nHost: b' }, { headers }), {
    failure: 'config_error',
    message: /mine cannot be requested: headers gets a value for X that is not valid/,
  })
})

test('the address that a page gives for the next one replaces the written one', () => {
  assert.equal(
    write({ pagination: { type: 'link_header' } }, { named: 'https://home.example/next?p=2' }).path,
    '/next?p=2',
  )
  assert.equal(write({ pagination: TOKENS }, { named: 'token' }).path, '/x/a?at=100')
})

test('another origin is named in the request', () => {
  const other = 'https://other.example'
  assert.equal(
    write({}, {}, { target: { origin: other, foreign: other, path: '/' } }).origin,
    'https://other.example',
  )
  assert.equal('origin' in write({}), false)
})

for (const [status, explained] of [
  [400, true],
  [404, true],
  [422, true],
  [401, false],
  [403, false],
  [408, false],
  [425, false],
  [429, false],
  [499, true],
  [399, false],
  [500, false],
  [503, false],
] as const) {
  test(`a ${status} ${explained ? 'is about the request, and is for the user to fix' : 'means what it always means'}`, () => {
    const error = write({}).explain?.(status, 'no such thing')
    assert.equal(error?.failure, explained ? 'config_error' : undefined)
    if (explained)
      assert.match(error?.message ?? '', /mine was not accepted \(\d+: no such thing\)\. Fix its url;/)
  })
}

test('a parameter that the URL already has is replaced, and the others stay as they are', () => {
  const url = '/x?pa%67e=1&q=a%20b&max=5&page=2'
  const { path: written, query } = write({ url }, { paging: { page: 3, max: 10 } })
  assert.deepEqual([written, query], ['/x?q=a%20b', { page: 3, max: 10 }])
  assert.equal(write({ url: '/x?page=1' }, { paging: { page: 3 } }).path, '/x')
  assert.equal(write({ url: '/x?page=1' }).path, '/x?page=1')
  const posted = write({ url: '/x?page=1', method: 'POST' }, { paging: { page: 3 } })
  assert.equal(posted.path, '/x?page=1')
})

test('a token that is a number keeps its digits, and in a body its type', () => {
  const paging = { after: '\u000012345678901234567890' }
  assert.deepEqual(write({}, { paging }).query, { after: '12345678901234567890' })
  assert.equal(write({ method: 'POST' }, { paging }).body, '{"after":12345678901234567890}')
  const form = { body: 'a=1', body_format: 'form' } as const
  assert.equal(write({ method: 'POST', ...form }, { paging }).body, 'a=1&after=12345678901234567890')
  assert.equal(write({ method: 'POST' }, { paging: { after: '7' } }).body, '{"after":"7"}')
  assert.deepEqual(write({}, { paging: { after: '\u0000{"a":1}' } }).query, { after: '{"a":1}' })
})

test('a body that is no JSON with the values of a part is an error that shows it', () => {
  const body = '{"id": {l.id}}'
  const failure = {
    failure: 'config_error',
    message: /mine cannot be requested: body is not JSON .* \(\{"id": abc\}\); put quotes/,
  }
  assert.throws(() => write({ method: 'POST', body }, { id: 'abc' }), failure)
  assert.throws(() => write({ method: 'POST', body }, { id: 'abc', paging: { page: 1 } }), failure)
  assert.equal(write({ method: 'POST', body }, { id: '7' }).body, '{"id": 7}')
})

test('JSON is asked for, or XML where the config says so', () => {
  assert.equal(write({}).headers?.['Accept'], 'application/json')
  assert.equal(write({ response_format: 'xml' }).headers?.['Accept'], 'application/xml, text/xml')
})
