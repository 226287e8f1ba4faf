import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../json.ts'
import { parseConfig } from './parse.ts'
import { unknownKeys } from './unknown.ts'

const credentials = { auth_type: 'password', username: 'ada', password: 'geheim' }

const rows: { says: string; in: { readonly [key: string]: Json }; out: string[] }[] = [
  { says: 'a field that is known is not remarked upon', in: { page_size: 10 }, out: [] },
  {
    says: 'a misspelt field is reported with the one it resembles',
    in: { pagesize: 10 },
    out: ['pagesize is not a known field; did you mean page_size?'],
  },
  {
    says: 'a field with a letter too few is reported with the one it resembles',
    in: { start_dat: 'x' },
    out: ['start_dat is not a known field; did you mean start_date?'],
  },
  {
    says: 'a field that resembles none is reported alone',
    in: { region: 'eu' },
    out: ['region is not a known field.'],
  },
  {
    says: 'a field within another is reported with its path',
    in: { metrics: { intervall: 'day' } },
    out: ['metrics.intervall is not a known field; did you mean interval?'],
  },
  {
    says: 'a field of the chosen way to sign in is reported with its path',
    in: { credentials: { ...credentials, clientid: 'x' } },
    out: ['credentials.clientid is not a known field; did you mean client_id?'],
  },
  {
    says: 'a field of another way to sign in is not known',
    in: { credentials: { ...credentials, access_token: 'x' } },
    out: ['credentials.access_token is not a known field.'],
  },
  {
    says: 'a field named like something that every object has is not known',
    in: { constructor: 1, toString: 'x' },
    out: ['constructor is not a known field.', 'toString is not a known field.'],
  },
  {
    says: 'every unknown field is reported, in order',
    in: { zzz: 1, qqq: 2 },
    out: ['zzz is not a known field.', 'qqq is not a known field.'],
  },
]

for (const row of rows) {
  test(row.says, () => {
    const value = { credentials, ...row.in }
    assert.deepEqual(parseConfig(value), { config: value, remarks: row.out })
  })
}

test('while the way to sign in is unknown, its fields are not judged', () => {
  const schema = {
    oneOf: [
      { properties: { kind: { const: 'a' }, key: {} } },
      { properties: { kind: { const: 'b' }, keys: {} } },
    ],
  }
  assert.deepEqual(unknownKeys(schema, { kind: 'c', key: 1, z: 1 }), [])
  assert.deepEqual(unknownKeys(schema, { kind: 'b', key: 1, keys: 1 }), [
    'key is not a known field; did you mean keys?',
  ])
})

test('a name of which no letter is right resembles none', () => {
  const schema = { properties: { x: {} } }
  assert.deepEqual(unknownKeys(schema, { y: 1 }), ['y is not a known field.'])
})

test('the fields of the items of a list are reported with their place', () => {
  const schema = { properties: { rows: { items: { properties: { id: {} } } }, any: {} } }
  const value = { rows: [{ id: 1 }, { ident: 2 }], any: [{ whatever: 1 }] }
  assert.deepEqual(unknownKeys(schema, value), ['rows[1].ident is not a known field.'])
})
