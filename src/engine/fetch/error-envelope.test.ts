import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import { BadBody } from '../../http/types.ts'
import type { Json } from '../../json.ts'
import type { RecordsAt } from '../stream/definition.ts'
import { extractPage, isNoContainer } from './extract.ts'

const LIST: RecordsAt = { kind: 'list', key: 'items' }
const ONE: RecordsAt = { kind: 'one', key: 'item' }
const BODY: RecordsAt = { kind: 'body' }

/** What an answer with this body is taken for: how many records, `unusable: …`, or another dialect. */
function taken(body: Json, at: RecordsAt, status = 200): string {
  const request = { method: 'GET', path: '/things' } as const
  try {
    const page = extractPage(reply(status, body), { request, at, service: 'Babelforce' })
    return isNoContainer(page) ? `no container in ${page.keys.join()}` : `${page.rows.length} records`
  } catch (error) {
    if (error instanceof BadBody) return error.message
    throw error
  }
}

const SAYS = 'it speaks of an error'
const rows: readonly { says: string; at: RecordsAt; in: Json; out: string }[] = [
  { says: 'a list', at: LIST, in: { items: [{ id: 1 }], success: true }, out: '1 records' },
  { says: 'a list with a message', at: LIST, in: { items: [], message: 'OK' }, out: '0 records' },
  {
    says: 'a list with code 0',
    at: LIST,
    in: { items: [], code: 0, error: null, message: '' },
    out: '0 records',
  },
  { says: 'a list that did not succeed', at: LIST, in: { items: [], success: false }, out: SAYS },
  { says: 'nor as text', at: LIST, in: { items: [{ id: 1 }], success: 'false' }, out: SAYS },
  { says: 'an error for a list', at: LIST, in: { error: 'down' }, out: `${SAYS}: down` },
  { says: 'a code for a list', at: LIST, in: { code: 500 }, out: SAYS },
  {
    says: 'a message for a list',
    at: LIST,
    in: { message: 'slow down', success: true },
    out: `${SAYS}: slow down`,
  },
  {
    says: 'an error beside the count',
    at: LIST,
    in: { error: 'x', pagination: { total: 0 } },
    out: `${SAYS}: x`,
  },
  { says: 'an error and a null list', at: LIST, in: { items: null, error: 'x' }, out: `${SAYS}: x` },
  {
    says: 'no list, and an error that is false',
    at: LIST,
    in: { success: true, error: false },
    out: '0 records',
  },
  { says: 'no list and no count', at: LIST, in: { success: true, pagination: {} }, out: '0 records' },
  { says: 'a null list and no count', at: LIST, in: { items: null }, out: '0 records' },
  {
    says: 'a null list that counts 25',
    at: LIST,
    in: { items: null, pagination: { total: 25 } },
    out: 'it counts 25 records and holds no list of them',
  },
  {
    says: 'no list that counts 25',
    at: LIST,
    in: { success: true, pagination: { total: 25 } },
    out: 'it counts 25 records and holds no list of them',
  },
  {
    says: 'no list that counts one',
    at: LIST,
    in: { success: true, pagination: { total: 1 } },
    out: 'it counts 1 records and holds no list of them',
  },
  {
    says: 'a list of one record in place of an object',
    at: ONE,
    in: { item: [{ id: 1 }] },
    out: '1 records',
  },
  {
    says: 'no list that counts 25 as the older dialect does',
    at: LIST,
    in: { page: 1, pageSize: 12, total: 25 },
    out: 'it counts 25 records and holds no list of them',
  },
  { says: 'no list that counts none so', at: LIST, in: { total: 0 }, out: '0 records' },
  { says: 'a list under another name', at: LIST, in: { data: [{ id: 1 }] }, out: 'no container in data' },
  {
    says: 'one that counts 25',
    at: LIST,
    in: { data: [{ id: 1 }], total: 25 },
    out: 'no container in data,total',
  },
  { says: 'an object under its key', at: ONE, in: { item: { id: 1, error: 'x' } }, out: '1 records' },
  { says: 'one beside a message', at: ONE, in: { item: { id: 1 }, message: 'OK' }, out: '1 records' },
  { says: 'a bare object', at: ONE, in: { id: 1, message: 'a prompt' }, out: '1 records' },
  { says: 'an error for an object', at: ONE, in: { error: 'x' }, out: `${SAYS}: x` },
  { says: 'an error and a null object', at: ONE, in: { item: null, error: 'x' }, out: `${SAYS}: x` },
  { says: 'an object that did not succeed', at: ONE, in: { item: { id: 1 }, success: false }, out: SAYS },
  {
    says: 'a body of its own shape',
    at: BODY,
    in: { id: 1, code: '+49', description: 'x' },
    out: '1 records',
  },
  {
    says: 'an error for a body',
    at: BODY,
    in: { code: 'E1', description: 'x', status: 500 },
    out: `${SAYS}: E1`,
  },
  {
    says: 'an error beside a count',
    at: BODY,
    in: { error: 'x', pagination: { total: 0 } },
    out: `${SAYS}: x`,
  },
  { says: 'an error beside no data', at: BODY, in: { message: 'x', data: null }, out: `${SAYS}: x` },
]
for (const { says, at, in: body, out } of rows)
  for (const status of [200, 201])
    test(`${says} is taken for: ${out} (${at.kind}, ${status})`, () => {
      assert.equal(taken(body, at, status), out)
    })

