import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError } from '../../errors.ts'
import { createTestClock, reply, scripted } from '../testing.ts'
import type { Reply, Request } from '../types.ts'
import { askedWaitMs, isRateLimit } from './limits.ts'
import { errorText, judge } from './outcomes.ts'
import { BRISK, PATIENT } from './patience.ts'
import { retrying } from './retry.ts'

const GET: Request = { method: 'GET', path: '/api/v2/agents' }
const NOW = Date.parse('2024-05-01T12:00:00Z')
const SECOND = NOW / 1000
const HERE = 'Wed, 01 May 2024 12:00:00 GMT'

const limits: ReadonlyArray<{ says: string; in: Reply; limited: boolean }> = [
  { says: 'a 429', in: reply(429), limited: true },
  { says: 'a 403 with Retry-After', in: reply(403, {}, { 'retry-after': '3' }), limited: true },
  { says: 'a 400 with Retry-After', in: reply(400, {}, { 'retry-after': '3' }), limited: true },
  ...[
    'API rate limit exceeded',
    'Rate-limit reached',
    'RATE_LIMITED',
    'Too many requests',
    'too many calls',
    'Request was throttled.',
    'Please slow down',
    'Request limit exceeded',
    'Usage quota exceeded',
    'quota exceeded',
    'Your API call quota is used up',
  ].map(message => ({
    says: `a 403 that says "${message}"`,
    in: reply(403, { message }),
    limited: true,
  })),
  { says: 'a 400 that says "rate limit"', in: reply(400, { error: 'rate limit' }), limited: true },
  { says: 'a 403 without words', in: reply(403), limited: false },
  ...[
    'nope',
    'You may not read quotas',
    'rate 1d is unknown',
    'limit must be at most 500',
    'Operation not allowed',
    'separate limits apply',
    'API access is limited to managers; usage of this call exceeded your role',
  ].map(message => ({
    says: `a 403 that says "${message}"`,
    in: reply(403, { message }),
    limited: false,
  })),
  ...[
    'Request exceeded the maximum of 200 results',
    'API result limit reached: only 200 calls can be listed',
    'Page exceeds call list limit',
  ].map(message => ({
    says: `a 400 that says "${message}" of how much a list gives`,
    in: reply(400, { message }),
    limited: false,
  })),
  {
    says: 'a 400 about a rate',
    in: reply(400, { message: 'rate must be one of 60s, 1h, 1d' }),
    limited: false,
  },
  { says: 'a 404 with Retry-After', in: reply(404, {}, { 'retry-after': '3' }), limited: false },
  { says: 'a 503 with Retry-After', in: reply(503, {}, { 'retry-after': '3' }), limited: false },
]

for (const { says, in: answer, limited } of limits) {
  test(`${says} is ${limited ? 'a' : 'no'} limit of the rate`, () => {
    assert.equal(isRateLimit(answer, errorText(answer)), limited)
  })
}

test('a limit counts as a 429, whatever its status, and passes before what a request explains', () => {
  const explain = () => configError('Told by the request.')
  const verdict = judge({ ...GET, explain }, reply(400, { message: 'Too many requests' }))
  assert.ok(verdict.verdict === 'retry')
  assert.deepEqual([verdict.error.failure, verdict.error.status], ['transient_error', 429])
  assert.equal(
    verdict.error.message,
    'Babelforce limits the rate of requests (400: Too many requests) at GET /api/v2/agents.',
  )
})

