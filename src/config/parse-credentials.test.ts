import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../errors.ts'
import type { Json } from '../json.ts'
import { parseConfig } from './parse.ts'

const password = { auth_type: 'password', username: 'ada', password: 'geheim' }
const pair = { auth_type: 'access_token', access_id: 'the-id', access_token: 'geheim' }

const credentials: { says: string; in: Json; out: string }[] = [
  { says: 'no credentials', in: {}, out: 'The config needs credentials, which is missing.' },
  {
    says: 'credentials that are text',
    in: { credentials: 'geheim' },
    out: 'credentials must be an object; it is text.',
  },
  {
    says: 'no auth_type',
    in: { credentials: {} },
    out: 'credentials needs auth_type, one of client_credentials, password, refresh_token, access_token, bearer.',
  },
  {
    says: 'an unknown auth_type',
    in: { credentials: { auth_type: 'geheim' } },
    out: 'credentials needs auth_type, one of client_credentials, password, refresh_token, access_token, bearer.',
  },
  {
    says: 'no password',
    in: { credentials: { auth_type: 'password', username: 'ada' } },
    out: 'credentials needs password, which is missing.',
  },
  {
    says: 'an empty password',
    in: { credentials: { ...password, password: '' } },
    out: 'credentials.password must not be empty.',
  },
  {
    says: 'a password that is a number',
    in: { credentials: { ...password, password: 123456 } },
    out: 'credentials.password must be a string; it is a number.',
  },
  {
    says: 'an empty user name and a misspelt password',
    in: { credentials: { auth_type: 'password', username: '', pasword: 'geheim' } },
    out: 'credentials needs password, which is missing. credentials.username must not be empty. credentials.pasword is not a known field; did you mean password?',
  },
  {
    says: 'half of the access pair',
    in: { credentials: { auth_type: 'access_token', access_id: 'geheim' } },
    out: 'credentials needs access_token, which is missing.',
  },
  {
    says: 'the fields of the other way to sign in',
    in: { credentials: { ...pair, auth_type: 'password' } },
    out: 'credentials needs username, which is missing. credentials needs password, which is missing. credentials.access_id is not a known field. credentials.access_token is not a known field.',
  },
]

for (const row of credentials) {
  test(`a config with ${row.says} is refused`, () => refuses(row.in, `The config is not valid. ${row.out}`))
}

test('a password within a base URL is not quoted', () => {
  refuses(
    { credentials: password, base_url: 'https://reports:geheim@api.example' },
    'The config is not valid. base_url must look like https://host, such as https://api.my-company.com; it is "https://****@api.example".',
  )
})

function refuses(value: Json, message: string): void {
  assert.throws(
    () => parseConfig(value),
    (error: unknown) => {
      assert.ok(error instanceof ConnectorError)
      assert.deepEqual([error.message, error.failure], [message, 'config_error'])
      assert.doesNotMatch(error.message, /geheim|123456/)
      return true
    },
  )
}
