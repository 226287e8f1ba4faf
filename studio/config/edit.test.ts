import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../src/json.ts'
import { edit } from './edit.ts'
import type { Path } from './schema.ts'
import { shown } from './secrets.ts'

const config: JsonObject = {
  environment: 'my-company',
  credentials: { auth_type: 'password', username: 'a@b.example', password: 'hunter-two' },
  custom_streams: [
    { name: 'own', url: '/api/v2/x?api_key=query-secret&day={now}', headers: 'X-Key:header-secret' },
    {
      name: 'foreign',
      url: 'https://other.example/x?token=foreign-secret',
      method: 'POST',
      body: '{"password": "body-secret", "id": 1}',
      headers: 'X-Key:foreign-header',
    },
  ],
  stranger: 'unknown-secret',
}
const SECRETS = [
  'hunter-two',
  'query-secret',
  'header-secret',
  'foreign-secret',
  'body-secret',
  'foreign-header',
  'unknown-secret',
]
const OWN = SECRETS.slice(0, 3)
const FOREIGN = SECRETS.slice(3, 6)

test('the page sees no secret, headers and query values of custom streams included', () => {
  const seen = shown(config)
  assert.deepEqual(secretsIn(seen), [])
  assert.deepEqual(seen.kept, [
    'credentials.password',
    'custom_streams.0.headers',
    'custom_streams.1.headers',
  ])
  assert.match(JSON.stringify(seen.config), /api_key=••••1&day=\{now\}/)
  assert.match(JSON.stringify(seen.config), /"password\\": \\"••••1\\"/)
})

interface Row {
  readonly says: string
  readonly path: Path
  readonly value: string | undefined
  readonly keeps: readonly string[]
}

const ROWS: readonly Row[] = [
  { says: 'another environment drops them all', path: ['environment'], value: 'other', keeps: [] },
  { says: 'no environment drops them all', path: ['environment'], value: undefined, keeps: [] },
  { says: 'a base_url drops them all', path: ['base_url'], value: 'https://evil.example', keeps: [] },
  { says: 'an empty base_url changes nothing', path: ['base_url'], value: '', keeps: [...OWN, ...FOREIGN] },
  {
    says: 'another kind of sign-in drops them all',
    path: ['credentials', 'auth_type'],
    value: 'bearer',
    keeps: [],
  },
  {
    says: 'the same kind of sign-in changes nothing',
    path: ['credentials', 'auth_type'],
    value: 'password',
    keeps: [...OWN, ...FOREIGN],
  },
  {
    says: 'another user name keeps them',
    path: ['credentials', 'username'],
    value: 'c',
    keeps: [...OWN, ...FOREIGN],
  },
  {
    says: 'an edit around the dots of a url keeps them',
    path: ['custom_streams', 0, 'url'],
    value: '/api/v2/y?a=1&api_key=••••1',
    keeps: [...OWN, ...FOREIGN],
  },
  {
    says: 'a url without its dots gives its value up, and no other',
    path: ['custom_streams', 0, 'url'],
    value: '/api/v2/y',
    keeps: ['hunter-two', 'header-secret', ...FOREIGN],
  },
  {
    says: 'a stream that goes to another host loses its own',
    path: ['custom_streams', 0, 'url'],
    value: 'https://evil.example/x?api_key=••••1',
    keeps: ['hunter-two', ...FOREIGN],
  },
  {
    says: 'a stream that comes home from another host loses its own',
    path: ['custom_streams', 1, 'url'],
    value: '/api/v2/x?token=••••1',
    keeps: OWN,
  },
  {
    says: 'a host that looks alike is another',
    path: ['custom_streams', 1, 'url'],
    value: 'https://other.example.evil.example/x?token=••••1',
    keeps: OWN,
  },
  {
    says: 'dots in another field become nothing',
    path: ['custom_streams', 1, 'data_path'],
    value: '••••1',
    keeps: [...OWN, ...FOREIGN],
  },
]

for (const { says, path, value, keeps } of ROWS) {
  test(`of kept secrets: ${says}`, () => {
    const { config: next } = edit(config, path, value)
    const { stranger: _, ...known } = next
    assert.deepEqual(secretsIn(known), keeps)
    assert.deepEqual(secretsIn(shown(next)), [])
  })
}

test('another environment drops them all, also where a base_url is named for now', () => {
  const { config: next } = edit({ ...config, base_url: 'https://own.example' }, ['environment'], 'other')
  const { stranger: _, ...known } = next
  assert.deepEqual(secretsIn(known), [])
})

test('a text in place of an object or a list of them is not shown: it may be a secret', () => {
  for (const name of ['credentials', 'custom_streams', 'lookups', 'filters'])
    assert.deepEqual(shown({ [name]: 'hunter-two' }).config, {}, name)
})

test('what is dropped is said', () => {
  assert.match(edit(config, ['environment'], 'other').notices.join(), /go to another host.*dropped/)
  assert.match(
    edit(config, ['credentials', 'auth_type'], 'bearer').notices.join(),
    /kind of sign-in.*dropped/,
  )
  const url = ['custom_streams', 0, 'url']
  assert.match(edit(config, url, 'https://evil.example').notices.join(), /headers were dropped/)
  assert.deepEqual(edit(config, ['start_date'], '2026-01-01').notices, [])
})

test('fields that the spec does not know are refused', () => {
  for (const path of [
    ['stranger'],
    ['__proto__', 'x'],
    ['credentials'],
    [],
    ['custom_streams', 'constructor'],
  ])
    assert.throws(() => edit(config, path, 'x'), /has no field/)
})

function secretsIn(value: object): string[] {
  const text = JSON.stringify(value)
  return SECRETS.filter(secret => text.includes(secret))
}