const waits: ReadonlyArray<{
  says: string
  headers: Record<string, string>
  limited?: boolean
  out: number | undefined
}> = [
  {
    says: 'a unix time of the smallest size',
    headers: { 'x-ratelimit-reset': '1000000000', date: 'Sun, 09 Sep 2001 01:46:30 GMT' },
    out: 10_000,
  },
  {
    says: 'the largest number of seconds',
    headers: { 'x-ratelimit-reset': '999999999' },
    out: 999_999_999_000,
  },
  {
    says: 'a unix time in milliseconds of the smallest size',
    headers: { 'x-ratelimit-reset': '1000000000000', date: 'Sun, 09 Sep 2001 01:46:30 GMT' },
    out: 10_000,
  },
  { says: 'seconds beyond any moment', headers: { 'retry-after': '1000000000' }, out: 1_000_000_000_000 },
  { says: 'Retry-After in seconds', headers: { 'retry-after': '7' }, out: 7000 },
  { says: 'Retry-After of a fault', headers: { 'retry-after': '7' }, limited: false, out: 7000 },
  {
    says: 'a Retry-After date, by the answer’s clock',
    headers: { 'retry-after': 'Wed, 01 May 2024 12:00:09 GMT', date: 'Wed, 01 May 2024 12:00:02 GMT' },
    out: 7000,
  },
  {
    says: 'a Retry-After date, by ours where the answer has none',
    headers: { 'retry-after': 'Wed, 01 May 2024 12:00:09 GMT' },
    out: 9000,
  },
  {
    says: 'a Retry-After date, by ours where the answer’s is none',
    headers: { 'retry-after': 'Wed, 01 May 2024 12:00:09 GMT', date: 'today' },
    out: 9000,
  },
  {
    says: 'Retry-After before any other header',
    headers: { 'retry-after': '7', 'ratelimit-reset': '9' },
    out: 7000,
  },
  {
    says: 'an empty Retry-After says nothing',
    headers: { 'retry-after': ' ', 'ratelimit-reset': '9' },
    out: 9000,
  },
  { says: 'RateLimit-Reset in seconds', headers: { 'ratelimit-reset': '30' }, out: 30_000 },
  { says: 'X-RateLimit-Reset in seconds', headers: { 'x-ratelimit-reset': '30' }, out: 30_000 },
  { says: 'X-Rate-Limit-Reset in seconds', headers: { 'x-rate-limit-reset': '30' }, out: 30_000 },
  {
    says: 'X-RateLimit-Reset as a unix time',
    headers: { 'x-ratelimit-reset': String(SECOND + 30), date: HERE },
    out: 30_000,
  },
  {
    says: 'X-RateLimit-Reset as a unix time in milliseconds',
    headers: { 'x-ratelimit-reset': String(NOW + 1500), date: HERE },
    out: 1500,
  },
  {
    says: 'X-RateLimit-Reset as a date',
    headers: { 'x-ratelimit-reset': '2024-05-01T12:00:30Z', date: HERE },
    out: 30_000,
  },
  {
    says: 'a unix time, by the answer’s clock',
    headers: { 'x-ratelimit-reset': String(SECOND + 30), date: 'Wed, 01 May 2024 12:00:10 GMT' },
    out: 20_000,
  },
  {
    says: 'a unix time that has passed',
    headers: { 'x-ratelimit-reset': String(SECOND - 30), date: HERE },
    out: 0,
  },
  {
    says: 'a reset that is no time, beside one that is',
    headers: { 'ratelimit-reset': 'soon', 'x-ratelimit-reset': '5' },
    out: 5000,
  },
  {
    says: 'RateLimit as the older draft has it',
    headers: { ratelimit: 'limit=100, remaining=0, reset=50' },
    out: 50_000,
  },
  { says: 'RateLimit as the newer draft has it', headers: { ratelimit: '"default";r=0;t=50' }, out: 50_000 },
  { says: 'RateLimit without a reset', headers: { ratelimit: '"default";r=0' }, out: undefined },
  {
    says: 'a reset of a fault, which every answer may carry',
    headers: { 'x-ratelimit-reset': '30' },
    limited: false,
    out: undefined,
  },
  { says: 'nothing', headers: {}, out: undefined },
]

for (const { says, headers, limited = true, out } of waits) {
  test(`${says} asks for ${out === undefined ? 'no wait of its own' : `a wait of ${out} ms`}`, () => {
    assert.equal(askedWaitMs(reply(429, {}, headers), limited, NOW), out)
  })
}

test('a 403 that limits the rate is waited out like a 429, also by a request that must not be sent twice', async () => {
  const limit = reply(403, { message: 'API rate limit exceeded' }, { 'x-ratelimit-reset': '20' })
  for (const request of [GET, { ...GET, method: 'POST', once: true } as const]) {
    const { send, asked } = scripted([limit, limit, limit, limit, reply(200)])
    const clock = createTestClock({ now: NOW })
    const statuses: unknown[] = []
    const call = retrying(send, {
      clock,
      patience: PATIENT,
      signal: new AbortController().signal,
      onWait: (_, { error }) => statuses.push(error.status),
    })
    assert.equal(await call(request, ({ status }) => status), 200)
    assert.deepEqual([asked.length, clock.slept], [5, [20_000, 20_000, 20_000, 20_000]])
    assert.deepEqual(statuses, [429, 429, 429, 429])
  }
})

test('a 403 about rights is given up at once', async () => {
  const { send, asked } = scripted([reply(403, { message: 'nope' })])
  const options = {
    clock: createTestClock(),
    patience: BRISK,
    signal: new AbortController().signal,
    onWait: assert.fail,
  }
  await assert.rejects(
    retrying(send, options)(GET, () => 0),
    { failure: 'config_error', status: 403 },
  )
  assert.equal(asked.length, 1)
})