for (const word of ['message', 'error', 'error_message', 'errors', 'code'])
  test(`an envelope with ${word} and no list is an error, which is told where it is a text`, () => {
    assert.equal(taken({ success: true, [word]: 'x' }, LIST), `${SAYS}: x`)
    assert.equal(taken({ success: true, [word]: ['x'] }, LIST), SAYS)
    for (const nothing of [0, '', false, null, []])
      assert.equal(taken({ success: true, [word]: nothing }, LIST), '0 records')
  })

for (const word of ['timed_out', 'timedOut', 'incomplete_results', 'incompleteResults']) {
  test(`a list that says ${word} is not whole, and none that denies it`, () => {
    assert.equal(
      taken({ items: [{ id: 1 }], [word]: true }, LIST),
      `it is not whole by its own words (${word})`,
    )
    for (const denied of [false, null, 0, 'true'])
      assert.equal(taken({ items: [{ id: 1 }], [word]: denied }, LIST), '1 records')
  })
}

const called = [
  { says: 'a status of error', in: { status: 'error' }, out: SAYS },
  { says: 'a status of fail', in: { status: 'FAIL' }, out: SAYS },
  { says: 'a status of failed', in: { status: 'failed' }, out: SAYS },
  { says: 'a status of failure', in: { status: 'failure' }, out: SAYS },
  { says: 'a status that only begins so', in: { status: 'errors' }, out: '0 records' },
  { says: 'a status that is a number', in: { status: 500 }, out: '0 records' },
  { says: 'a status of success', in: { status: 'ok' }, out: '0 records' },
] as const
for (const { says, in: body, out } of called)
  test(`an envelope without a list and with ${says} is taken for: ${out}`, () => {
    assert.equal(taken({ ...body, pagination: {} }, LIST), out)
  })

test('a schema of errors speaks of an error, and one of lists does not', () => {
  const schemas = (name: string): Json => ({
    schemas: [`urn:ietf:params:scim:api:messages:2.0:${name}`],
    id: 1,
  })
  assert.equal(taken(schemas('Error'), ONE).startsWith(SAYS), false, 'a record may have it')
  assert.equal(taken({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] }, ONE), SAYS)
  assert.equal(taken({ schemas: ['urn:ietf:params:scim:api:messages:2.0:User'] }, ONE), 'it holds no record')
  assert.equal(taken(schemas('ListResponse'), ONE), '1 records')
})

const about = [
  'success status statusCode status_code errorCode error_code errors item error_description error_message error_detail',
  'detail details description reason pagination meta links title type instance path timestamp requestId request_id',
  'traceId trace_id',
].flatMap(names => names.split(' '))

for (const name of about) {
  test(`an object with a message and ${name} is about an error, with anything else it is a record`, () => {
    const asked = { request: { method: 'GET', path: '/a' }, at: BODY, service: 'Babelforce' } as const
    const value = name === 'success' ? true : 'x'
    assert.throws(() => extractPage(reply(200, { message: 'no', [name]: value }), asked), BadBody)
    const page = extractPage(reply(200, { message: 'no', [name]: value, id: 1 }), asked)
    assert.equal(isNoContainer(page) ? 0 : page.rows.length, 1)
  })
}
