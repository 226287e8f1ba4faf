import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createTestClock, reply, scripted } from '../testing.ts'
import type { Reply } from '../types.ts'
import { PATIENT } from './patience.ts'
import { retrying, waitMs } from './retry.ts'

const NOW = Date.parse('2024-05-01T12:00:00Z')
const CAP = 30_000

/** The wait before the next try, with the dice in the middle. */
function wait(tries: number, answer?: Reply, random = 0.5): number {
  return waitMs(tries, answer, createTestClock({ now: NOW, random: () => random }), CAP)
}

const after = (text: string, status = 503) => reply(status, {}, { 'retry-after': text })

const headers = [
  { says: 'Retry-After in seconds is taken as it is', in: '7', out: 7_000 },
  { says: 'Retry-After may be a fraction', in: '1.5', out: 1_500 },
  { says: 'Retry-After may be longer than the longest backoff', in: '120', out: 120_000 },
  { says: 'Retry-After may be a date', in: 'Wed, 01 May 2024 12:00:09 GMT', out: 9_000 },
  { says: 'a date that has passed means at once', in: 'Wed, 01 May 2024 11:00:00 GMT', out: 0 },
  { says: 'zero means at once', in: '0', out: 0 },
  { says: 'a negative Retry-After means at once', in: '-5', out: 0 },
  { says: 'a Retry-After that is no time is left aside', in: 'soon', out: 125 },
  { says: 'an endless Retry-After is left aside', in: 'Infinity', out: 125 },
]

for (const row of headers) test(row.says, () => assert.equal(wait(0, after(row.in)), row.out))

test('a server that keeps saying "at once" is believed the first time only', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 99].map(tries => wait(tries, after('0', 429))),
    [0, 250, 500, 1_000, 15_000],
  )
})

test('a Retry-After that is repeated is kept to where it is longer than the backoff', () => {
  assert.deepEqual(
    [1, 5, 20].map(tries => wait(tries, after('10', 429))),
    [10_000, 10_000, 15_000],
  )
})

test('the backoff of a fault doubles up to the cap', () => {
  assert.deepEqual(
    [0, 1, 2, 6, 7, 50, 5000].map(tries => wait(tries, undefined, 1)),
    [250, 500, 1_000, 16_000, 30_000, 30_000, 30_000],
  )
})

const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const ceiling = (tries: number) => Math.min(CAP, 250 * 2 ** tries)

test('the wait after a fault lies anywhere between nothing and the ceiling', () => {
  fc.assert(
    fc.property(
      fc.nat(60),
      dice,
      fc.constantFrom(undefined, reply(500), reply(503)),
      (tries, random, answer) => {
        const ms = wait(tries, answer, random)
        assert.ok(Number.isInteger(ms) && ms >= 0 && ms <= ceiling(tries))
        assert.ok(Math.abs(ms - random * ceiling(tries)) <= 0.5)
      },
    ),
  )
})

test('the wait after a rate limit lies in the upper half', () => {
  fc.assert(
    fc.property(fc.nat(60), dice, (tries, random) => {
      const ms = wait(tries, reply(429), random)
      assert.ok(Number.isInteger(ms) && ms >= ceiling(tries) / 2 && ms <= ceiling(tries))
    }),
  )
  assert.equal(wait(3, reply(429), 0), 1_000)
})

test('no header whatever makes a wait that is negative or no number', () => {
  const text = fc.oneof(fc.string(), fc.double().map(String), fc.date({ noInvalidDate: true }).map(String))
  fc.assert(
    fc.property(fc.nat(60), text, (tries, header) => {
      const ms = wait(tries, after(header))
      assert.ok(Number.isFinite(ms) && ms >= 0)
    }),
  )
})

test('an absurd Retry-After ends the request instead of the sync standing still for days', async () => {
  const { send, asked } = scripted([after('999999', 429)])
  const clock = createTestClock()
  const options = { clock, patience: PATIENT, onWait: assert.fail, signal: new AbortController().signal }
  await assert.rejects(
    retrying(send, options)({ method: 'GET', path: '/api/v2/agents' }, () => undefined),
    {
      failure: 'transient_error',
      message: 'Babelforce limits the rate of requests (429) at GET /api/v2/agents.',
    },
  )
  assert.deepEqual([asked.length, clock.slept], [1, []])
})

test('who waits is told before the wait, and why', async () => {
  const { send } = scripted([after('2', 429), reply(200)])
  const clock = createTestClock({ now: NOW })
  const told: unknown[] = []
  const call = retrying(send, {
    clock,
    patience: PATIENT,
    signal: new AbortController().signal,
    onWait: ({ stream }, { ms, error }) => told.push({ at: clock.now(), stream, ms, why: error.message }),
  })
  await call({ method: 'GET', path: '/api/v2/agents', stream: 'agents' }, () => undefined)
  const why = 'Babelforce limits the rate of requests (429) at GET /api/v2/agents.'
  assert.deepEqual(told, [{ at: NOW, stream: 'agents', ms: 2_000, why }])
  assert.equal(clock.now(), NOW + 2_000)
})
