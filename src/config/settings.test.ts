import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../errors.ts'
import type { Config } from './config.generated.ts'
import { settle } from './settings.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.parse('2024-05-01T12:00:00Z')
const credentials = { auth_type: 'password', username: 'ada', password: 'geheim' } as const
const settleWith = (rest: Omit<Config, 'credentials'>) => settle({ credentials, ...rest }, NOW)

test('a config without settings means: the last year, up to now, at an ordinary pace', () => {
  assert.deepEqual(settleWith({}), {
    account: { origin: '' },
    nowMs: NOW,
    startMs: NOW - 365 * DAY,
    endMs: NOW,
    lookbackMs: 24 * HOUR,
    longestWindowMs: 30 * DAY,
    concurrency: 16,
    requestsPerSecond: undefined,
    pageSize: 500,
    filters: {},
    ids: {},
    intervalMs: DAY,
    splitBy: undefined,
    agentSync: { enabled: false, method: 'POST', path: '' },
  })
})

const rows: { says: string; in: Omit<Config, 'credentials'>; out: Partial<ReturnType<typeof settle>> }[] = [
  {
    says: 'a day begins at midnight UTC',
    in: { start_date: '2024-03-01' },
    out: { startMs: Date.UTC(2024, 2, 1) },
  },
  {
    says: 'a moment is exact to the fraction',
    in: { start_date: '2024-03-01T10:20:30.5Z' },
    out: { startMs: Date.UTC(2024, 2, 1, 10, 20, 30, 500) },
  },
  {
    says: 'an end date in the past is the end',
    in: { end_date: '2024-04-01' },
    out: { endMs: Date.UTC(2024, 3, 1) },
  },
  {
    says: 'an end date to come is frozen to the start of the sync',
    in: { end_date: '2030-01-01' },
    out: { endMs: NOW },
  },
  {
    says: 'a start that is the end is one moment',
    in: { start_date: '2024-03-01', end_date: '2024-03-01' },
    out: { startMs: Date.UTC(2024, 2, 1), endMs: Date.UTC(2024, 2, 1) },
  },
  { says: 'a lookback is in hours, and may be none', in: { lookback_hours: 0 }, out: { lookbackMs: 0 } },
  {
    says: 'windows are in days, and may be a fraction',
    in: { window_days: 0.5 },
    out: { longestWindowMs: 12 * HOUR },
  },
  {
    says: 'the pace is what the config says',
    in: { concurrency: 2, requests_per_second: 0.5, page_size: 7 },
    out: { concurrency: 2, requestsPerSecond: 0.5, pageSize: 7 },
  },
  {
    says: 'filters that are empty are left out',
    in: { filters: { agent_id: 'x', queue_id: '' } },
    out: { filters: { agent_id: 'x' } },
  },
  {
    says: 'ids of metrics are next to the other ids',
    in: { ids: { calls: ['c'] }, metrics: { ids: ['m'] } },
    out: { ids: { calls: ['c'], metrics: ['m'] } },
  },
  {
    says: 'metrics may be asked for by the hour and agent',
    in: { metrics: { interval: 'hour', by: 'agent' } },
    out: { intervalMs: HOUR, splitBy: 'agent' },
  },
  {
    says: 'metrics may be asked for once',
    in: { metrics: { interval: 'none' } },
    out: { intervalMs: undefined, splitBy: undefined },
  },
  {
    says: 'a synchronization of agents has a path',
    in: { agent_sync: { enabled: true, method: 'GET', path: '/s' } },
    out: { agentSync: { enabled: true, method: 'GET', path: '/s' } },
  },
]

for (const row of rows) {
  test(row.says, () => {
    const settings = settleWith(row.in)
    assert.deepEqual({ ...settings, ...row.out }, settings)
  })
}

const refused: { says: string; in: Omit<Config, 'credentials'>; out: string }[] = [
  {
    says: 'a start after the end',
    in: { start_date: '2024-04-02', end_date: '2024-04-01' },
    out: 'start_date (2024-04-02) is after end_date (2024-04-01); it must be before it. Change one of them.',
  },
  {
    says: 'an end before the year that is read without a start',
    in: { end_date: '2020-01-01' },
    out: 'start_date (left empty: a year ago) is after end_date (2020-01-01); it must be before it. Change one of them.',
  },
  {
    says: 'a start that no calendar has',
    in: { start_date: '2024-13-01' },
    out: 'start_date must be a day such as 2024-05-01 or a moment in UTC; it is "2024-13-01".',
  },
  {
    says: 'an end that no clock has',
    in: { end_date: '2024-05-01T25:00:00Z' },
    out: 'end_date must be a day such as 2024-05-01 or a moment in UTC; it is "2024-05-01T25:00:00Z".',
  },
  {
    says: 'a synchronization of agents without a path',
    in: { agent_sync: { enabled: true } },
    out: 'agent_sync.path is missing: it names the request that starts a synchronization. Enter it, or turn agent_sync off.',
  },
]

for (const row of refused) {
  test(`${row.says} is refused`, () => {
    assert.throws(
      () => settleWith(row.in),
      (error: unknown) => {
        assert.ok(error instanceof ConnectorError)
        assert.deepEqual([error.failure, error.message], ['config_error', row.out])
        return true
      },
    )
  })
}
