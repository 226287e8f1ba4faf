import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../errors.ts'
import type { Json } from '../json.ts'
import { parseConfig } from './parse.ts'
import spec from './spec.json' with { type: 'json' }

const password = { auth_type: 'password', username: 'ada', password: 'geheim' }
const others = [
  { auth_type: 'client_credentials', client_id: 'my-client', client_secret: 'geheim' },
  { auth_type: 'refresh_token', refresh_token: 'geheim', client_id: 'my-client' },
  { auth_type: 'access_token', access_id: 'the-id', access_token: 'geheim' },
  { auth_type: 'bearer', bearer_token: 'geheim' },
]
const withPassword = (rest: { readonly [key: string]: Json }): Json => ({ credentials: password, ...rest })

const valid: { says: string; in: Json }[] = [
  { says: 'a user name and password', in: { credentials: password } },
  ...others.map(credentials => ({ says: `the sign-in ${credentials.auth_type}`, in: { credentials } })),
  { says: 'an empty client id, which is then not sent', in: { credentials: { ...password, client_id: '' } } },
  { says: 'a start date that is a day', in: withPassword({ start_date: '2024-05-01' }) },
  { says: 'a start date that is a moment', in: withPassword({ start_date: '2024-05-01T10:20:30.5Z' }) },
  { says: 'the smallest numbers', in: withPassword({ lookback_hours: 0, concurrency: 1, page_size: 1 }) },
  {
    says: 'fractions of hours, days and requests',
    in: withPassword({ lookback_hours: 0.5, window_days: 0.1, requests_per_second: 0.2 }),
  },
  {
    says: 'the largest numbers',
    in: withPassword({
      lookback_hours: 8784,
      window_days: 366,
      concurrency: 64,
      requests_per_second: 1000,
      page_size: 500,
    }),
  },
]

for (const row of valid) {
  test(`a config with ${row.says} is valid, and stays as it is`, () =>
    assert.deepEqual(parseConfig(row.in), { config: row.in, remarks: [] }))
}

const noObject: { says: string; in: Json; out: string }[] = [
  { says: 'a list', in: [{}], out: 'The config must be a JSON object; it is a list.' },
  { says: 'null', in: null, out: 'The config must be a JSON object; it is null.' },
  { says: 'text', in: 'geheim', out: 'The config must be a JSON object; it is text.' },
]

for (const row of noObject) test(`a config that is ${row.says} is refused`, () => refuses(row.in, row.out))

const dateLike = 'must look like YYYY-MM-DDTHH:MM:SSZ, such as'
const fields: { says: string; in: { readonly [key: string]: Json }; out: string }[] = [
  {
    says: 'an environment with dots',
    in: { environment: 'a.b' },
    out: 'environment must look like one word, without dots or slashes, such as services; it is "a.b".',
  },
  {
    says: 'a start date in words',
    in: { start_date: 'May 1st' },
    out: `start_date ${dateLike} 2026-01-01T00:00:00Z; it is "May 1st".`,
  },
  {
    says: 'an end date in local time',
    in: { end_date: '2024-05-01T00:00:00+02:00' },
    out: `end_date ${dateLike} 2026-06-30T23:59:59Z; it is "2024-05-01T00:00:00+02:00".`,
  },
  {
    says: 'an end date that is a number',
    in: { end_date: 20240501 },
    out: 'end_date must be a string; it is a number.',
  },
  {
    says: 'a negative lookback',
    in: { lookback_hours: -1 },
    out: 'lookback_hours must be at least 0; it is -1.',
  },
  {
    says: 'a lookback above a year',
    in: { lookback_hours: 8785 },
    out: 'lookback_hours must be at most 8784; it is 8785.',
  },
  { says: 'windows of no length', in: { window_days: 0 }, out: 'window_days must be more than 0; it is 0.' },
  {
    says: 'windows above a year',
    in: { window_days: 367 },
    out: 'window_days must be at most 366; it is 367.',
  },
  { says: 'no request at a time', in: { concurrency: 0 }, out: 'concurrency must be at least 1; it is 0.' },
  {
    says: 'half a request at a time',
    in: { concurrency: 1.5 },
    out: 'concurrency must be an integer; it is 1.5.',
  },
  {
    says: 'too many requests at a time',
    in: { concurrency: 65 },
    out: 'concurrency must be at most 64; it is 65.',
  },
  {
    says: 'a rate of nothing',
    in: { requests_per_second: 0 },
    out: 'requests_per_second must be more than 0; it is 0.',
  },
  {
    says: 'a page size that is text',
    in: { page_size: '100' },
    out: 'page_size must be an integer; it is text.',
  },
  {
    says: 'a page size above the limit',
    in: { page_size: 501 },
    out: 'page_size must be at most 500; it is 501.',
  },
  {
    says: 'a base URL with a path',
    in: { base_url: 'https://api.example/v2' },
    out: 'base_url must look like https://host, such as https://api.my-company.com; it is "https://api.example/v2".',
  },
  {
    says: 'an unknown interval',
    in: { metrics: { interval: 'week' } },
    out: 'metrics.interval must be one of day, hour, none.',
  },
  { says: 'an empty id', in: { ids: { agents: ['x', ''] } }, out: 'ids.agents[1] must not be empty.' },
  {
    says: 'a list of ids that is text',
    in: { ids: { agents: 'x' } },
    out: 'ids.agents must be an array; it is text.',
  },
  {
    says: 'a path without a slash',
    in: { agent_sync: { path: 'sync' } },
    out: 'agent_sync.path must look like a path that begins with a slash, such as /api/v2/env-sync/agents; it is "sync".',
  },
  {
    says: 'two faults',
    in: { page_size: 0, concurrency: 0 },
    out: 'concurrency must be at least 1; it is 0. page_size must be at least 1; it is 0.',
  },
]

for (const row of fields) {
  test(`a config with ${row.says} is refused`, () =>
    refuses(withPassword(row.in), `The config is not valid. ${row.out}`))
}

test('every example and every default of the spec is valid', () => {
  for (const [name, field] of Object.entries(spec.connectionSpecification.properties)) {
    const examples = 'examples' in field ? field.examples : []
    for (const value of 'default' in field ? [...examples, field.default] : examples)
      assert.doesNotThrow(() => parseConfig(withPassword({ [name]: value })), name)
  }
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
