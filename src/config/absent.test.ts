import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonObject } from '../json.ts'
import { parseConfig } from './parse.ts'
import { settle } from './settings.ts'

const credentials = { auth_type: 'password', username: 'ada', password: 'geheim' }
const parsed = (more: JsonObject) => parseConfig({ credentials, ...more }).config
const NOW = Date.parse('2026-01-31T12:00:00Z')

/** Every optional field at the top, as a template writes it that nobody filled in. */
const OPTIONAL = [
  'environment',
  'base_url',
  'start_date',
  'end_date',
  'lookback_hours',
  'window_days',
  'concurrency',
  'requests_per_second',
  'page_size',
  'filters',
  'ids',
  'metrics',
  'agent_sync',
  'custom_streams',
  'lookups',
]
for (const name of OPTIONAL) {
  for (const empty of [null, '', ' ']) {
    test(`${name} that is ${JSON.stringify(empty)} is as good as absent`, () => {
      const config = parsed({ [name]: empty })
      assert.deepEqual(config, { credentials })
      assert.deepEqual(settle(config, NOW), settle(parsed({}), NOW))
    })
  }
}

const mine = { name: 'mine', url: '/mine' }
const rows: ReadonlyArray<{ says: string; in: JsonObject; out: Json }> = [
  { says: 'fields of filters', in: { filters: { agent_id: null, queue_id: '' } }, out: { filters: {} } },
  { says: 'lists of ids', in: { ids: { agents: null, calls: ['a'] } }, out: { ids: { calls: ['a'] } } },
  { says: 'fields of metrics', in: { metrics: { interval: '', by: null, ids: null } }, out: { metrics: {} } },
  { says: 'fields of agent_sync', in: { agent_sync: { enabled: null, path: '' } }, out: { agent_sync: {} } },
  {
    says: 'fields of a custom stream',
    in: { custom_streams: [{ ...mine, body: null, headers: '', time_unit: '', primary_key: null }] },
    out: { custom_streams: [mine] },
  },
  {
    says: 'and blank fields of a custom stream',
    in: {
      custom_streams: [
        {
          ...mine,
          body: ' ',
          parent: '',
          cursor_field: '\t',
          cursor_format: ' ',
          data_path: '',
          metadata_path: '\n',
        },
      ],
    },
    out: { custom_streams: [mine] },
  },
  {
    says: 'fields of its paging',
    in: { custom_streams: [{ ...mine, pagination: { type: 'page', size: null, size_parameter: '' } }] },
    out: { custom_streams: [{ ...mine, pagination: { type: 'page' } }] },
  },
]
for (const { says, in: given, out } of rows) {
  test(`empty ${says} are as good as absent`, () => {
    assert.deepEqual(parsed(given), { credentials, ...(out as object) })
  })
}

test('an empty client_id stays, since it means that none is sent, and null is absent', () => {
  const withClient = (client_id: Json) => parsed({ credentials: { ...credentials, client_id } }).credentials
  assert.deepEqual(withClient(''), { ...credentials, client_id: '' })
  assert.deepEqual(withClient(null), credentials)
})

test('an empty client_secret of a public client is absent', () => {
  const token = { auth_type: 'refresh_token', refresh_token: 'r', client_id: 'c' }
  assert.deepEqual(parsed({ credentials: { ...token, client_secret: '' } }).credentials, token)
})

const needed: ReadonlyArray<{ says: string; in: JsonObject; message: RegExp }> = [
  {
    says: 'credentials that are null',
    in: { credentials: null },
    message: /credentials must be an object; it is null/,
  },
  {
    says: 'an empty password',
    in: { credentials: { ...credentials, password: '' } },
    message: /credentials\.password must not be empty/,
  },
  {
    says: 'a password that is null',
    in: { credentials: { ...credentials, password: null } },
    message: /credentials\.password must be a string; it is null/,
  },
  {
    says: 'a custom stream without a url',
    in: { custom_streams: [{ ...mine, url: '' }] },
    message: /custom_streams\[0\]\.url/,
  },
  {
    says: 'no kind of credentials',
    in: { credentials: { ...credentials, auth_type: null } },
    message: /credentials needs auth_type/,
  },
]
for (const { says, in: given, message } of needed) {
  test(`what is needed is not absent: ${says}`, () => assert.throws(() => parsed(given), { message }))
}

test('a field that means nothing here is remarked upon, also when it is empty', () => {
  assert.deepEqual(parseConfig({ credentials, startdate: null }).remarks, [
    'startdate is not a known field; did you mean start_date?',
  ])
})

const UNFIT = [
  ['a line break', 'gwi\nzz'],
  ['a line break at its end', 'gwizz\r\n'],
  ['a zero', 'gwi\u0000zz'],
  ['a tab', 'gwi\tzz'],
  ['a control character of Latin-1', 'gwi\u0085zz'],
  ['a letter beyond Latin-1', 'gwiєzz'],
  ['a dash as editors write it', 'gwi–zz'],
  ['a byte order mark', '\ufeffgwizz'],
] as const
const kinds = [
  ['bearer_token', (text: string) => ({ auth_type: 'bearer', bearer_token: text })],
  ['access_id', (text: string) => ({ auth_type: 'access_token', access_id: text, access_token: 'y' })],
  ['access_token', (text: string) => ({ auth_type: 'access_token', access_id: 'x', access_token: text })],
] as const
for (const [field, credentialsOf] of kinds) {
  for (const [says, text] of UNFIT) {
    test(`${field} with ${says} cannot be sent in a header, which is said without it`, () => {
      assert.throws(
        () => parsed({ credentials: credentialsOf(text) }),
        (error: Error & { failure?: string }) => {
          assert.equal(error.failure, 'config_error')
          assert.match(
            error.message,
            new RegExp(`credentials\\.${field} holds a character that no header can carry`),
          )
          assert.ok(!error.message.includes(text) && !error.message.includes('gwi'))
          return true
        },
      )
    })
  }
  test(`${field} with letters of Latin-1 can`, () => {
    const good = credentialsOf('gwïzz ~!')
    assert.deepEqual(parsed({ credentials: good }).credentials, good)
  })
}

test('a password is sent in a body, and may hold any letter', () => {
  const good = { ...credentials, password: 'gєheim\n' }
  assert.deepEqual(parsed({ credentials: good }).credentials, good)
})

for (const [field, day] of [
  ['start_date', '2026-02-30T00:00:00Z'],
  ['start_date', '2026-13-01'],
  ['end_date', '2025-06-31'],
  ['end_date', '2025-02-29T00:00:00Z'],
]) {
  test(`${field} ${day}, which no calendar has, is an error that quotes it`, () => {
    assert.throws(() => settle(parsed({ [field ?? '']: day }), NOW), {
      failure: 'config_error',
      message: `${field} must be a day such as 2024-05-01 or a moment in UTC; it is "${day}".`,
    })
  })
}
