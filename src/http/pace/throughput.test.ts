import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../testing.ts'
import { underLoad } from './testing.ts'

/** Of the best fixed setting, so much is reached at least; and of the requests after the first 200, so many are refused at
 *  most. */
const [LEAST, MOST_REFUSED] = [0.95, 0.01]
const LATENCY_MS = 50

for (const limit of [2, 4, 8, 16]) {
  test(`an API that refuses more than ${limit} requests in flight is asked by as many`, async () => {
    const { perSecond, refused } = await underLoad({
      requests: 3000,
      refuse: ({ inFlight }) => (inFlight > limit ? reply(503) : undefined),
      takesMs: () => LATENCY_MS,
    })
    const best = limit * (1000 / LATENCY_MS)
    assert.ok(perSecond >= LEAST * best, `${perSecond} of ${best} a second`)
    assert.ok(refused <= MOST_REFUSED, `${100 * refused} % refused`)
  })
}

test('a level that brings no more answers a second is not exceeded for long', async () => {
  const { sent, perSecond } = await underLoad({ requests: 3000, takesMs: inFlight => 5 * inFlight })
  const mean = sent.reduce((sum, { inFlight }) => sum + inFlight, 0) / sent.length
  assert.ok(mean < 6, `${mean} in flight in the mean`)
  assert.ok(perSecond >= LEAST * 200, `${perSecond} of 200 a second`)
})

test('how long an answer takes does not matter', async () => {
  for (const ms of [5, 50, 2000]) {
    const { sent } = await underLoad({ requests: 300, takesMs: () => ms })
    assert.equal(Math.max(...sent.map(({ inFlight }) => inFlight)), 16)
  }
})

test('the ceiling holds from the first request on', async () => {
  for (const concurrency of [1, 3, 16]) {
    const { sent } = await underLoad({ requests: 300, concurrency })
    assert.equal(Math.max(...sent.map(({ inFlight }) => inFlight)), concurrency)
  }
})

test('at first four requests are in flight, and one more a round', async () => {
  const { sent } = await underLoad({ requests: 200 })
  const atOnce = [0, 50, 100, 150].map(ms =>
    Math.max(...sent.filter(({ at }) => at === ms).map(one => one.inFlight)),
  )
  assert.deepEqual(atOnce, [4, 5, 6, 7])
})
